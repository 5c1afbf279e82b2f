package io.lockkeeper.adapter.websocket;

import io.lockkeeper.domain.environment.SessionSpec;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A node's message as the probe's pointers see it.
record FirstFrame(@Nullable String token, @Nullable String session, @Nullable String kind, @Nullable String node) {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    static FirstFrame of(String message, SessionSpec spec) throws Shortfall {
        var json = parsed(message);
        if (json == null) {
            throw new Shortfall("the first message is not JSON");
        }
        return new FirstFrame(text(json, spec.token()), text(json, spec.session()), text(json, spec.kind()),
                text(json, spec.node()));
    }

    /// The message's number; `null` where it has none.
    static @Nullable Long number(String message, String pointer) {
        var json = parsed(message);
        var found = json == null ? null : json.at(pointer);
        return found != null && found.isIntegralNumber() && found.canConvertToLong() ? (Long) found.longValue() : null;
    }

    /// As a JSON text without the quotes around it.
    static String escaped(String text) {
        var quoted = MAPPER.writeValueAsString(text);
        return quoted.substring(1, quoted.length() - 1);
    }

    private static @Nullable String text(JsonNode json, String pointer) {
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
        return "FirstFrame[" + session + " on " + node + "]"; // the token is a secret
    }
}
