package io.lockkeeper.domain.runbook;

import io.lockkeeper.domain.doc.Fields;
import io.lockkeeper.domain.doc.Problem;
import io.lockkeeper.domain.fleet.AdminState;
import io.lockkeeper.domain.fleet.ObservedState;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A signal and the condition that fits it: what a gate has once and a soak several times.
final class CheckCompiler {
    private static final int MOST_POINTS = 25;
    /// How the names of an environment's own signals begin.
    private static final String OWN = "custom.";

    private final Values values;
    private final Map<String, RestorePoint> restore;
    private final List<Problem> problems;
    private @Nullable String leftOut;
    private @Nullable MetricCompiler metric;

    CheckCompiler(Values values, Map<String, RestorePoint> restore, List<Problem> problems) {
        this.values = values;
        this.restore = restore;
        this.problems = problems;
    }

    /// The signal, checked against what the environment can see; its other keys against its shape.
    Optional<GateSignal> signal() {
        if (values.has("from")) {
            return metric();
        }
        if (values.plain("signal").filter(name -> name.startsWith(OWN)).isPresent()) {
            values.problem("signal", "signals of an environment's own are told by its metrics",
                    "add from: and the name of the source");
            values.touchAll();
            return Optional.empty();
        }
        var signal = values.choice("signal", GateSignal.NAMED, GateSignal::key);
        if (signal.isEmpty()) {
            values.touchAll();
            return Optional.empty();
        }
        values.checkOnly(signal.get().shape().name());
        if (signal.get().about() == GateSignal.About.FLEET && values.has("of")) {
            values.problem("of", signal.get().key() + " is about the whole fleet and takes no \"of\"", "remove it");
        }
        var where = values.choice("where", List.of("everywhere", "clients", "metrics"), word -> word).orElse("everywhere");
        boolean onlyWithClients = where.equals("clients");
        if (where.equals("metrics")) {
            values.problem("where", signal.get().key() + " is taken from no source of metrics", "remove it, or add from:");
        }
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

    private Optional<GateSignal> metric() {
        values.checkOnly(GateSignal.Shape.METRIC.name());
        metric = new MetricCompiler(values, problems);
        leftOut = metric.leftOut().orElse(null);
        return Optional.of(GateSignal.METRICS);
    }

    /// Why the gate is left out where it was asked for only with clients, or metrics; empty where it is not. Known once its signal is.
    Optional<String> leftOut() {
        return Optional.ofNullable(leftOut);
    }

    /// How long its step must have lasted before it can say anything.
    Duration window() {
        return metric == null ? Duration.ZERO : metric.window();
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
            case METRIC -> metric == null ? Optional.empty() : metric.condition();
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
        return values.limits("a count needs a limit").map(limits -> limits);
    }
}
