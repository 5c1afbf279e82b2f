package io.lockkeeper.app.metrics;

import io.lockkeeper.domain.environment.MetricsSpec;
import io.lockkeeper.domain.metrics.Answer;
import io.lockkeeper.domain.metrics.Datum;
import io.lockkeeper.domain.metrics.MetricSignal;
import io.lockkeeper.domain.metrics.MetricsReading;
import io.lockkeeper.domain.metrics.PageTrack;
import io.lockkeeper.domain.metrics.SourceReading;
import io.lockkeeper.domain.metrics.Totals;
import io.lockkeeper.domain.signal.SourceKind;
import io.lockkeeper.port.MetricsPage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The newest of every page of `metrics`, and what it makes of each signal. Owned by the session's one thread.
public final class MetricsBoard {
    private static final int STALE_AFTER = 3;

    private record Place(String source, String node) {}

    private final MetricsSpec spec;
    private final List<String> nodes;
    private final Shadows shadows;
    private final Map<Place, PageTrack> pages = new LinkedHashMap<>();
    private final Map<String, Duration> every = new HashMap<>();
    private final List<MetricsReading.Kind> kinds;
    private @Nullable MetricsReading reading;

    /// @param nodes of the environment, in its order
    /// @param trouble told what people should know
    public MetricsBoard(MetricsParts parts, List<String> nodes, Consumer<String> trouble) {
        this.spec = parts.spec();
        this.nodes = List.copyOf(nodes);
        this.shadows = new Shadows(parts.firstValues(), spec.shadow(), trouble);
        this.kinds = spec.signals().stream()
                .map(one -> new MetricsReading.Kind(one.signal(), one.shape(), one.unit(), one.what())).distinct().toList();
        spec.sources().forEach(source -> every.put(source.name(), source.every()));
        parts.pages().forEach(page -> pages.put(place(page), PageTrack
                .of(spec.signals().stream().filter(signal -> signal.source().equals(page.source())).toList())));
    }

    private static Place place(MetricsPage page) {
        return new Place(page.source(), Objects.requireNonNullElse(page.node(), ""));
    }

    public void answered(MetricsPage page, Answer answer, Instant begunAt) {
        pages.computeIfPresent(place(page), (_, track) -> track.on(answer, begunAt));
        reading = null;
    }

    public void lost(MetricsPage page, String why) {
        pages.computeIfPresent(place(page), (_, track) -> track.lost(why));
        reading = null;
    }

    /// The same object as long as nothing came in between.
    public MetricsReading reading(Instant now) {
        var known = reading;
        if (known == null) {
            var all = new ArrayList<SourceReading>();
            spec.signals().forEach(signal -> all.addAll(of(signal, now)));
            known = new MetricsReading(spec.tolerance(), kinds, all);
            reading = known;
        }
        return known;
    }

    private List<SourceReading> of(MetricSignal signal, Instant now) {
        var data = data(signal);
        if (data.values().stream().anyMatch(Datum::hasData)) {
            shadows.seen(signal, now);
        }
        var shadow = shadows.of(signal);
        var fresh = every.getOrDefault(signal.source(), Duration.ofSeconds(5)).multipliedBy(STALE_AFTER);
        var note = pages.entrySet().stream().filter(page -> page.getKey().source().equals(signal.source()))
                .map(page -> page.getValue().note()).filter(words -> !words.isEmpty()).findFirst().orElse("");
        var readings = new ArrayList<SourceReading>();
        data.forEach((node, datum) -> readings.add(new SourceReading(signal.signal(), signal.source(), SourceKind.METRICS,
                node.isEmpty() ? null : node, datum, fresh, shadow, note)));
        return readings;
    }

    /// By node, the whole under the empty name and first.
    private Map<String, Datum> data(MetricSignal signal) {
        var whole = pages.get(new Place(signal.source(), ""));
        var data = new LinkedHashMap<String, Datum>();
        if (whole != null) {
            var read = whole.read(signal, nodes);
            data.put("", read.getOrDefault("", SourceReading.NOT_YET));
            read.forEach(data::putIfAbsent);
            return data;
        }
        var byNode = new LinkedHashMap<String, Datum>();
        for (var node : nodes) {
            var page = pages.get(new Place(signal.source(), node));
            byNode.put(node, page == null
                    ? SourceReading.NOT_YET
                    : page.read(signal, nodes).getOrDefault("", SourceReading.NOT_YET));
        }
        data.put("", Totals.of(byNode));
        data.putAll(byNode);
        return data;
    }
}
