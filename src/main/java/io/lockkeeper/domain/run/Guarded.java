package io.lockkeeper.domain.run;

import java.util.Optional;

/// What the triggers that guard a run have to say before its next step begins.
final class Guarded {
    private Guarded() {}

    /// Why nothing new is begun until somebody has decided; empty where none of them has fired. Nothing keeps a run from going back or from what it
    /// does when it is aborted, and a step that has begun is not left halfway.
    static Optional<String> objection(RunState state, Facts facts) {
        return state.leaving()
                ? Optional.empty()
                : state.start().plan().watch().stream().map(facts.fired()::get).filter(latch -> latch != null).findFirst()
                        .map(latch -> "trigger " + latch.trigger() + " guards this run and has fired: " + latch.evidence()
                                + ". Acknowledge it, and the run goes on; or roll back");
    }
}
