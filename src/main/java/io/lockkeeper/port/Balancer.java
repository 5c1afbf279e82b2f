package io.lockkeeper.port;

import io.lockkeeper.domain.environment.Capability;
import io.lockkeeper.domain.fleet.BalancerReading;
import io.lockkeeper.domain.run.Order;
import java.time.Duration;
import java.util.Set;

/// Decides who gets connections. Calls block on the caller's (virtual) thread and are safe from several threads.
public interface Balancer {
    String name();

    /// Address for display, without secrets.
    String endpoint();

    Set<Capability> capabilities();

    /// The WebSocket close code clients will see when sessions are closed; 1006 where connections are only cut.
    int closeCode();

    /// @throws LinkFault when the balancer did not answer in full within `limit`
    BalancerReading read(Duration limit) throws LinkFault, InterruptedException;

    /// Sends one order for one of the nodes of this environment. Never sends it twice by itself.
    Reply send(Order.OfBalancer order, Call call) throws InterruptedException;

    /// The order as a command line a person could type when this program is dead, with the command that reads it back; no secrets.
    String literal(Order.OfBalancer order);
}
