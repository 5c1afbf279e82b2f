package io.lockkeeper.domain.metrics;

import io.lockkeeper.domain.fleet.Fleet;
import io.lockkeeper.domain.signal.Catalogue;
import io.lockkeeper.domain.signal.CatalogueEntry;
import io.lockkeeper.domain.watch.WatchReading;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Every signal that has a source at one moment, each with all its sources: in the order of the catalogue, an environment's own behind it.
///
/// @param tolerance from how many percent on two sources are said to disagree
public record SignalReadings(Instant at, int tolerance, List<SignalBySource> signals) {
    public SignalReadings {
        signals = List.copyOf(signals);
    }

    /// @param watch `null` where nobody watches
    /// @param metrics `null` where the environment file has no `metrics`
    public static SignalReadings of(Fleet fleet, @Nullable WatchReading watch, @Nullable MetricsReading metrics, Instant now) {
        var all = new ArrayList<>(KnownSources.ofFleet(fleet));
        all.addAll(KnownSources.ofClients(watch));
        int tolerance = metrics == null ? MetricsReading.TOLERANCE : metrics.tolerance();
        if (metrics != null) {
            all.addAll(metrics.readings());
        }
        var names = new LinkedHashMap<String, Optional<MetricsReading.Kind>>();
        Catalogue.ALL.forEach(entry -> names.put(entry.name(), Optional.empty()));
        if (metrics != null) {
            metrics.signals().forEach(signal -> names.put(signal.signal(), Optional.of(signal)));
        }
        var signals = new ArrayList<SignalBySource>();
        names.forEach((name, own) -> {
            var readings = all.stream().filter(reading -> reading.signal().equals(name)).toList();
            if (!readings.isEmpty()) {
                signals.add(signal(name, own.orElse(null), readings,
                        new Disagreements(readings, tolerance, now).words()));
            }
        });
        return new SignalReadings(now, tolerance, signals);
    }

    private static SignalBySource signal(String name, MetricsReading.@Nullable Kind own, List<SourceReading> readings,
            List<String> disagreements) {
        var known = Catalogue.find(name);
        return new SignalBySource(name, known.map(CatalogueEntry::shape).orElseGet(() -> Objects.requireNonNull(own).shape()),
                known.map(CatalogueEntry::unit).orElseGet(() -> Objects.requireNonNull(own).unit()),
                known.map(CatalogueEntry::what).orElseGet(() -> Objects.requireNonNull(own).what()), readings, disagreements);
    }

    /// What each source says of a signal.
    ///
    /// @param node `null` for the whole service
    public List<SourceReading> of(String signal, @Nullable String node) {
        return signals.stream().filter(one -> one.name().equals(signal)).map(SignalBySource::readings).flatMap(List::stream)
                .filter(reading -> Objects.equals(reading.node(), node)).toList();
    }

    /// Every disagreement, with its signal's name in front.
    public List<String> disagreements() {
        return signals.stream().flatMap(one -> one.disagreements().stream().map(words -> one.name() + ": " + words)).toList();
    }

    /// Every reading of the whole service.
    public Stream<SourceReading> whole() {
        return signals.stream().flatMap(one -> one.whole().stream());
    }
}
