package io.lockkeeper.domain.run;

import io.lockkeeper.domain.fleet.NodeReading;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One intended call, durable in the journal before its request leaves.
///
/// @param id `run / step path / target / verb / attempt`, never random
/// @param incarnation the engine start that intended it; only that one may send it
/// @param before what the node said of itself when the op was intended; confirmation compares with it
public record Op(String id, String path, Order order, int attempt, long incarnation, Instant intendedAt, Instant deadline,
        @Nullable NodeReading before) {
    /// The same op with its settling time counted anew: nobody knows for how long nobody looked.
    Op settlingFrom(Instant at) {
        if (intendedAtIsEvidence()) {
            return deadline.isAfter(at) ? this : new Op(id, path, order, attempt, incarnation, intendedAt, at, before);
        }
        return intendedAt.isAfter(at) ? this : new Op(id, path, order, attempt, incarnation, at, deadline, before);
    }

    /// Where nothing else tells an old life of a process from a new one, see [Confirmation]. Then it stays what it was when the clock is
    /// set, and settling time counts from the deadline, which does not.
    public boolean intendedAtIsEvidence() {
        return order instanceof Order.OfLifecycle
                && (before == null || (before.instance() == null && before.startedAt() == null));
    }

    public static String id(String run, String path, Order order, int attempt) {
        return run + "/" + path + "/" + order.target() + "/" + order.verb() + "/" + attempt;
    }
}
