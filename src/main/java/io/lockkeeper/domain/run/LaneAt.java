package io.lockkeeper.domain.run;

import io.lockkeeper.domain.runbook.Step;

/// How far one lane of a forEach has got, by all its steps at once.
///
/// @param done every step succeeded or was skipped
/// @param failed a step went wrong, and nobody has decided yet what now
/// @param underWay begun and not done
/// @param idle on the way back: begun, and nothing was sent nor done in it yet
record LaneAt(Step.Lane lane, boolean done, boolean failed, boolean underWay, boolean idle) {
    static LaneAt of(Step.Lane lane, RunState state) {
        boolean done = true;
        boolean failed = false;
        boolean begun = false;
        boolean nothingDone = true;
        for (var leaf : state.leaves(lane.steps())) {
            var step = state.step(leaf.path());
            var at = step.state();
            done &= at == StepState.SUCCEEDED || at == StepState.SKIPPED;
            failed |= at == StepState.FAILED || at == StepState.TIMED_OUT || at == StepState.ABORTED;
            if (at != StepState.NOT_STARTED) {
                begun = true;
                nothingDone = nothingDone && state.rollingBack() && at.open()
                        && state.opsOf(step.path(), step.attempt()).isEmpty();
            }
        }
        return new LaneAt(lane, done, failed, begun && !done, state.rollingBack() && begun && !done && nothingDone);
    }

    boolean works() {
        return underWay && !idle;
    }
}
