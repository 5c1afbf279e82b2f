package io.lockkeeper.adapter.http;

import io.lockkeeper.port.LinkFault;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// One answer, from which several facts may be read. For one thread.
final class Page {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final String shown;
    private final int status;
    private final String body;
    private @Nullable JsonNode json;

    /// @param shown the address, safe for messages
    Page(String shown, int status, String body) {
        this.shown = shown;
        this.status = status;
        this.body = body;
    }

    String shown() {
        return shown;
    }

    boolean isGood() {
        return status >= 200 && status < 300;
    }

    int status() {
        return status;
    }

    String body() {
        return body;
    }

    /// Text, number or truth value at a JSON pointer as text; `null` where there is none.
    @Nullable
    String at(String pointer) throws LinkFault {
        var found = json().at(pointer);
        if (found.isMissingNode() || found.isNull()) {
            return null;
        }
        if (!found.isValueNode()) {
            throw LinkFault.passing(shown + " has " + (found.isObject() ? "an object" : "a list") + " at " + pointer
                    + "; expected a text, number or truth value");
        }
        return found.asString();
    }

    private JsonNode json() throws LinkFault {
        var parsed = json;
        if (parsed == null) {
            try {
                parsed = MAPPER.readTree(body);
            } catch (JacksonException _) { // its message quotes the body
                throw LinkFault.passing("the answer of " + shown + " is not JSON");
            }
            json = parsed;
        }
        return parsed;
    }
}
