package io.lockkeeper.adapter.fleet;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The service's first message on a connection, as the environment's pointers see it; `null` for what it does not say.
record FirstMessage(@Nullable String token, @Nullable String session, @Nullable String kind, @Nullable String node,
        @Nullable String version, @Nullable Long seq) {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    /// Empty for what is no JSON object.
    static Optional<FirstMessage> of(String message, Pointers at) {
        var json = parsed(message);
        if (json == null || !json.isObject()) {
            return Optional.empty();
        }
        return Optional.of(new FirstMessage(text(json, at.token()), text(json, at.session()), text(json, at.kind()),
                text(json, at.node()), text(json, at.version()), at.seq() == null ? null : number(json, at.seq())));
    }

    /// The message's number; `null` where it has none.
    static @Nullable Long number(String message, JsonPointer pointer) {
        var json = parsed(message);
        return json == null ? null : number(json, pointer);
    }

    /// As a JSON text without the quotes around it.
    static String escaped(String text) {
        var quoted = MAPPER.writeValueAsString(text);
        return quoted.substring(1, quoted.length() - 1);
    }

    private static @Nullable Long number(JsonNode json, JsonPointer pointer) {
        var found = json.at(pointer);
        return found.isIntegralNumber() && found.canConvertToLong() ? (Long) found.longValue() : null;
    }

    private static @Nullable String text(JsonNode json, JsonPointer pointer) {
        var found = json.at(pointer);
        return found.isValueNode() && !found.isNull() ? found.asString() : null;
    }

    private static @Nullable JsonNode parsed(String message) {
        try {
            return MAPPER.readTree(message);
        } catch (JacksonException _) {
            return null;
        }
    }

    @Override
    public String toString() {
        return "FirstMessage[" + session + " on " + node + "]"; // the token is a secret
    }
}
