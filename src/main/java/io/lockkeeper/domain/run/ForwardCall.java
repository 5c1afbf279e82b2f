package io.lockkeeper.domain.run;

import java.util.Optional;
import java.util.function.Predicate;

/// On the way back: an order from before it that is still in flight on a node, until its own deadline has passed. Nothing is sent there
/// before that, for nobody knows which of the two would come last.
final class ForwardCall {
    private ForwardCall() {}

    /// @param own paths of steps whose orders are not meant
    static Optional<OpRun> of(RunState state, Facts facts, String node, Predicate<String> own) {
        return !state.rollingBack()
                ? Optional.empty()
                : state.undecided().stream()
                        .filter(op -> op.op().order().isOf(node) && !own.test(op.op().path()))
                        .filter(op -> op.is(OpRun.Status.PENDING) || op.op().deadline().isAfter(facts.now())).findFirst();
    }
}
