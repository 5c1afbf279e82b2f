package io.lockkeeper.domain.run;

import io.lockkeeper.domain.runbook.GateExit;
import io.lockkeeper.domain.runbook.GateSignal;
import io.lockkeeper.domain.runbook.Step;
import io.lockkeeper.domain.signal.Reading;
import io.lockkeeper.domain.signal.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What follows by itself inside one gate: the next probe, the condition holding or breaking, its verdict.
final class GateWalk {
    static final Duration PROBE_LIMIT = Duration.ofSeconds(20);
    static final Duration BETWEEN_PROBES = Duration.ofMillis(250);

    private final RunState state;
    private final Facts facts;
    private final Step.Gate gate;
    private final StepRun run;

    GateWalk(RunState state, Facts facts, Step.Gate gate, StepRun run) {
        this.state = state;
        this.facts = facts;
        this.gate = gate;
        this.run = run;
    }

    List<RunEvent> events() {
        var watch = run.gate();
        if (watch == null) {
            return List.of();
        }
        var judge = new GateJudge(gate.path(), state, facts);
        var reading = GateJudge.judge(gate, state, facts);
        if (reading.verdict() == Verdict.PASS) {
            return passing(watch, reading);
        }
        if (watch.holdingSince() != null) {
            return List.of(new RunEvent.GateBroken(facts.now(), gate.path(), reading));
        }
        boolean over = !watch.until().isAfter(facts.now());
        if (over || (judge.hopeless() && gate.signal() == GateSignal.PROBE_RESUMED)
                || (reading.verdict() == Verdict.FAIL && staysBad(gate.signal()))) {
            return exit(watch, reading);
        }
        return nextProbe();
    }

    /// What was lost is not found again by waiting.
    private static boolean staysBad(GateSignal signal) {
        return signal == GateSignal.PROBE_SHARE || signal == GateSignal.MESSAGES_LOST
                || signal == GateSignal.MESSAGES_DUPLICATED;
    }

    private List<RunEvent> passing(StepProgress.GateWatch watch, Reading reading) {
        var since = watch.holdingSince();
        if (since == null && gate.hold().isPositive()) {
            return List.of(new RunEvent.GateHolding(facts.now(), gate.path(), reading));
        }
        if (since == null || !since.plus(gate.hold()).isAfter(facts.now())) {
            return List.of(new RunEvent.GateJudged(facts.now(), gate.path(), reading),
                    new RunEvent.StepSucceeded(facts.now(), gate.path(),
                            reading.why() + (gate.hold().isPositive() ? ", held for " + gate.hold().toSeconds() + " s" : "")));
        }
        return List.of();
    }

    private List<RunEvent> exit(StepProgress.GateWatch watch, Reading reading) {
        var exit = switch (reading.verdict()) {
            case FAIL -> gate.onFail();
            case INCONCLUSIVE -> gate.onInconclusive();
            case NO_DATA, STALE, PASS -> gate.onNoData();
        };
        if (exit == GateExit.EXTEND && !watch.extended()) {
            return List.of(new RunEvent.GateExtended(facts.now(), gate.path(), gate.within(), reading));
        }
        var failed = new RunEvent.StepFailed(facts.now(), gate.path(),
                reading.verdict() == Verdict.FAIL ? StepState.FAILED : StepState.TIMED_OUT, words(reading));
        var judged = new RunEvent.GateJudged(facts.now(), gate.path(), reading);
        // in this order: of several lines a kill may leave the first alone, and a failed gate without its way back would wait for ever
        return exit == GateExit.WAY_BACK && Walk.canGoBack(state)
                ? List.of(judged, RunMachine.rollbackNow(state, "gate " + gate.path(), words(reading), facts), failed)
                : List.of(judged, failed);
    }

    private static String words(Reading reading) {
        return switch (reading.verdict()) {
            case INCONCLUSIVE -> "inconclusive: " + reading.why();
            case NO_DATA -> "no data: " + reading.why();
            case STALE -> "stale: " + reading.why();
            case FAIL, PASS -> reading.why();
        };
    }

    private List<RunEvent> nextProbe() {
        boolean probes = gate.signal() == GateSignal.PROBE_RESUMED || gate.signal() == GateSignal.PROBE_SHARE;
        if (!probes || gate.node() == null || state.held() != null) {
            return List.of();
        }
        var sent = state.opsOf(gate.path(), run.attempt());
        var newest = Optional.ofNullable(sent.isEmpty() ? null : sent.getLast());
        boolean notYet = newest.map(probe -> probe.undecided() || probe.since().plus(BETWEEN_PROBES).isAfter(facts.now()))
                .orElse(false);
        if (notYet) {
            return List.of();
        }
        var order = new Order.Probe(gate.node());
        var id = Op.id(state.run(), gate.path(), order, run.attempt()) + "." + (sent.size() + 1);
        return List.of(new RunEvent.OpIntended(facts.now(),
                new Op(id, gate.path(), order, run.attempt(), state.incarnation(), facts.now(),
                        facts.now().plus(PROBE_LIMIT), null)));
    }
}
