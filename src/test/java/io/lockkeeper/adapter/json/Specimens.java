package io.lockkeeper.adapter.json;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// One instance of any record, made from its components: a new event cannot be forgotten.
final class Specimens {
    /// A step of a decision may be a decision.
    private static final int DEEPEST = 12;

    private int number;
    private int depth;

    Object of(Type type) {
        number++;
        return switch (type) {
            case ParameterizedType generic when generic.getRawType() == List.class ->
                List.of(of(generic.getActualTypeArguments()[0]));
            case ParameterizedType generic when generic.getRawType() == Set.class ->
                Set.of(of(generic.getActualTypeArguments()[0]));
            case ParameterizedType generic -> new TreeMap<>(Map.of("key", of(generic.getActualTypeArguments()[1])));
            case Class<?> plain -> ofClass(plain);
            default -> throw new IllegalArgumentException(type.toString());
        };
    }

    private Object ofClass(Class<?> type) {
        if (type == String.class) {
            return "text " + number + " ü \"quoted\"\nline";
        }
        if (type == long.class || type == Long.class) {
            return (long) number;
        }
        if (type == int.class || type == Integer.class) {
            return number;
        }
        if (type == boolean.class || type == Boolean.class) {
            return true;
        }
        if (type == Instant.class) {
            return Instant.parse("2026-11-24T03:00:00.123Z").plusSeconds(number);
        }
        if (type == Duration.class) {
            return Duration.ofMillis(1500L * number);
        }
        if (type.isEnum()) {
            return type.getEnumConstants()[number % type.getEnumConstants().length];
        }
        if (type.isSealed()) {
            var leaves = Arrays.stream(type.getPermittedSubclasses()).filter(Class::isRecord).toList();
            var permitted = leaves.isEmpty() ? List.of(type.getPermittedSubclasses()) : leaves;
            return of(permitted.get(number % permitted.size()));
        }
        return ofRecord(type);
    }

    private Object ofRecord(Class<?> type) {
        try {
            var components = type.getRecordComponents();
            var constructor = type
                    .getDeclaredConstructor(Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
            var values = new Object[components.length];
            depth++;
            for (int i = 0; i < values.length; i++) {
                var name = components[i].getGenericType().getTypeName();
                boolean endless = name.contains("Lane>") || (depth > DEEPEST && name.contains("Step>"));
                values[i] = endless ? List.of() : of(components[i].getGenericType());
            }
            depth--;
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(type.getName(), e);
        }
    }
}
