package io.lockkeeper.domain.runbook;

import io.lockkeeper.domain.doc.Durations;
import io.lockkeeper.domain.doc.Problem;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A gate: its signal, the condition that fits it, its times and its exits.
final class GateCompiler {
    private final Values values;
    private final Map<String, RestorePoint> restore;
    private final List<Problem> problems;

    GateCompiler(Values values, Map<String, RestorePoint> restore, List<Problem> problems) {
        this.values = values;
        this.restore = restore;
        this.problems = problems;
    }

    Optional<Step> gate(String path, String title) {
        var check = new CheckCompiler(values, restore, problems);
        var signal = check.signal();
        if (signal.isEmpty()) {
            return Optional.empty();
        }
        boolean named = switch (signal.get().about()) {
            case NODE -> true;
            case NODE_OR_FLEET -> values.has("of");
            case FLEET -> false;
        };
        var node = named ? values.node("of") : Optional.<String>empty();
        var condition = check.condition(signal.get());
        var hold = values.duration("for").orElse(Duration.ZERO);
        var within = values.duration("within")
                .orElseGet(() -> Durations.parse(Grammar.fallback(StepKind.GATE, "within")).orElseThrow());
        if (within.compareTo(hold) < 0) {
            values.problem("within", "\"within\" is shorter than \"for\": the gate could never pass", "");
        }
        if (within.compareTo(check.window()) < 0) {
            values.problem("within", "\"within\" is shorter than the window of " + Durations.words(check.window())
                    + ": the gate could never pass, for nothing from before it counts",
                    "give it " + Durations.words(check.window().multipliedBy(2)));
        }
        var exits = List.of(exit("onFail"), exit("onInconclusive"), exit("onNoData"));
        if (check.leftOut().isPresent()) {
            return condition.map(_ -> new Step.Note(path, title, "left out: " + check.leftOut().get()));
        }
        return condition
                .map(what -> new Step.Gate(path, title, signal.get(), node.orElse(null), what, hold, within, exits.get(0),
                        exits.get(1), exits.get(2)));
    }

    private GateExit exit(String key) {
        var allowed = Grammar.kind(StepKind.GATE).fields().stream().filter(field -> field.key().equals(key)).findFirst()
                .orElseThrow();
        if (key.equals("onNoData") && values.plain(key).filter("wayBack"::equals).isPresent()) {
            values.problem(key, "a way back on missing data would roll back whenever a link is down",
                    "use hold, or remove the line");
            return GateExit.HOLD;
        }
        var exits = Arrays.stream(GateExit.values()).filter(exit -> allowed.choices().contains(exit.key())).toList();
        return values.choice(key, exits, GateExit::key)
                .orElseGet(() -> exits.stream().filter(exit -> exit.key().equals(allowed.fallback())).findFirst()
                        .orElse(GateExit.HOLD));
    }
}
