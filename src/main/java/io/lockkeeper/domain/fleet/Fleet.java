package io.lockkeeper.domain.fleet;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/// Everything known of an environment's service at one moment, each part with its own age.
///
/// @param nodes names in the order of the environment file
/// @param balancers by balancer name
/// @param views by node name: what the node says of itself
/// @param processes by node name; empty where the environment has no lifecycle that reads processes
/// @param roll where the client sessions are; [Sight.Unseen] where there is no event feed or it is down
public record Fleet(List<String> nodes, SortedMap<String, Sight<BalancerReading>> balancers,
        SortedMap<String, Sight<NodeReading>> views,
        SortedMap<String, Sight<ProcessReading>> processes, Sight<SessionRoll> roll) {
    /// Older readings are shown with their age and never acted upon.
    public static final Duration FRESH = Duration.ofSeconds(5);

    public Optional<NodeReading> view(String node, Instant now) {
        var sight = views.get(node);
        return sight == null ? Optional.empty() : sight.fresh(now, FRESH);
    }

    public Optional<BalancerReading> balancer(String name, Instant now) {
        var sight = balancers.get(name);
        return sight == null ? Optional.empty() : sight.fresh(now, FRESH);
    }

    public Optional<ServerReading> server(String balancer, String node, Instant now) {
        return balancer(balancer, now).map(reading -> reading.servers().get(node));
    }

    public Optional<ProcessReading> process(String node, Instant now) {
        var sight = processes.get(node);
        return sight == null ? Optional.empty() : sight.fresh(now, FRESH);
    }

    /// True only where every balancer is freshly known to send new clients to the node and the node itself does not deny being ready.
    public boolean serves(String node, Instant now) {
        for (var name : balancers.keySet()) {
            if (!server(name, node, now).map(ServerReading::inRotation).orElse(false)) {
                return false;
            }
        }
        return view(node, now).map(view -> !Boolean.FALSE.equals(view.ready())).orElse(false);
    }
}
