package io.lockkeeper.domain.metrics;

import java.util.Map;

/// Which label tells of which node a series is.
///
/// @param nodes node by value of the label
public record NodeLabel(String label, Map<String, String> nodes) {
    public NodeLabel {
        nodes = Map.copyOf(nodes);
    }
}
