package io.lockkeeper.domain.environment;

import io.lockkeeper.domain.metrics.MetricSignal;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Section `metrics`: which systems keep numbers of the service, and which signals they give.
///
/// @param shadow how long a signal is only looked at before it may gate anything
/// @param tolerance from how many percent on two sources are said to disagree
public record MetricsSpec(Duration shadow, int tolerance, List<Source> sources, List<MetricSignal> signals) {
    public MetricsSpec {
        sources = List.copyOf(sources);
        signals = List.copyOf(signals);
    }

    /// Where numbers are read.
    public sealed interface Source {
        String name();

        /// Between two readings.
        Duration every();

        /// `null` where none is asked for.
        @Nullable
        Auth auth();
    }

    /// A page in Prometheus text or OpenMetrics.
    ///
    /// @param url with placeholders: one page per node; without: one page
    public record Scrape(String name, Template url, Duration every, @Nullable Auth auth) implements Source {
        public boolean perNode() {
            return !url.placeholders().isEmpty();
        }
    }

    /// A server that answers PromQL.
    ///
    /// @param url what `/api/v1/query` is added to
    public record Promql(String name, String url, Duration every, @Nullable Auth auth) implements Source {}

    public List<MetricSignal> of(Source source) {
        return signals.stream().filter(signal -> signal.source().equals(source.name())).toList();
    }
}
