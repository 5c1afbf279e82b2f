package io.lockkeeper.domain.run;

import io.lockkeeper.domain.doc.Durations;
import io.lockkeeper.domain.fleet.Fleet;
import io.lockkeeper.domain.runbook.GateExit;
import io.lockkeeper.domain.runbook.Step;
import io.lockkeeper.domain.signal.Reading;
import io.lockkeeper.domain.signal.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What follows by itself inside one soak: its evidence, its pauses, its end.
final class SoakWalk {
    static final Duration BETWEEN_EVIDENCE = Duration.ofSeconds(30);

    /// How often a soak has to be looked at, so that no look finds a gap.
    static final Duration LOOK = Duration.ofSeconds(4);

    private final RunState state;
    private final Facts facts;
    private final Step.Soak soak;
    private final StepRun run;
    private final @Nullable SoakTally tally;

    SoakWalk(RunState state, Facts facts, Step.Soak soak, StepRun run) {
        this.state = state;
        this.facts = facts;
        this.soak = soak;
        this.run = run;
        this.tally = facts.tallies().get(soak.path());
    }

    List<RunEvent> events() {
        var watch = run.soak();
        if (watch == null) {
            return List.of();
        }
        if (tally != null && tally.to().equals(facts.now())) {
            return holding(watch); // that is what it was counted for
        }
        var reading = SoakReading.of(soak, state, facts).reading();
        return reading.verdict() == Verdict.PASS ? holding(watch) : notHolding(watch, reading);
    }

    private List<RunEvent> holding(StepProgress.SoakWatch watch) {
        if (watch.pausedSince() != null) {
            return List.of(new RunEvent.SoakWentOn(facts.now(), soak.path()));
        }
        if (tally == null) {
            return List.of();
        }
        var whole = watch.counted().plus(tally.span());
        if (whole.compareTo(soak.hold()) >= 0) {
            long samples = watch.samples() + tally.samples();
            return List.of(evidence(tally), new RunEvent.StepSucceeded(facts.now(), soak.path(), "held for "
                    + Durations.words(Duration.ofSeconds(whole.toSeconds())) + " with evidence, " + samples + " readings"));
        }
        return tally.span().compareTo(BETWEEN_EVIDENCE) >= 0 ? List.of(evidence(tally)) : List.of();
    }

    private RunEvent evidence(SoakTally seen) {
        return new RunEvent.SoakEvidence(facts.now(), soak.path(), seen.from(), seen.to(), seen.samples(),
                seen.worst().reading());
    }

    private List<RunEvent> notHolding(StepProgress.SoakWatch watch, Reading reading) {
        boolean bad = reading.verdict() == Verdict.FAIL;
        if (!bad && hasJustBegun()) {
            return List.of(); // what was read before it began is no evidence, and the next reading is on its way
        }
        var since = watch.pausedSince();
        if (since == null || bad != watch.bad()) {
            var events = new ArrayList<RunEvent>();
            if (since == null && tally != null && tally.span().isPositive()) {
                events.add(evidence(tally));
            }
            events.add(new RunEvent.SoakPaused(facts.now(), soak.path(), bad, reading));
            return events;
        }
        var limit = since.plus(bad ? soak.tolerate() : soak.patience());
        return limit.isAfter(facts.now()) ? List.of() : over(reading, bad, since);
    }

    private boolean hasJustBegun() {
        var entered = run.enteredAt();
        return tally == null && entered != null && entered.plus(Fleet.FRESH).isAfter(facts.now());
    }

    private List<RunEvent> over(Reading reading, boolean bad, Instant since) {
        var time = Durations.words(Duration.ofSeconds(Duration.between(since, facts.now()).toSeconds()));
        var why = (bad ? "bad for " : "no evidence for ") + time + ": " + reading.why();
        var failed = new RunEvent.StepFailed(facts.now(), soak.path(), bad ? StepState.FAILED : StepState.TIMED_OUT, why);
        var judged = new RunEvent.GateJudged(facts.now(), soak.path(), reading);
        return bad && soak.onFail() == GateExit.WAY_BACK && Walk.canGoBack(state)
                ? List.of(judged, RunMachine.rollbackNow(state, "soak " + soak.path(), why, facts), failed)
                : List.of(judged, failed);
    }
}
