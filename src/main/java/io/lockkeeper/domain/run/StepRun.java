package io.lockkeeper.domain.run;

import io.lockkeeper.domain.run.StepProgress.ApprovalWatch;
import io.lockkeeper.domain.run.StepProgress.Chosen;
import io.lockkeeper.domain.run.StepProgress.DrainWatch;
import io.lockkeeper.domain.run.StepProgress.GateWatch;
import io.lockkeeper.domain.run.StepProgress.SoakWatch;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One step of a run as far as it got.
///
/// @param attempt from 1; a retry starts the next
/// @param since when it got into its present state
/// @param enteredAt when this attempt began; `null` before
/// @param words evidence of success, or why it is blocked, failed, skipped: one sentence; empty where the state says it all
/// @param released whether a person said *go* (or nobody has to)
/// @param ticks by item id
/// @param progress of kinds that take their time; `null` for others and before there is any
public record StepRun(String path, StepState state, int attempt, Instant since, @Nullable Instant enteredAt, String words,
        boolean released, Map<String, Tick> ticks, @Nullable StepProgress progress) {
    public record Tick(String actor, String value, Instant at) {}

    public StepRun {
        ticks = Map.copyOf(ticks);
    }

    public @Nullable DrainWatch drain() {
        return progress instanceof DrainWatch watch ? watch : null;
    }

    public @Nullable GateWatch gate() {
        return progress instanceof GateWatch watch ? watch : null;
    }

    public @Nullable SoakWatch soak() {
        return progress instanceof SoakWatch watch ? watch : null;
    }

    public @Nullable ApprovalWatch approval() {
        return progress instanceof ApprovalWatch watch ? watch : null;
    }

    /// The choice that a decision ended with; `null` before.
    public @Nullable String choice() {
        return progress instanceof Chosen(var choice, _) ? choice : null;
    }

    static StepRun notStarted(String path, Instant at) {
        return new StepRun(path, StepState.NOT_STARTED, 0, at, null, "", false, Map.of(), null);
    }

    /// Not begun, as far as the plan is concerned; its attempts are counted on.
    StepRun anew(Instant at) {
        return new StepRun(path, StepState.NOT_STARTED, attempt, at, null, "", false, Map.of(), null);
    }

    StepRun in(StepState next, Instant at, String why) {
        return new StepRun(path, next, attempt, at, enteredAt, why, released, ticks, progress);
    }

    StepRun entered(Instant at, int nextAttempt) {
        return new StepRun(path, StepState.RUNNING, nextAttempt, at, at, "", false, ticks, null);
    }

    StepRun released(Instant at) {
        return new StepRun(path, StepState.RUNNING, attempt, at, enteredAt, "", true, ticks, progress);
    }

    StepRun with(Map<String, Tick> nextTicks) {
        return new StepRun(path, state, attempt, since, enteredAt, words, released, nextTicks, progress);
    }

    StepRun with(StepProgress next) {
        return new StepRun(path, state, attempt, since, enteredAt, words, released, ticks, next);
    }

    /// Entered, and not over.
    boolean isUnderWay() {
        return state.open() && state != StepState.NOT_STARTED;
    }
}
