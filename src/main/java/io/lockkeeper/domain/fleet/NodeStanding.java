package io.lockkeeper.domain.fleet;

import java.time.Instant;

/// Whether new clients go to a node, and if not, whether somebody wanted that.
public enum NodeStanding {
    /// Every balancer sends clients there, and the node does not deny being ready.
    SERVES,
    /// Somebody took it out: drained, in maintenance or without a share at one balancer at least.
    TAKEN_OUT,
    /// It does not serve, and nobody took it out.
    DOWN,
    /// Not every reading that would tell is fresh.
    NOT_KNOWN;

    /// A node that a balancer sends clients to and that itself is silent is not known: checks may be slower than it died.
    public static NodeStanding of(Fleet fleet, String node, Instant now) {
        var servers = fleet.balancers().keySet().stream().flatMap(name -> fleet.server(name, node, now).stream()).toList();
        if (servers.stream().anyMatch(NodeStanding::isOut)) {
            return TAKEN_OUT;
        }
        boolean denied = fleet.view(node, now).map(NodeReading::ready).map(ready -> !ready).orElse(false);
        if (denied || servers.stream().anyMatch(server -> isDown(server.observed()))) {
            return DOWN;
        }
        return fleet.serves(node, now) ? SERVES : NOT_KNOWN;
    }

    private static boolean isOut(ServerReading server) {
        return server.admin() == AdminState.DRAINED || server.admin() == AdminState.MAINTENANCE || server.weight() == 0;
    }

    private static boolean isDown(ObservedState observed) {
        return observed != ObservedState.UNKNOWN && !observed.serves();
    }
}
