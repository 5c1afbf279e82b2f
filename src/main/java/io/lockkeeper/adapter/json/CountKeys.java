package io.lockkeeper.adapter.json;

import io.lockkeeper.domain.client.Failure;
import io.lockkeeper.domain.client.Loss;
import java.util.function.BiFunction;
import java.util.function.Function;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.KeyDeserializer;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.module.SimpleModule;

/// What is counted, as the key of its count: `CLOSED 1012`, `STATUS 503`.
final class CountKeys {
    private CountKeys() {}

    static JacksonModule module() {
        return new SimpleModule().addKeySerializer(Loss.class, writing(loss -> loss.way() + " " + loss.code()))
                .addKeyDeserializer(Loss.class, reading((way, code) -> new Loss(Loss.Way.valueOf(way), code)))
                .addKeySerializer(Failure.class, writing(failure -> failure.cause() + " " + failure.status()))
                .addKeyDeserializer(Failure.class,
                        reading((cause, status) -> new Failure(Failure.Cause.valueOf(cause), status)));
    }

    private static <T> ValueSerializer<T> writing(Function<T, String> key) {
        return new ValueSerializer<>() {
            @Override
            public void serialize(T value, JsonGenerator to, SerializationContext context) {
                to.writeName(key.apply(value));
            }
        };
    }

    private static KeyDeserializer reading(BiFunction<String, Integer, Object> value) {
        return new KeyDeserializer() {
            @Override
            public Object deserializeKey(String key, DeserializationContext context) {
                var words = key.split(" ", 2);
                try {
                    return value.apply(words[0], Integer.valueOf(words[1]));
                } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException _) {
                    return context.handleWeirdKey(Object.class, key, "not what is counted here");
                }
            }
        };
    }
}
