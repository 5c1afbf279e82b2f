package io.lockkeeper.domain.runbook;

import io.lockkeeper.domain.doc.Durations;
import io.lockkeeper.domain.doc.Fields;
import io.lockkeeper.domain.doc.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// A soak: its checks, each with a condition on one signal of one or more nodes, and its times.
final class SoakCompiler {
    /// Made of orders, or of one drain.
    private static final Set<GateSignal.Shape> MOMENTARY = EnumSet.of(GateSignal.Shape.PROBE, GateSignal.Shape.SHARE,
            GateSignal.Shape.ACCOUNT);

    private final List<String> leftOut = new ArrayList<>();
    private final Map<String, RestorePoint> restore;
    private final List<Problem> problems;

    SoakCompiler(Map<String, RestorePoint> restore, List<Problem> problems) {
        this.restore = restore;
        this.problems = problems;
    }

    /// The soak, after a note where some of its gates are left out.
    List<Step> soak(Values values, String path, String title) {
        var hold = values.requiredDuration("for");
        var tolerate = duration(values, "tolerate");
        var patience = duration(values, "patience");
        var exit = values.choice("onFail", List.of(GateExit.HOLD, GateExit.WAY_BACK), GateExit::key).orElse(GateExit.HOLD);
        var checks = checks(values);
        if (hold.filter(Duration::isZero).isPresent()) {
            values.problem("for", "a soak of no time proves nothing", "write how long it must hold, like 24h");
        }
        if (checks.isEmpty() && !leftOut.isEmpty()) {
            values.problem("gates", "here nothing would be watched: " + String.join("; ", leftOut),
                    "add a gate that holds without clients, e.g. { signal: node.ready, of: all, is: true }");
        }
        var note = leftOut.isEmpty()
                ? Stream.<Step>empty()
                : Stream.<Step>of(new Step.Note(path + "/left-out", "Not watched in \"" + title + "\"",
                        "left out: " + String.join("; ", leftOut)));
        return Stream.concat(note,
                hold.map(time -> new Step.Soak(path, title, time, checks, tolerate, patience, exit)).stream()).toList();
    }

    private static Duration duration(Values values, String key) {
        return values.duration(key).orElseGet(() -> Durations.parse(Grammar.fallback(StepKind.SOAK, key)).orElseThrow());
    }

    private List<Step.Check> checks(Values values) {
        if (!values.has("gates")) {
            values.fields().required("gates");
            return List.of();
        }
        var written = values.fields().items("gates").orElse(List.of());
        if (written.isEmpty()) {
            values.problem("gates", "a soak without a gate watches nothing",
                    "add e.g. { signal: node.ready, of: all, is: true }");
        }
        var checks = new ArrayList<Step.Check>();
        for (var item : written) {
            Fields.of(item, "a gate of a soak", problems).ifPresent(fields -> {
                checks.addAll(check(values.of(fields, StepKind.GATE)));
                fields.done();
            });
        }
        return List.copyOf(checks);
    }

    private List<Step.Check> check(Values values) {
        var compiler = new CheckCompiler(values, restore, problems);
        var signal = compiler.signal();
        if (signal.isEmpty()) {
            return List.of();
        }
        if (MOMENTARY.contains(signal.get().shape())) {
            values.problem("signal", signal.get().key() + " is about one moment and cannot be watched over a soak",
                    "use it in a gate; watch node.ready, node.observed, node.version or fleet.serving here");
        }
        for (var key : List.of("for", "within", "since", "onFail", "onInconclusive", "onNoData")) {
            if (values.has(key)) {
                values.touch(key);
                values.problem(key, "\"" + key + "\" belongs to the soak, not to one of its gates", "remove it here");
            }
        }
        var condition = compiler.condition(signal.get());
        if (compiler.leftOut().isPresent()) {
            if (values.has("of")) {
                values.touch("of");
            }
            leftOut.add(compiler.leftOut().get());
            return List.of();
        }
        if (signal.get().about() == GateSignal.About.FLEET
                || (signal.get().about() == GateSignal.About.NODE_OR_FLEET && !values.has("of"))) {
            return condition.map(what -> List.of(new Step.Check(signal.get(), null, what))).orElse(List.of());
        }
        var nodes = values.nodes("of");
        return condition.map(what -> nodes.stream().map(node -> new Step.Check(signal.get(), node, what)).toList())
                .orElse(List.of());
    }
}
