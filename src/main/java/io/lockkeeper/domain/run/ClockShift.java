package io.lockkeeper.domain.run;

import io.lockkeeper.domain.run.StepProgress.DrainWatch;
import io.lockkeeper.domain.run.StepProgress.GateWatch;
import java.time.Duration;
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// What has happened in a run, told by a clock that was set meanwhile, or that went on while nobody looked: what was before stays before,
/// what had a time left has it still. Without it a clock set back by an hour makes every deadline an hour longer.
///
/// @param past where a moment of the past is on the clock as it is now
record ClockShift(UnaryOperator<Instant> past) {
    private Instant deadline(Instant from, Instant until) {
        return until.plus(Duration.between(from, past.apply(from)));
    }

    private @Nullable Instant known(@Nullable Instant moment) {
        return moment == null ? null : past.apply(moment);
    }

    /// Of a step that has ended only its drain can still matter: later gates ask what became of those sessions.
    StepRun told(StepRun step) {
        var next = step.progress() == null ? null : told(step.progress(), step.enteredAt());
        return step.state().open()
                ? new StepRun(step.path(), step.state(), step.attempt(), past.apply(step.since()), known(step.enteredAt()),
                        step.words(), step.released(), step.ticks(), next)
                : next instanceof DrainWatch ? step.with(next) : step;
    }

    private StepProgress told(StepProgress progress, @Nullable Instant entered) {
        return switch (progress) {
            case DrainWatch watch -> told(watch);
            case GateWatch watch -> told(watch, entered);
            case StepProgress.SoakWatch watch -> watch.pausedSince() == null || watch.last() == null
                    ? watch
                    : watch.paused(past.apply(watch.pausedSince()), watch.bad(), watch.last());
            case StepProgress.Votes _,StepProgress.Chosen _,StepProgress.ApprovalWatch _,StepProgress.Approved _ -> progress; // signed, or without a time
        };
    }

    private DrainWatch told(DrainWatch watch) {
        var decided = watch.decidedAt();
        return new DrainWatch(watch.node(), past.apply(watch.beganAt()), watch.sessions(), watch.bySession(),
                deadline(decided == null ? watch.beganAt() : decided, watch.deadline()), known(watch.emptySince()),
                watch.stragglers(),
                watch.choice(), known(decided));
    }

    private GateWatch told(GateWatch watch, @Nullable Instant entered) {
        return new GateWatch(known(watch.holdingSince()), entered == null ? watch.until() : deadline(entered, watch.until()),
                watch.extended(), watch.last());
    }

    OpRun told(OpRun run) {
        var op = run.op();
        var intended = op.intendedAtIsEvidence() ? op.intendedAt() : past.apply(op.intendedAt());
        return new OpRun(new Op(op.id(), op.path(), op.order(), op.attempt(), op.incarnation(), intended,
                deadline(op.intendedAt(), op.deadline()), op.before()), run.status(), past.apply(run.since()), run.words(),
                run.outcome());
    }

    RunState.Expected told(RunState.Expected order) {
        return new RunState.Expected(order.state(), past.apply(order.since()));
    }
}
