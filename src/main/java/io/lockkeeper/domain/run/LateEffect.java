package io.lockkeeper.domain.run;

import io.lockkeeper.domain.runbook.Plan;
import io.lockkeeper.domain.runbook.Step;
import java.util.List;
import java.util.Optional;

/// An order from before the way back, its answer lost, of which somebody saw only afterwards that it was carried out: it may have undone
/// what the way back had done to its node. That node is put back once more, from the first step of its lane.
final class LateEffect {
    private final RunState state;

    private LateEffect(RunState state) {
        this.state = state;
    }

    static List<RunEvent> events(RunState state, Facts facts) {
        var wayBack = state.wayBack();
        if (wayBack == null) {
            return List.of();
        }
        var late = new LateEffect(state);
        return wayBack.plan().lanes().stream().filter(lane -> !state.skippedLanes().contains(lane.path()))
                .flatMap(lane -> late.undoing(lane).stream().map(op -> (RunEvent) new RunEvent.LaneBegunAgain(facts.now(),
                        lane.path(), op.op().id(),
                        "only now it was seen that " + op.op().order().verb() + " " + op.op().order().target()
                                + ", ordered before the way back, was carried out")))
                .toList();
    }

    private Optional<OpRun> undoing(Step.Lane lane) {
        var own = new Plan("", lane.path(), lane.steps()).leaves().stream()
                .filter(leaf -> leaf instanceof Step.Action && state.step(leaf.path()).state() != StepState.NOT_STARTED)
                .map(leaf -> state.step(leaf.path())).toList();
        if (own.stream().flatMap(step -> state.opsOf(step.path(), step.attempt()).stream()).anyMatch(OpRun::undecided)) {
            return Optional.empty();
        }
        return state.ops().values().stream()
                .filter(op -> op.op().order().isOf(lane.node()) && !op.op().path().startsWith(lane.path() + "/"))
                .filter(op -> op.op().order() instanceof Order.Drain || op.op().order() instanceof Order.OfLifecycle)
                .filter(op -> op.is(OpRun.Status.DONE) && !(op.outcome() instanceof Outcome.Done))
                .filter(op -> own.stream().anyMatch(step -> workedBefore(step, op))).findFirst();
    }

    private boolean workedBefore(StepRun step, OpRun seen) {
        return (!step.state().open() && step.since().isBefore(seen.since()))
                || state.opsOf(step.path(), step.attempt()).stream().anyMatch(op -> op.op().intendedAt().isBefore(seen.since()));
    }
}
