package io.lockkeeper.port;

import io.lockkeeper.domain.environment.Capability;
import io.lockkeeper.domain.fleet.NodeReading;
import java.time.Duration;
import java.util.Set;

/// What is true on a node, from the node itself.
public interface NodeView {
    /// Address for display, without secrets.
    String endpoint(String node);

    Set<Capability> capabilities();

    NodeReading read(String node, Duration limit) throws LinkFault, InterruptedException;
}
