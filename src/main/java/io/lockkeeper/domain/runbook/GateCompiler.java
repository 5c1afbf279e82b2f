package io.lockkeeper.domain.runbook;

import io.lockkeeper.domain.doc.Durations;
import io.lockkeeper.domain.doc.Fields;
import io.lockkeeper.domain.doc.Problem;
import io.lockkeeper.domain.fleet.AdminState;
import io.lockkeeper.domain.fleet.ObservedState;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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
        var signal = values.choice("signal", Arrays.asList(GateSignal.values()), GateSignal::key);
        if (signal.isEmpty()) {
            values.touchAll();
            return Optional.empty();
        }
        values.checkOnly(signal.get().shape().name());
        var node = signal.get().ofNode() ? values.node("of") : Optional.<String>empty();
        if (!signal.get().ofNode() && values.has("of")) {
            values.problem("of", signal.get().key() + " is about the whole fleet and takes no \"of\"", "remove it");
        }
        if (values.knowsEnvironment() && !values.can(signal.get().needs())) {
            values.problem("signal", "this environment cannot " + signal.get().needs().words(),
                    "its adapters do not offer it; see docs/adapters.md");
        }
        var condition = condition(signal.get());
        var hold = values.duration("for").orElse(Duration.ZERO);
        var within = values.duration("within")
                .orElseGet(() -> Durations.parse(Grammar.fallback(StepKind.GATE, "within")).orElseThrow());
        if (within.compareTo(hold) < 0) {
            values.problem("within", "\"within\" is shorter than \"for\": the gate could never pass", "");
        }
        return condition
                .map(what -> new Step.Gate(path, title, signal.get(), node.orElse(null), what, hold, within, exit("onFail"),
                        exit("onInconclusive"), exit("onNoData")));
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

    private Optional<Condition> condition(GateSignal signal) {
        return switch (signal.shape()) {
            case TRUTH ->
                values.required("is").flatMap(scalar -> Fields.truth(scalar, "\"is\"", problems)).map(Condition.IsTrue::new);
            case TEXT -> text(signal).map(Condition.IsText::new);
            case COUNT -> count();
            case ACCOUNT -> Optional.of(new Condition.Accounted(values.count("lost").orElse(0L)));
            case PROBE -> Optional.of(new Condition.Resumed(Math.clamp(values.count("atLeast").orElse(1L), 1, 1_000)));
        };
    }

    private Optional<String> text(GateSignal signal) {
        var written = values.plain("is");
        if (written.filter("$version.before"::equals).isPresent() && restore.isEmpty()) {
            values.touch("is");
            return Optional.of("(version before)"); // linted on its own: known only when a run begins
        }
        var known = switch (signal) {
            case NODE_ADMIN -> Arrays.stream(AdminState.values()).map(AdminState::words).toList();
            case NODE_OBSERVED -> Arrays.stream(ObservedState.values()).map(ObservedState::words).toList();
            default -> List.<String>of();
        };
        return values.required("is").flatMap(scalar -> known.isEmpty()
                ? Optional.of(scalar.text())
                : Fields.choice(scalar, "\"is\"", known, word -> word, problems));
    }

    private Optional<Condition> count() {
        var atLeast = limit("atLeast");
        var atMost = limit("atMost");
        var moreThan = limit("moreThan");
        var lessThan = limit("lessThan");
        if (atLeast == null && atMost == null && moreThan == null && lessThan == null) {
            values.problem("signal", "a count needs a limit", "add atLeast, atMost, moreThan or lessThan");
            return Optional.empty();
        }
        return Optional.of(new Condition.Count(atLeast, atMost, moreThan, lessThan));
    }

    private @Nullable Long limit(String key) {
        return values.count(key).orElse(null);
    }
}
