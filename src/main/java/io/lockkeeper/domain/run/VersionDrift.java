package io.lockkeeper.domain.run;

import io.lockkeeper.domain.fleet.Fleet;
import io.lockkeeper.domain.fleet.NodeReading;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Optional;

/// A node that this run has deployed to and that says another version since: its supervisor began anew, or somebody else deploys. Its
/// gates have passed and will not look again.
final class VersionDrift {
    private VersionDrift() {}

    /// In one sentence, for the first such node.
    static Optional<String> of(RunState state, Fleet fleet, Instant now) {
        if (state.wayBack() != null) {
            return Optional.empty(); // there its own gates and its end look at what a node says
        }
        var newest = new LinkedHashMap<String, OpRun>();
        for (var op : state.ops().values()) {
            if (op.op().order() instanceof Order.OfLifecycle order) {
                newest.put(order.node(), op);
            }
        }
        for (var op : newest.values()) {
            var drift = op.is(OpRun.Status.DONE) ? drift(op, fleet, now) : Optional.<String>empty();
            if (drift.isPresent()) {
                return drift;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> drift(OpRun done, Fleet fleet, Instant now) {
        if (!(done.op().order() instanceof Order.Deploy(var node, var version))) {
            return Optional.empty();
        }
        var sight = fleet.views().get(node);
        if (sight == null || !sight.isReadSince(done.since())) {
            return Optional.empty();
        }
        return fleet.view(node, now).map(NodeReading::version).filter(told -> !version.equals(told))
                .map(told -> node + " ran " + version + " after this run had put it there, and says now that it runs " + told
                        + ": its supervisor began anew, or somebody else deploys here. Roll back, or abort and start anew");
    }
}
