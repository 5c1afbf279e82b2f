package io.lockkeeper.app.signals;

import io.lockkeeper.app.Snapshot;
import io.lockkeeper.domain.environment.Environment;
import io.lockkeeper.domain.fleet.BalancerReading;
import io.lockkeeper.domain.fleet.Fleet;
import io.lockkeeper.domain.fleet.NodeReading;
import io.lockkeeper.domain.fleet.SessionRoll;
import io.lockkeeper.domain.signal.Success;
import io.lockkeeper.domain.watch.WatchReading;
import io.lockkeeper.domain.fleet.Sight;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/// What this console has read of an environment in the last hour, in memory. It never grows beyond one value a second per series and hour, and a
/// fixed number of nodes. Thread-safe: one watcher of the environment adds to it, screens read it; neither waits longer than a copy takes.
///
/// A value that was not read is not made up: where a reading failed, came too late or did not say, the series is broken.
public final class SignalHistory {
    public static final Duration KEPT = Duration.ofHours(1);

    /// Nodes beyond these are seen in the fleet, without a past.
    public static final int MOST_NODES = 200;

    private final List<String> nodes;
    private final Map<SeriesKey, Ring> rings = new LinkedHashMap<>();
    private final Marks marks = new Marks();
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
        var fleet = snapshot.fleet();
        var now = snapshot.at();
        for (var node : nodes) {
            keep(SeriesKey.of(Quantity.CONNECTIONS_BALANCED, node), balanced(fleet, now, reading -> reading.sessions(node)));
            var view = fleet.views().get(node);
            keep(SeriesKey.of(Quantity.CONNECTIONS_OWN, node),
                    said(view, now).filter(seen -> seen.value().connections() != null).map(seen -> new Value(seen.at(),
                            Objects.requireNonNull(seen.value().connections()))));
            keep(SeriesKey.of(Quantity.READY, node), said(view, now).filter(seen -> seen.value().ready() != null)
                    .map(seen -> new Value(seen.at(), Boolean.TRUE.equals(seen.value().ready()) ? 1 : 0)));
        }
        keep(SeriesKey.of(Quantity.CONNECTIONS_TOTAL),
                balanced(fleet, now, reading -> fleet.nodes().stream().mapToLong(reading::sessions).sum()));
        keep(SeriesKey.of(Quantity.SERVING), balanced(fleet, now, _ -> 0).map(read -> new Value(read.at(),
                fleet.nodes().stream().filter(node -> fleet.serves(node, now)).count())));
        keep(SeriesKey.of(Quantity.SESSIONS), fleet.roll() instanceof Sight.Seen<SessionRoll> seen && isFresh(seen, now)
                ? Optional.of(new Value(seen.at(), seen.value().places().values().stream().filter(SessionRoll.Place::open)
                        .count()))
                : Optional.empty());
        watched(snapshot.watch(), now);
        marks.add(snapshot);
    }

    private void watched(@Nullable WatchReading watch, Instant now) {
        boolean fresh = watch != null && new Sight.Seen<>(watch, watch.at()).fresh(now, Fleet.FRESH).isPresent();
        var known = Optional.ofNullable(watch).filter(_ -> fresh);
        var minute = known.map(WatchReading::minute);
        keep(SeriesKey.of(Quantity.SUCCESS_BY_CLIENT), minute.flatMap(one -> percent(one.byClient())));
        keep(SeriesKey.of(Quantity.SUCCESS_BY_ATTEMPT), minute.flatMap(one -> percent(one.byAttempt())));
        keep(SeriesKey.of(Quantity.CLIENTS_OUT), known.flatMap(
                one -> Optional.ofNullable(one.clients()).map(clients -> new Value(one.at(), clients.out()))));
    }

    private static Optional<Value> percent(Success success) {
        return success.noData()
                ? Optional.empty()
                : Optional.of(new Value(success.window().to(), 100.0 * success.ratio().good() / success.ratio().tried()));
    }

    private record Value(Instant at, double value) {}

    private void keep(SeriesKey key, Optional<Value> value) {
        var ring = rings.computeIfAbsent(key, _ -> new Ring());
        value.ifPresentOrElse(read -> ring.add(read.at().toEpochMilli(), read.value()), ring::lost);
    }

    private static boolean isFresh(Sight.Seen<?> seen, Instant now) {
        return seen.fresh(now, Fleet.FRESH).isPresent();
    }

    private static Optional<Sight.Seen<NodeReading>> said(@Nullable Sight<NodeReading> view,
            Instant now) {
        return view instanceof Sight.Seen<NodeReading> seen && isFresh(seen, now) ? Optional.of(seen) : Optional.empty();
    }

    /// A sum over balancers is known only while each of them is; it is as old as the oldest of them.
    private static Optional<Value> balanced(Fleet fleet, Instant now, ToDoubleFunction<BalancerReading> of) {
        double sum = 0;
        var oldest = Instant.MAX;
        for (var sight : fleet.balancers().values()) {
            if (!(sight instanceof Sight.Seen<BalancerReading> seen) || !isFresh(seen, now)) {
                return Optional.empty();
            }
            sum += of.applyAsDouble(seen.value());
            oldest = seen.at().isBefore(oldest) ? seen.at() : oldest;
        }
        return fleet.balancers().isEmpty() ? Optional.empty() : Optional.of(new Value(oldest, sum));
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
