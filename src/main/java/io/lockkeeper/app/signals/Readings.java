package io.lockkeeper.app.signals;

import io.lockkeeper.app.Snapshot;
import io.lockkeeper.domain.fleet.BalancerReading;
import io.lockkeeper.domain.fleet.Fleet;
import io.lockkeeper.domain.fleet.NodeReading;
import io.lockkeeper.domain.fleet.SessionRoll;
import io.lockkeeper.domain.fleet.Sight;
import io.lockkeeper.domain.signal.Success;
import io.lockkeeper.domain.watch.Measured;
import io.lockkeeper.domain.watch.WatchReading;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/// What one snapshot says of each quantity: a value with the time at which its reading was begun, or nothing where that reading failed, came too
/// late or did not say.
final class Readings {
    /// @param samples how many observations it rests on
    record Value(Instant at, double value, long samples) {
        Value(Instant at, double value) {
            this(at, value, 1);
        }
    }

    private final Fleet fleet;
    private final Instant now;
    private final BiConsumer<SeriesKey, Optional<Value>> sink;

    private Readings(Fleet fleet, Instant now, BiConsumer<SeriesKey, Optional<Value>> sink) {
        this.fleet = fleet;
        this.now = now;
        this.sink = sink;
    }

    /// @param nodes of which nodes
    static void each(Snapshot snapshot, List<String> nodes, BiConsumer<SeriesKey, Optional<Value>> sink) {
        var readings = new Readings(snapshot.fleet(), snapshot.at(), sink);
        nodes.forEach(readings::node);
        readings.all();
        readings.watched(snapshot.watch());
    }

    private void node(String node) {
        sink.accept(SeriesKey.of(Quantity.CONNECTIONS_BALANCED, node), balanced(reading -> reading.sessions(node)));
        var seen = fresh(fleet.views().get(node));
        sink.accept(SeriesKey.of(Quantity.CONNECTIONS_OWN, node), seen.filter(one -> one.value().connections() != null)
                .map(one -> new Value(one.at(), Objects.requireNonNull(one.value().connections()))));
        sink.accept(SeriesKey.of(Quantity.READY, node), seen.filter(one -> one.value().ready() != null)
                .map(one -> new Value(one.at(), Boolean.TRUE.equals(one.value().ready()) ? 1 : 0)));
    }

    private Optional<Sight.Seen<NodeReading>> fresh(@Nullable Sight<NodeReading> view) {
        return view instanceof Sight.Seen<NodeReading> seen && isFresh(seen) ? Optional.of(seen) : Optional.empty();
    }

    private void all() {
        sink.accept(SeriesKey.of(Quantity.CONNECTIONS_TOTAL),
                balanced(reading -> fleet.nodes().stream().mapToLong(reading::sessions).sum()));
        sink.accept(SeriesKey.of(Quantity.SERVING), balanced(_ -> 0).map(read -> new Value(read.at(),
                fleet.nodes().stream().filter(node -> fleet.serves(node, now)).count())));
        sink.accept(SeriesKey.of(Quantity.SESSIONS), fleet.roll() instanceof Sight.Seen<SessionRoll> seen && isFresh(seen)
                ? Optional.of(new Value(seen.at(), seen.value().places().values().stream().filter(SessionRoll.Place::open)
                        .count()))
                : Optional.empty());
    }

    private void watched(@Nullable WatchReading watch) {
        boolean fresh = watch != null && isFresh(new Sight.Seen<>(watch, watch.at()));
        var known = Optional.ofNullable(watch).filter(_ -> fresh);
        sink.accept(SeriesKey.of(Quantity.SUCCESS_BY_CLIENT), known.flatMap(one -> percent(one, Measured::byClient)));
        sink.accept(SeriesKey.of(Quantity.SUCCESS_BY_ATTEMPT), known.flatMap(one -> percent(one, Measured::byAttempt)));
        sink.accept(SeriesKey.of(Quantity.CLIENTS_OUT), known.flatMap(
                one -> Optional.ofNullable(one.clients()).map(clients -> new Value(one.at(), clients.out()))));
    }

    /// At the wall time at which it was measured; its window is by the clients' clock.
    private static Optional<Value> percent(WatchReading watch, Function<Measured, Success> of) {
        return Optional.ofNullable(watch.minute()).map(of).filter(success -> !success.noData())
                .map(success -> new Value(watch.at(), 100.0 * success.ratio().good() / success.ratio().tried(),
                        success.ratio().tried()));
    }

    private boolean isFresh(Sight.Seen<?> seen) {
        return seen.fresh(now, Fleet.FRESH).isPresent();
    }

    /// A sum over balancers is known only while each of them is; it is as old as the oldest of them.
    private Optional<Value> balanced(ToDoubleFunction<BalancerReading> of) {
        double sum = 0;
        var oldest = Instant.MAX;
        for (var sight : fleet.balancers().values()) {
            if (!(sight instanceof Sight.Seen<BalancerReading> seen) || !isFresh(seen)) {
                return Optional.empty();
            }
            sum += of.applyAsDouble(seen.value());
            oldest = seen.at().isBefore(oldest) ? seen.at() : oldest;
        }
        return fleet.balancers().isEmpty() ? Optional.empty() : Optional.of(new Value(oldest, sum));
    }
}
