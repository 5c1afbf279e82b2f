package io.lockkeeper.domain.trigger;

import java.time.Instant;

/// One trigger with all that it remembers. A transition reads nothing but its arguments.
public sealed interface TriggerState permits SuccessState, RowState, SlowerState, LossState, HandState {
    TriggerSpec spec();

    Phase phase();

    /// The state after an evaluation. One that is not later than the last changes nothing; a trigger that has fired stays so.
    TriggerState at(Moment moment);

    /// The state once somebody took note of it: it begins anew, and what it fired for does not count again. A trigger that has not fired
    /// stays as it is.
    TriggerState acknowledged(Instant at);

    default boolean fired() {
        return phase() instanceof Phase.Fired;
    }
}
