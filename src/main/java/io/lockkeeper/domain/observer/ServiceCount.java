package io.lockkeeper.domain.observer;

import io.lockkeeper.domain.fleet.BalancerReading;
import io.lockkeeper.domain.fleet.Fleet;
import io.lockkeeper.domain.fleet.Sight;
import java.time.Duration;
import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// How many connections the service itself counted at one moment.
///
/// @param at when the oldest part of it was read
/// @param byNode only of nodes that answered themselves and do not deny being ready: a balancer goes on counting the tunnels to one that hangs
/// @param ours how many clients of ours were connected then
public record ServiceCount(Instant at, SortedMap<String, Long> byNode, long ours) {
    /// The lowest that anybody says, node by node.
    ///
    /// @param now by the wall clock, as in the readings
    /// @param ahead what is to be added to a time of the wall clock
    public static ServiceCount of(Fleet fleet, long ours, Instant now, Duration ahead) {
        var counts = new TreeMap<String, Long>();
        var oldest = now;
        for (var node : fleet.nodes()) {
            var view = fleet.view(node, now).orElse(null);
            if (view == null || Boolean.FALSE.equals(view.ready())) {
                continue;
            }
            var balanced = balanced(fleet, node, now);
            var own = view.connections();
            if (own != null || balanced != null) {
                counts.put(node, Math.min(own == null ? Long.MAX_VALUE : own, balanced == null ? Long.MAX_VALUE : balanced));
                oldest = earlier(oldest, fleet.views().get(node));
            }
        }
        for (var sight : fleet.balancers().values()) {
            oldest = sight.fresh(now, Fleet.FRESH).isPresent() ? earlier(oldest, sight) : oldest;
        }
        return new ServiceCount(oldest.plus(ahead), counts, ours);
    }

    private static Instant earlier(Instant oldest, @Nullable Sight<?> sight) {
        return sight == null ? oldest : sight.readAt().filter(at -> at.isBefore(oldest)).orElse(oldest);
    }

    private static @Nullable Long balanced(Fleet fleet, String node, Instant now) {
        long sessions = 0;
        for (var name : fleet.balancers().keySet()) {
            BalancerReading reading = fleet.balancer(name, now).orElse(null);
            if (reading == null) {
                return null;
            }
            sessions += reading.sessions(node);
        }
        return fleet.balancers().isEmpty() ? null : sessions;
    }

    long total() {
        return byNode.values().stream().mapToLong(Long::longValue).sum();
    }

    /// Connections that are not ours.
    long others() {
        return Math.max(0, total() - ours);
    }

    /// On the nodes of another count; who can no longer be read counts as nobody.
    long on(ServiceCount other) {
        return other.byNode.keySet().stream().mapToLong(node -> byNode.getOrDefault(node, 0L)).sum();
    }
}
