package io.lockkeeper.domain.run;

import io.lockkeeper.domain.signal.Reading;
import java.time.Instant;
import java.util.List;
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
/// @param drain progress of a drain; `null` for other steps and before the node is out of rotation
/// @param gate progress of a gate; `null` for other steps and before the first look
public record StepRun(String path, StepState state, int attempt, Instant since, @Nullable Instant enteredAt, String words,
        boolean released, Map<String, Tick> ticks, @Nullable DrainWatch drain, @Nullable GateWatch gate) {
    public record Tick(String actor, String value, Instant at) {}

    /// @param sessions ids to be accounted for; empty where the proof can only be by count
    /// @param emptySince since when every count was freshly zero; `null` while it is not
    /// @param stragglers how many were left when the operator was asked; `null` before
    /// @param choice what was decided; `null` before, and again once the operator is asked anew
    /// @param decidedAt when; `null` before
    public record DrainWatch(String node, Instant beganAt, List<String> sessions, boolean bySession, Instant deadline,
            @Nullable Instant emptySince, @Nullable Long stragglers, @Nullable StragglerChoice choice,
            @Nullable Instant decidedAt) {
        DrainWatch empty(@Nullable Instant since) {
            return new DrainWatch(node, beganAt, sessions, bySession, deadline, since, stragglers, choice, decidedAt);
        }

        DrainWatch asked(long count) {
            return new DrainWatch(node, beganAt, sessions, bySession, deadline, emptySince, count, null, decidedAt);
        }

        DrainWatch decided(StragglerChoice next, Instant until, Instant at) {
            return new DrainWatch(node, beganAt, sessions, bySession, until, emptySince, stragglers, next, at);
        }
    }

    /// @param holdingSince since when the condition holds without a gap; `null` while it does not
    /// @param until when the gate gives its last verdict
    /// @param last the newest reading that was journalled; `null` before
    public record GateWatch(@Nullable Instant holdingSince, Instant until, boolean extended, @Nullable Reading last) {}

    public StepRun {
        ticks = Map.copyOf(ticks);
    }

    static StepRun notStarted(String path, Instant at) {
        return new StepRun(path, StepState.NOT_STARTED, 0, at, null, "", false, Map.of(), null, null);
    }

    StepRun in(StepState next, Instant at, String why) {
        return new StepRun(path, next, attempt, at, enteredAt, why, released, ticks, drain, gate);
    }

    StepRun entered(Instant at, int nextAttempt) {
        return new StepRun(path, StepState.RUNNING, nextAttempt, at, at, "", false, ticks, null, null);
    }

    StepRun released(Instant at) {
        return new StepRun(path, StepState.RUNNING, attempt, at, enteredAt, "", true, ticks, drain, gate);
    }

    StepRun with(Map<String, Tick> nextTicks) {
        return new StepRun(path, state, attempt, since, enteredAt, words, released, nextTicks, drain, gate);
    }

    StepRun with(DrainWatch next) {
        return new StepRun(path, state, attempt, since, enteredAt, words, released, ticks, next, gate);
    }

    StepRun with(GateWatch next) {
        return new StepRun(path, state, attempt, since, enteredAt, words, released, ticks, drain, next);
    }
}
