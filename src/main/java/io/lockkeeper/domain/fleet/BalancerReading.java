package io.lockkeeper.domain.fleet;

import java.util.Map;
import java.util.SortedMap;

/// Everything read from one balancer at one moment.
///
/// @param generation tells one life of the balancer from the next (worker pid, boot id); a change means that it forgot orders
/// @param servers by node name (not by the balancer's own server names)
/// @param oldSessions by node name: sessions that earlier generations still carry; absent means none, or not visible
/// @param seesOldGenerations whether `oldSessions` can be trusted to be complete
public record BalancerReading(String generation, SortedMap<String, ServerReading> servers, Map<String, Long> oldSessions,
        boolean seesOldGenerations) {
    /// Sessions of a node in every generation of this balancer.
    public long sessions(String node) {
        var server = servers.get(node);
        return (server == null ? 0 : server.sessions()) + oldSessions.getOrDefault(node, 0L);
    }
}
