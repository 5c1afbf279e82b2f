package io.lockkeeper.domain.run;

import io.lockkeeper.domain.runbook.Step;
import java.util.List;
import java.util.Optional;

/// What follows by itself inside one step that runs a command or makes a call. One attempt orders it once; another attempt takes a person.
final class ErrandWalk {
    private final RunState state;
    private final Facts facts;
    private final Step.Errand errand;
    private final StepRun run;

    ErrandWalk(RunState state, Facts facts, Step.Errand errand, StepRun run) {
        this.state = state;
        this.facts = facts;
        this.errand = errand;
        this.run = run;
    }

    List<RunEvent> events(int lanesUnderWay, int maxUnavailable) {
        if (!run.released()) {
            return List.of();
        }
        var ops = state.opsOf(errand.path(), run.attempt());
        return ops.isEmpty() ? order(lanesUnderWay, maxUnavailable) : after(ops.getLast());
    }

    private List<RunEvent> after(OpRun op) {
        var words = op.op().order().verb() + " " + op.op().order().target();
        return switch (op.status()) {
            case PENDING, UNKNOWN -> List.of();
            case DONE -> List.of(new RunEvent.StepSucceeded(facts.now(), errand.path(), words + ": " + op.words()));
            case REFUSED -> failed(words + " was refused: " + op.words());
            case NOT_APPLIED -> failed(words + " did not have its effect: " + op.words());
        };
    }

    private List<RunEvent> failed(String why) {
        return List.of(new RunEvent.StepFailed(facts.now(), errand.path(), StepState.FAILED, why));
    }

    /// Empty while the version that it needs was not given.
    static Optional<Order.Errand> order(Step.Errand errand, RunState state) {
        var version = Optional.ofNullable(errand.version()).flatMap(state::answer);
        return errand.version() != null && version.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Order.Errand(errand.kind(), errand.name(), errand.node(), version.orElse(null), errand.confirm()));
    }

    private List<RunEvent> order(int lanesUnderWay, int maxUnavailable) {
        if (state.held() != null) {
            return List.of();
        }
        var known = order(errand, state);
        if (known.isEmpty()) {
            return failed("the version it needs was not given");
        }
        var order = known.get();
        var objection = ActionWalk.blockedByForwardOp(state, facts, errand.path(), errand.node())
                .or(() -> Guarded.objection(state, facts))
                .or(() -> new Ground(state, facts).objection(order, lanesUnderWay, maxUnavailable));
        if (objection.isPresent()) {
            return run.state() == StepState.BLOCKED && run.words().equals(objection.get())
                    ? List.of()
                    : List.of(new RunEvent.StepBlocked(facts.now(), errand.path(), objection.get()));
        }
        return List.of(new RunEvent.OpIntended(facts.now(), new Op(Op.id(state.run(), errand.path(), order, run.attempt()),
                errand.path(), order, run.attempt(), state.incarnation(), facts.now(), facts.now().plus(errand.deadline()),
                null)));
    }
}
