package io.lockkeeper.domain.runbook;

import io.lockkeeper.domain.doc.Durations;
import io.lockkeeper.domain.doc.Fields;
import io.lockkeeper.domain.doc.Marked;
import io.lockkeeper.domain.doc.Nearest;
import io.lockkeeper.domain.doc.Problem;
import io.lockkeeper.domain.environment.Environment;
import io.lockkeeper.domain.environment.ErrandKind;
import java.util.List;
import java.util.Optional;

/// `do: command` and `do: http`. What is run stands in the environment file; the step names it, and says how its effect is seen.
final class ErrandCompiler {
    private static final String FORMS = "write { command: name, prints: \"0\" }, { call: name, json: /path, is: value },"
            + " { call: name, status: 200 }, or person";
    private static final int LONGEST = 200;

    private final Values values;
    private final Environment environment;
    private final List<Problem> problems;

    ErrandCompiler(Values values, Environment environment, List<Problem> problems) {
        this.values = values;
        this.environment = environment;
        this.problems = problems;
    }

    Optional<Step> errand(ErrandKind kind, String path, String title) {
        var name = values.text(kind.key());
        var node = values.has("node") ? values.node("node") : Optional.<String>empty();
        var version = values.has("version")
                ? values.answerOr("version", InputType.VERSION, () -> values.requiredVersion("version"))
                : Optional.<String>empty();
        var deadline = values.duration("deadline").orElseGet(() -> Durations.parse(Grammar.ERRAND_DEADLINE).orElseThrow());
        if (deadline.isZero()) {
            values.problem("deadline", "a deadline of nothing cannot be kept", "write e.g. 1m");
        }
        var confirm = confirm();
        name.ifPresent(known -> exists(kind, known, kind.key(), false));
        confirm.ifPresent(one -> confirmed(kind, name.orElse(""), one));
        if (name.isEmpty() || confirm.isEmpty() || (values.has("node") && node.isEmpty())) {
            return Optional.empty();
        }
        return Optional.of(new Step.Errand(path, title, kind, name.get(), node.orElse(null), version.orElse(null), confirm.get(),
                deadline));
    }

    private void confirmed(ErrandKind kind, String name, Readback confirm) {
        var asks = confirm.kind();
        if (asks == null) {
            return;
        }
        if (asks == kind && confirm.asked().equals(name)) {
            values.problem("confirm",
                    "\"confirm\" asks by doing it again: " + kind.key() + " " + name + " is what this step does",
                    "name another one that only looks");
            return;
        }
        exists(asks, confirm.asked(), "confirm", true);
    }

    /// What is not known of an environment is not complained about.
    ///
    /// @param key where the name stands
    /// @param looks whether it is to look only, as a confirmation does
    private void exists(ErrandKind kind, String name, String key, boolean looks) {
        if (!values.knowsEnvironment()) {
            return;
        }
        var spec = environment.errands().find(kind, name).orElse(null);
        if (spec == null) {
            var known = environment.errands().names(kind);
            values.problem(key, "environment " + environment.name() + " has no " + kind.key() + " \"" + name + "\"",
                    known.isEmpty()
                            ? "add it under \"" + kind.section() + "\" of its file"
                            : Nearest.suggestion(name, known));
            return;
        }
        if (spec.asksForNode() && !values.has("node")) {
            values.problem(key, kind.key() + " " + name + " is about one node, and this step names none", "add node: ...");
        }
        if (spec.asksForVersion() && !values.has("version")) {
            values.problem(key, kind.key() + " " + name + " needs a version, and this step names none", "add version: ...");
        }
        if (kind == ErrandKind.HTTP && spec.onlyAsks() != looks) {
            values.problem(key, "call " + name + (looks
                    ? " does something: to confirm with it would do that over and over"
                    : " only asks (GET or HEAD): it does nothing that could be confirmed"),
                    looks ? "name a call with method: GET" : "name a call with another method; a gate asks");
        }
    }

    private Optional<Readback> confirm() {
        var written = values.fields().value("confirm").orElse(null);
        return switch (written) {
            case null -> {
                values.problem("confirm", "\"confirm\" is missing: nothing would tell whether this had its effect", FORMS);
                yield Optional.empty();
            }
            case Marked.Scalar scalar when scalar.text().equals("person") ->
                Optional.of(new Readback.Person("did it have its effect?"));
            case Marked.Mapping mapping -> {
                var fields = new Fields(mapping, problems);
                var found = confirm(values.of(fields, StepKind.ACTION), fields);
                fields.done();
                yield found;
            }
            default -> {
                values.problem("confirm", "\"confirm\" does not say how the effect is seen", FORMS);
                yield Optional.empty();
            }
        };
    }

    private Optional<Readback> confirm(Values inner, Fields fields) {
        var kinds = List.of("command", "call", "person").stream().filter(fields::has).toList();
        if (kinds.size() != 1) {
            fields.problem(fields.at(), kinds.isEmpty()
                    ? "\"confirm\" names nothing that could be asked"
                    : "\"confirm\" asks several at once: " + String.join(", ", kinds), FORMS);
            List.of("command", "call", "person", "prints", "json", "is", "status").forEach(fields::value);
            return Optional.empty();
        }
        return switch (kinds.getFirst()) {
            case "command" -> {
                var command = inner.text("command");
                var prints = inner.required("prints").map(Marked.Scalar::text).filter(text -> isOneLine(fields, "prints", text));
                yield command.flatMap(name -> prints.map(text -> new Readback.Prints(name, text.strip())));
            }
            case "call" -> call(inner, fields);
            default -> inner.text("person").filter(text -> isOneLine(fields, "person", text)).map(Readback.Person::new);
        };
    }

    private Optional<Readback> call(Values inner, Fields fields) {
        var call = inner.text("call");
        if (fields.has("status") == fields.has("json")) {
            fields.problem(fields.at(), "\"confirm\" must say what of the answer to look at: \"json\" with \"is\", or \"status\"",
                    FORMS);
            List.of("status", "json", "is").forEach(fields::value);
            return Optional.empty();
        }
        if (fields.has("status")) {
            var status = inner.count("status").filter(code -> {
                boolean good = code >= 200 && code <= 599;
                if (!good) {
                    fields.problem(fields.at("status"), "no answer has status " + code, "write e.g. 200");
                }
                return good;
            });
            return call.flatMap(name -> status.map(code -> new Readback.Answers(name, Math.toIntExact(code))));
        }
        var json = inner.text("json").filter(text -> {
            boolean good = text.length() <= LONGEST && text.matches("(/([^~/]|~[01])*)+"); // the pattern takes its depth from the text
            if (!good) {
                fields.problem(fields.at("json"), "\"json\" must be a JSON pointer, not \"" + text + "\"",
                        "write /" + text.replace('.', '/'));
            }
            return good;
        });
        var is = inner.required("is").map(Marked.Scalar::text).filter(text -> isOneLine(fields, "is", text));
        return call.flatMap(name -> json.flatMap(pointer -> is.map(text -> new Readback.Says(name, pointer, text))));
    }

    private static boolean isOneLine(Fields fields, String key, String text) {
        boolean good = text.length() <= LONGEST && text.chars().noneMatch(Character::isISOControl);
        if (!good) {
            fields.problem(fields.at(key), "\"" + key + "\" must be one line of at most " + LONGEST + " characters", "");
        }
        return good;
    }
}
