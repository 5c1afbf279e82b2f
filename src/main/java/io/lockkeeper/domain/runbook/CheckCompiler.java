package io.lockkeeper.domain.runbook;

import io.lockkeeper.domain.doc.Fields;
import io.lockkeeper.domain.doc.Problem;
import io.lockkeeper.domain.fleet.AdminState;
import io.lockkeeper.domain.fleet.ObservedState;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A signal and the condition that fits it: what a gate has once and a soak several times.
final class CheckCompiler {
    private static final int MOST_POINTS = 25;

    private final Values values;
    private final Map<String, RestorePoint> restore;
    private final List<Problem> problems;
    private @Nullable String leftOut;

    CheckCompiler(Values values, Map<String, RestorePoint> restore, List<Problem> problems) {
        this.values = values;
        this.restore = restore;
        this.problems = problems;
    }

    /// The signal, checked against what the environment can see; its other keys against its shape.
    Optional<GateSignal> signal() {
        var signal = values.choice("signal", Arrays.asList(GateSignal.values()), GateSignal::key);
        if (signal.isEmpty()) {
            values.touchAll();
            return Optional.empty();
        }
        values.checkOnly(signal.get().shape().name());
        if (signal.get().about() == GateSignal.About.FLEET && values.has("of")) {
            values.problem("of", signal.get().key() + " is about the whole fleet and takes no \"of\"", "remove it");
        }
        boolean onlyWithClients = values.choice("where", List.of("everywhere", "clients"), word -> word)
                .filter("clients"::equals).isPresent();
        if (onlyWithClients && !signal.get().ofClients()) {
            values.problem("where", signal.get().key() + " is not measured by clients", "remove it");
        }
        if (values.knowsEnvironment() && !values.can(signal.get().needs())) {
            if (onlyWithClients) {
                leftOut = signal.get().key() + ": this environment cannot " + signal.get().needs().words();
            } else {
                values.problem("signal", "this environment cannot " + signal.get().needs().words(),
                        signal.get().ofClients()
                                ? "add \"clients\" to its file, see docs/environments.md, or leave the gate out there with where: clients"
                                : "its adapters do not offer it; see docs/adapters.md");
            }
        }
        return signal;
    }

    /// Why the gate is left out where it was asked for only with clients; empty where it is not. Known once its signal is.
    Optional<String> leftOut() {
        return Optional.ofNullable(leftOut);
    }

    Optional<Condition> condition(GateSignal signal) {
        return switch (signal.shape()) {
            case TRUTH ->
                values.required("is").flatMap(scalar -> Fields.truth(scalar, "\"is\"", problems)).map(Condition.IsTrue::new);
            case TEXT -> text(signal).map(Condition.IsText::new);
            case COUNT -> count();
            case ACCOUNT -> Optional.of(new Condition.Accounted(values.count("lost").orElse(0L)));
            case SHARE -> {
                long samples = values.count("samples").orElse(1L);
                yield values.requiredPercent("atLeast")
                        .map(percent -> new Condition.Share(percent, Math.clamp(samples, 1, 10_000)));
            }
            case VERSIONS -> versions();
            case SUCCESS, TIMES, CONTINUITY, MESSAGES, OUT, AVAILABILITY, TRIGGERS ->
                new FeltCompiler(values, problems).condition(signal.shape());
            case PROBE -> Optional.of(new Condition.Resumed(Math.clamp(values.count("atLeast").orElse(1L), 1, 1_000)));
        };
    }

    private Optional<Condition> versions() {
        var version = values.answerOr("version", InputType.VERSION, () -> values.requiredVersion("version"));
        var percent = values.has("percent") ? values.requiredPercent("percent") : Optional.<Integer>empty();
        long points = values.count("points").orElseGet(() -> Long.parseLong(Grammar.fallback(StepKind.GATE, "points")));
        if (points > MOST_POINTS) {
            values.problem("points", "with \"points\" " + points + " nearly every share would do", "at most " + MOST_POINTS);
        }
        return version.map(name -> new Condition.VersionShare(name, percent.orElse(null), Math.clamp(points, 0, MOST_POINTS)));
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
        Supplier<Optional<String>> plain = () -> values.required("is").flatMap(scalar -> known.isEmpty()
                ? Optional.of(scalar.text())
                : Fields.choice(scalar, "\"is\"", known, word -> word, problems));
        return known.isEmpty() ? values.answerOr("is", InputType.VERSION, plain) : plain.get();
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
