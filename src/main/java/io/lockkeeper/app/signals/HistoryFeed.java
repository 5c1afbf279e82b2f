package io.lockkeeper.app.signals;

import io.lockkeeper.app.Snapshot;
import io.lockkeeper.domain.fleet.BalancerReading;
import io.lockkeeper.domain.fleet.Fleet;
import io.lockkeeper.domain.fleet.Sight;
import io.lockkeeper.domain.client.Scenario;
import io.lockkeeper.domain.history.HistoryState;
import io.lockkeeper.domain.history.Sample;
import io.lockkeeper.domain.signal.ReturnTimes;
import io.lockkeeper.domain.watch.Measured;
import io.lockkeeper.domain.watch.WatchReading;
import io.lockkeeper.port.SignalStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Hands what the holder reads and measures to its history, at most once a second. For one thread, which it never holds up.
public final class HistoryFeed {
    /// Who says what our own clients met.
    public static final String CLIENTS = "clients";
    public static final String AVAILABILITY = "availability";
    /// What handoffs and graceful closes took of it, in percent as it is.
    public static final String PLANNED = "availability.planned";
    private static final String TIME = "reconnect.time.";
    /// What is measured from what became of our clients, and says nothing while Lockkeeper itself is at fault. Who is connected was counted and stays.
    public static final Set<String> MEASURED = Stream.concat(
            Stream.of(AVAILABILITY, PLANNED, Quantity.SUCCESS_BY_CLIENT.signal(), Quantity.SUCCESS_BY_ATTEMPT.signal()),
            Arrays.stream(Scenario.values()).map(HistoryFeed::time)).collect(Collectors.toUnmodifiableSet());
    private static final Duration BETWEEN = Duration.ofSeconds(1);

    private final SignalStore store;
    private Instant next = Instant.MIN;
    private String said = "";

    public HistoryFeed(SignalStore store) {
        this.store = store;
    }

    public boolean due(Instant now) {
        return !now.isBefore(next) || now.plus(BETWEEN).isBefore(next); // or the clock was put back
    }

    public void add(Instant now, Snapshot snapshot) {
        next = now.plus(BETWEEN);
        store.add(now, of(snapshot), List.of());
    }

    public HistoryState state() {
        return store.state();
    }

    /// What is wrong with the keeping, once for each thing that is.
    public Optional<String> news() {
        var trouble = store.state().trouble();
        if (trouble.equals(said)) {
            return Optional.empty();
        }
        said = trouble;
        return trouble.isEmpty() ? Optional.empty() : Optional.of("history: " + store.state().words());
    }

    static List<Sample> of(Snapshot snapshot) {
        var samples = new ArrayList<Sample>();
        var names = snapshot.fleet().nodes();
        var nodes = List.copyOf(names.subList(0, Math.min(names.size(), SignalHistory.MOST_NODES)));
        Readings.each(snapshot, nodes, (key, value) -> value.ifPresent(read -> samples.add(new Sample(read.at(),
                key.quantity().signal(), key.node() == null ? "" : key.node(), key.quantity().source(), read.value(),
                read.samples()))));
        balancers(snapshot, samples);
        var watch = snapshot.watch();
        if (watch != null && new Sight.Seen<>(watch, watch.at()).fresh(snapshot.at(), Fleet.FRESH).isPresent()) {
            clients(watch, samples);
        }
        return samples;
    }

    private static void balancers(Snapshot snapshot, List<Sample> samples) {
        var fleet = snapshot.fleet();
        fleet.balancers().forEach((name, sight) -> {
            if (sight instanceof Sight.Seen<BalancerReading> seen && seen.fresh(snapshot.at(), Fleet.FRESH).isPresent()) {
                samples.add(new Sample(seen.at(), "balancer.sessions", "", name,
                        fleet.nodes().stream().mapToLong(seen.value()::sessions).sum(), 1));
            }
        });
    }

    private static void clients(WatchReading watch, List<Sample> samples) {
        var counts = watch.clients();
        if (counts != null) {
            samples.add(new Sample(watch.at(), "clients.connected", "", CLIENTS, counts.connected(), counts.clients()));
        }
        Optional.ofNullable(watch.minute()).map(Measured::availability).filter(one -> !one.watched().isZero())
                .ifPresent(one -> {
                    long seconds = Math.max(1, one.watched().toSeconds());
                    samples.add(new Sample(watch.at(), AVAILABILITY, "", CLIENTS, 100 * one.share(), seconds));
                    samples.add(new Sample(watch.at(), PLANNED, "", CLIENTS,
                            100.0 * one.planned().toNanos() / one.watched().toNanos(), seconds));
                });
        Optional.ofNullable(watch.fiveMinutes()).map(Measured::times).orElse(List.of()).stream()
                .filter(times -> times.samples() > 0).forEach(times -> samples.add(times(watch.at(), times)));
    }

    private static String time(Scenario scenario) {
        return TIME + scenario.name().toLowerCase(Locale.ROOT);
    }

    private static Sample times(Instant at, ReturnTimes times) {
        return new Sample(at, time(times.scenario()), "", CLIENTS,
                times.mean().toMillis() / 1000.0, times.samples());
    }
}
