package io.lockkeeper.demo;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// JSON text in and out.
final class Json {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private Json() {}

    /// An object with its fields in the given order: name, value, name, value...
    static Map<String, @Nullable Object> object(@Nullable Object... namesAndValues) {
        var fields = new LinkedHashMap<String, @Nullable Object>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            fields.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
        }
        return fields;
    }

    static String text(Object value) {
        return MAPPER.writeValueAsString(value);
    }

    /// @throws IllegalArgumentException when it is not a JSON object
    static JsonNode parseObject(String text) {
        try {
            var node = MAPPER.readTree(text);
            if (node.isObject()) {
                return node;
            }
        } catch (JacksonException e) {
            throw new IllegalArgumentException("not JSON: expected an object like {\"key\": value}", e);
        }
        throw new IllegalArgumentException("expected a JSON object like {\"key\": value}");
    }
}
