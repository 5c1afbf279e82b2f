package io.lockkeeper.port;

import io.lockkeeper.domain.run.Outcome;
import java.time.Duration;

/// A real WebSocket client that opens a session on one node directly, closes it, and resumes it there.
public interface Prober {
    String endpoint(String node);

    /// Never throws for what it meets: everything is in the answer. Leaves no session behind.
    Outcome.Probed probe(String node, Duration limit) throws InterruptedException;
}
