package io.lockkeeper.app;

import io.lockkeeper.domain.fleet.Fleet;
import io.lockkeeper.domain.fleet.NodeStanding;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Which nodes do not serve although nobody took them out, in words.
public final class DownNodes {
    private static final int NAMED = 4;

    private DownNodes() {}

    /// @return empty while there are none that are known of
    public static Optional<String> words(List<String> nodes, Fleet fleet, Instant now) {
        var down = nodes.stream().filter(node -> NodeStanding.of(fleet, node, now) == NodeStanding.DOWN).toList();
        long serving = nodes.stream().filter(node -> NodeStanding.of(fleet, node, now) == NodeStanding.SERVES).count();
        return down.isEmpty() ? Optional.empty() : Optional.of(words(down, serving, nodes.size()));
    }

    static String words(List<String> down, long serving, int all) {
        int more = down.size() - NAMED;
        return "DOWN, and nobody took " + (down.size() == 1 ? "it" : "them") + " out: "
                + String.join(", ", down.subList(0, Math.min(NAMED, down.size()))) + (more > 0 ? " and " + more + " more" : "")
                + ". " + serving + " of " + all + (all == 1 ? " node" : " nodes") + " known to serve.";
    }
}
