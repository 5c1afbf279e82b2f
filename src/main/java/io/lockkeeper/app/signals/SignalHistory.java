package io.lockkeeper.app.signals;

import io.lockkeeper.app.Snapshot;
import io.lockkeeper.domain.environment.Environment;
import io.lockkeeper.domain.history.Sample;
import io.lockkeeper.domain.watch.WatchReading;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What this console has read of an environment in the last hour, in memory. It never grows beyond one value a second per series and hour, and a
/// fixed number of nodes. Thread-safe: one watcher of the environment adds to it, screens read it; neither waits longer than a copy takes.
///
/// A value that was not read is not made up: where a reading failed, came too late or did not say, the series is broken.
public final class SignalHistory {
    public static final Duration KEPT = Duration.ofHours(1);

    /// Nodes beyond these are seen in the fleet, without a past.
    public static final int MOST_NODES = 200;

    private static final List<Quantity> MEASURED = List.of(Quantity.SUCCESS_BY_CLIENT, Quantity.SUCCESS_BY_ATTEMPT);

    private final List<String> nodes;
    private final Map<SeriesKey, Ring> rings = new LinkedHashMap<>();
    private final Marks marks = new Marks();
    private @Nullable Instant doubtedSince;
    private final Instant since;

    /// @param since when watching began
    public SignalHistory(Environment environment, Instant since) {
        this.since = since;
        var names = environment.nodeNames();
        nodes = List.copyOf(names.subList(0, Math.min(names.size(), MOST_NODES)));
    }

    /// Nodes whose past is kept, in the order of the environment file.
    public List<String> nodes() {
        return nodes;
    }

    public Instant since() {
        return since;
    }

    /// Cheap where nothing new was read. The time of a value is the time at which its reading was begun, not that of the snapshot.
    public synchronized void add(Snapshot snapshot) {
        if (!snapshot.following()) {
            rings.values().forEach(Ring::lost);
            return;
        }
        retract(snapshot);
        Readings.each(snapshot, nodes, this::keep);
        marks.add(snapshot);
    }

    /// A fault of Lockkeeper itself is found later than it begins: what was measured in between goes.
    private void retract(Snapshot snapshot) {
        var observer = Optional.ofNullable(snapshot.watch()).map(WatchReading::observer).orElse(null);
        var doubt = observer == null ? null : observer.doubt();
        if (observer != null && doubt != null && (doubtedSince == null || doubt.since().isBefore(doubtedSince))) {
            var from = doubt.since().plus(Duration.between(observer.at(), snapshot.at()));
            MEASURED.stream().map(quantity -> rings.get(SeriesKey.of(quantity))).filter(Objects::nonNull)
                    .forEach(ring -> ring.retract(from.toEpochMilli()));
        }
        doubtedSince = doubt == null ? null : doubt.since();
    }

    private void keep(SeriesKey key, Optional<Readings.Value> value) {
        var ring = rings.computeIfAbsent(key, _ -> new Ring());
        value.ifPresentOrElse(read -> ring.add(read.at().toEpochMilli(), read.value()), ring::lost);
    }

    /// What was kept before this console began to read, by whoever watched then; oldest first. Between it and what was read since, the series is broken.
    public synchronized void refill(List<Sample> before) {
        var older = new HashMap<SeriesKey, Ring>();
        for (var sample : before) {
            var quantity = Quantity.of(sample.signal());
            if (quantity.isPresent() && sample.at().isBefore(since)) {
                var key = new SeriesKey(quantity.get(), sample.node().isEmpty() ? null : sample.node());
                older.computeIfAbsent(key, _ -> new Ring()).add(sample.at().toEpochMilli(), sample.value());
            }
        }
        older.forEach((key, ring) -> {
            var read = rings.get(key);
            if (read != null) {
                ring.addAll(read.points());
            }
            rings.put(key, ring);
        });
    }

    /// What is known of a series; the same object until something new is.
    public synchronized Points points(SeriesKey key) {
        var ring = rings.get(key);
        return ring == null ? Points.NONE : ring.points();
    }

    /// What was done and came to pass in the runs that were seen, oldest first; the same object until something new is.
    public synchronized List<Mark> marks() {
        return marks.list();
    }
}
