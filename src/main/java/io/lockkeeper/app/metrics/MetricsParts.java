package io.lockkeeper.app.metrics;

import io.lockkeeper.domain.environment.MetricsSpec;
import io.lockkeeper.port.FirstValues;
import io.lockkeeper.port.MetricsPage;
import java.util.List;

/// What a session needs to read `metrics`.
///
/// @param pages of every source: one for each node where each has its own
public record MetricsParts(MetricsSpec spec, List<MetricsPage> pages, FirstValues firstValues) {
    public MetricsParts {
        pages = List.copyOf(pages);
    }
}
