package io.lockkeeper.domain.runbook;

import io.lockkeeper.domain.doc.Fields;
import io.lockkeeper.domain.doc.Marked;
import io.lockkeeper.domain.doc.Problem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The head of a runbook: everything but its steps, which need inputs to be read ([Compiler]).
public final class RunbookReader {
    static final Pattern ID = Pattern.compile("[a-z][a-z0-9-]{0,62}");
    private static final Pattern NAME = Pattern.compile("[a-z][a-zA-Z0-9-]{0,62}");
    private final List<Problem> problems = new ArrayList<>();

    /// @param runbook empty when the head itself cannot be used
    public record Read(Optional<Runbook> runbook, List<Problem> problems) {}

    private RunbookReader() {}

    /// @param source the text as it stands in the file
    /// @param sourceHash its SHA-256
    public static Read read(Marked root, String source, String sourceHash) {
        var reader = new RunbookReader();
        var runbook = Fields.of(root, "a runbook", reader.problems).flatMap(fields -> reader.runbook(fields, source, sourceHash));
        return new Read(runbook, List.copyOf(reader.problems));
    }

    private Optional<Runbook> runbook(Fields fields, String source, String sourceHash) {
        fields.requiredText("lockkeeper").filter(version -> !version.equals("1"))
                .ifPresent(version -> fields.problem(fields.at("lockkeeper"),
                        "this release reads version 1 of the language, not " + version,
                        "write lockkeeper: 1, or use a newer release"));
        var id = fields.requiredText("id").filter(text -> {
            boolean fits = ID.matcher(text).matches();
            if (!fits) {
                fields.problem(fields.at("id"), "\"" + text + "\" is no id",
                        "use lower-case letters, digits and dashes, beginning with a letter");
            }
            return fits;
        });
        var title = fields.requiredText("title");
        var about = fields.text("about").orElse("");
        var inputs = inputs(fields);
        var wayBack = wayBack(fields);
        var watch = fields.names("watch");
        var steps = steps(fields);
        var onAbort = mappings(fields.items("onAbort").orElse(List.of()), problems);
        fields.done();
        return id.flatMap(known -> title
                .map(words -> new Runbook(known, words, about.strip(), inputs, wayBack, watch, steps, onAbort, source,
                        sourceHash)));
    }

    private List<Input> inputs(Fields fields) {
        var inputs = new ArrayList<Input>();
        fields.value("inputs").flatMap(value -> Fields.of(value, "\"inputs\"", problems).map(_ -> (Marked.Mapping) value))
                .ifPresent(
                        mapping -> mapping.entries().forEach((name, declared) -> input(name, declared).ifPresent(inputs::add)));
        return inputs;
    }

    private Optional<Input> input(Marked.Scalar name, Marked declared) {
        if (!NAME.matcher(name.text()).matches()) {
            problems.add(Problem.error(name.at(), "\"" + name.text() + "\" is no name for an input",
                    "begin with a lower-case letter"));
        }
        return Fields.of(declared, "input \"" + name.text() + "\"", problems).flatMap(fields -> {
            fields.required("type");
            var type = fields.choice("type", Arrays.asList(InputType.values()), InputType::key);
            var input = type.map(known -> new Input(name.text(), known, fallback(fields), fields.text("atLeast").orElse(null),
                    fields.text("atMost").orElse(null), fields.text("about").orElse(""), name.at()));
            fields.done();
            return input;
        });
    }

    private @Nullable String fallback(Fields fields) {
        return fields.value("default").map(value -> switch (value) {
            case Marked.Scalar scalar -> scalar.text();
            case Marked.Sequence sequence -> String.join(",", sequence.items().stream()
                    .map(item -> item instanceof Marked.Scalar scalar ? scalar.text() : "").toList());
            case Marked.Mapping _ -> "";
        }).orElse(null);
    }

    private Runbook.@Nullable WayBack wayBack(Fields fields) {
        return fields.fields("wayBack").flatMap(inner -> {
            var runbook = inner.requiredText("runbook");
            var with = new LinkedHashMap<String, Marked.Scalar>();
            inner.scalars("with").forEach((name, value) -> with.put(name.text(), value));
            inner.done();
            return runbook.map(id -> new Runbook.WayBack(id, with));
        }).orElse(null);
    }

    private List<Marked.Mapping> steps(Fields fields) {
        if (!fields.has("steps")) {
            fields.required("steps");
            return List.of();
        }
        var items = fields.items("steps").orElse(List.of());
        if (items.isEmpty() && fields.value("steps").orElse(null) instanceof Marked.Sequence) {
            fields.problem(fields.at("steps"), "a runbook without a step does nothing", "");
        }
        return mappings(items, problems);
    }

    static List<Marked.Mapping> mappings(List<Marked> items, List<Problem> problems) {
        var steps = new ArrayList<Marked.Mapping>();
        for (var item : items) {
            if (item instanceof Marked.Mapping mapping) {
                steps.add(mapping);
            } else {
                problems.add(Problem.error(item.at(), "a step must be a block of keys and values",
                        "e.g. { id: ready, gate: It is ready, signal: node.ready, ... }"));
            }
        }
        return steps;
    }
}
