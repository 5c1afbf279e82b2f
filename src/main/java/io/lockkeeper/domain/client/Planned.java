package io.lockkeeper.domain.client;

import java.time.Instant;

/// A time in which a run of ours did something to a node that its clients must feel.
///
/// @param to the last moment at which a loss is still explained by it; whoever plans adds what a silent client takes to notice.
///        [Instant#MAX] while it goes on
public record Planned(String node, Instant from, Instant to, Work work) {
    public enum Work {
        /// A step of a rolling procedure: clients are handed over to other nodes.
        HANDOFF,
        /// A restart or stop that was announced.
        GRACEFUL
    }

    public boolean covers(String of, Instant at) {
        return !node.isEmpty() && node.equals(of) && !at.isBefore(from) && !at.isAfter(to);
    }
}
