package io.lockkeeper.adapter.json;

import io.lockkeeper.domain.client.ClientEvent;
import io.lockkeeper.domain.client.Planned;
import io.lockkeeper.domain.doc.Mark;
import io.lockkeeper.domain.doc.Nearest;
import io.lockkeeper.domain.doc.Problem;
import io.lockkeeper.domain.signal.ObserverFault;
import io.lockkeeper.domain.trigger.Baseline;
import io.lockkeeper.domain.trigger.Recording;
import io.lockkeeper.domain.trigger.Recording.Acknowledged;
import io.lockkeeper.domain.trigger.Recording.Compared;
import io.lockkeeper.domain.trigger.Recording.NodeStarted;
import io.lockkeeper.domain.trigger.Report;
import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Recordings of what our clients met, `docs/signals.md`: JSON lines, one event on each. Fields that are not known are passed over.
public final class JsonRecordings {
    private static final JsonMapper JSON = SealedJson.mapper(List.of(ClientEvent.class));
    private static final Map<String, Class<?>> TYPES = types();

    /// Nothing that is recorded happens later; far from the end of all time one can count on.
    private static final Instant LATEST = Instant.parse("9999-01-01T00:00:00Z");

    /// What goes on has no end yet.
    private static final List<Class<?>> MAY_GO_ON = List.of(Planned.class, ObserverFault.class);

    /// @param recording without the lines that are among the problems
    public record Read(Recording recording, List<Problem> problems) {}

    private final List<Problem> problems = new ArrayList<>();
    private final List<Object> values = new ArrayList<>();

    private JsonRecordings() {}

    private static Map<String, Class<?>> types() {
        var types = new TreeMap<String, Class<?>>();
        Stream.of(ClientEvent.class.getPermittedSubclasses(), Report.class.getPermittedSubclasses(),
                new Class<?>[]{Planned.class, ObserverFault.class, NodeStarted.class, Baseline.class, Acknowledged.class,
                        Compared.class})
                .flatMap(Arrays::stream).forEach(type -> types.put(type.getSimpleName(), type));
        return types;
    }

    /// One line, without its end.
    public static String encode(ClientEvent event) {
        return JSON.writerFor(ClientEvent.class).writeValueAsString(event);
    }

    /// Reads every line and says what is wrong with each that cannot be used.
    ///
    /// @param file the name for marks, as the operator knows it
    public static Read read(String file, BufferedReader lines) throws IOException {
        var reader = new JsonRecordings();
        int number = 0;
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
            reader.line(line, new Mark(file, ++number, 1));
        }
        if (number == 0) {
            reader.problem(new Mark(file, 1, 1), "the recording is empty", "a line an event, as docs/signals.md says");
        }
        return new Read(reader.recording(), List.copyOf(reader.problems));
    }

    private void problem(Mark at, String message, String suggestion) {
        problems.add(Problem.error(at, message, suggestion));
    }

    private void line(String line, Mark at) {
        JsonNode tree;
        try {
            tree = JSON.readTree(line);
        } catch (JacksonException _) {
            problem(at, "this line is no JSON", "if the recording was cut off here, remove the line");
            return;
        }
        if (!(tree instanceof ObjectNode body)) {
            problem(at, "this line is no JSON object", "{\"type\":\"Opened\",...}");
            return;
        }
        var name = body.path("type");
        var type = TYPES.get(name.asString(""));
        if (type == null) {
            problem(at, name.isMissingNode() ? "\"type\" is missing" : "\"type\" cannot be " + name,
                    Nearest.suggestion(name.asString(""), TYPES.keySet()));
            return;
        }
        if (MAY_GO_ON.contains(type) && !body.has("to")) {
            body.put("to", Instant.MAX.toString());
        }
        var wrong = wrong(body, type, "");
        if (wrong.isPresent()) {
            problem(at, wrong.get() + " in " + type.getSimpleName(), "");
            return;
        }
        try {
            values.add(JSON.treeToValue(body, type));
        } catch (JacksonException e) {
            problem(at, type.getSimpleName() + " cannot be so: " + (e.getCause() == null
                    ? e.getOriginalMessage()
                    : e.getCause().getMessage()), "");
        }
    }

    /// What a record needs and the object does not have, with its path; empty where all is there.
    private static Optional<String> wrong(ObjectNode body, Class<?> type, String path) {
        for (var component : type.getRecordComponents()) {
            var value = body.path(component.getName());
            var name = "\"" + path + component.getName() + "\"";
            if (value.isMissingNode() || value.isNull()) {
                return Optional.of(name + " is missing, " + expected(component.getType()) + ",");
            }
            if (component.getType().isRecord()) {
                var inner = value instanceof ObjectNode object
                        ? wrong(object, component.getType(), path + component.getName() + ".")
                        : Optional.of(name + " must be an object");
                if (inner.isPresent()) {
                    return inner;
                }
            } else if (!fits(value, component.getType()) && !goesOn(component.getName(), value)) {
                return Optional.of(name + " must be " + expected(component.getType()) + ", not " + value);
            }
        }
        return Optional.empty();
    }

    private static boolean fits(JsonNode value, Class<?> type) {
        if (type == String.class) {
            return value.isString();
        }
        if (type == int.class || type == long.class) {
            return value.isIntegralNumber() && value.canConvertToLong() && value.asLong() >= 0
                    && (type == long.class || value.canConvertToInt());
        }
        if (type == boolean.class) {
            return value.isBoolean();
        }
        try {
            return value.isString() && switch (JSON.treeToValue(value, type)) {
                case Instant at -> !at.isBefore(Instant.EPOCH) && at.isBefore(LATEST);
                case Duration time -> !time.isNegative() && time.compareTo(Duration.ofDays(1)) < 0;
                default -> true;
            };
        } catch (JacksonException _) {
            return false;
        }
    }

    private static boolean goesOn(String name, JsonNode value) {
        return name.equals("to") && value.asString("").equals(Instant.MAX.toString());
    }

    private static String expected(Class<?> type) {
        if (type.isEnum()) {
            return "one of " + String.join(", ", Arrays.stream(type.getEnumConstants()).map(Object::toString).toList());
        }
        if (type == Instant.class) {
            return "a time such as 2026-11-26T03:00:00.250Z";
        }
        if (type == Duration.class) {
            return "a duration such as PT2.5S";
        }
        return type == String.class
                ? "a text"
                : type == boolean.class ? "true or false" : type.isRecord() ? "an object" : "a whole number";
    }

    private Recording recording() {
        return new Recording(all(ClientEvent.class), all(Planned.class), all(ObserverFault.class), all(NodeStarted.class),
                all(Baseline.class), all(Report.class), all(Acknowledged.class), all(Compared.class));
    }

    private <T> List<T> all(Class<T> type) {
        return values.stream().filter(type::isInstance).map(type::cast).toList();
    }
}
