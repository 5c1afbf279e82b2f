package io.lockkeeper.port;

import io.lockkeeper.domain.environment.Capability;
import io.lockkeeper.domain.fleet.ProcessReading;
import io.lockkeeper.domain.run.Order;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/// Starts, stops, restarts and re-versions nodes. Calls block on the caller's (virtual) thread and are safe from several threads.
public interface Lifecycle {
    String name();

    String endpoint();

    Set<Capability> capabilities();

    /// By node name. Nodes that the other side does not know are an error, not an absence.
    Map<String, ProcessReading> read(Duration limit) throws LinkFault, InterruptedException;

    Reply send(Order.OfLifecycle order, Call call) throws InterruptedException;

    /// Time after which "not applied" may be concluded from looking, e.g. stop wait + start wait.
    Duration settlesWithin(Order.OfLifecycle order);

    String literal(Order.OfLifecycle order);

    /// The newest lines of the node's log.
    String logTail(String node, int lines, Duration limit) throws LinkFault, InterruptedException;
}
