package io.lockkeeper.domain.metrics;

import io.lockkeeper.domain.fleet.BalancerReading;
import io.lockkeeper.domain.fleet.Fleet;
import io.lockkeeper.domain.fleet.Sight;
import io.lockkeeper.domain.signal.ReturnTimes;
import io.lockkeeper.domain.signal.SourceKind;
import io.lockkeeper.domain.signal.Success;
import io.lockkeeper.domain.watch.Measured;
import io.lockkeeper.domain.watch.WatchReading;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What Lockkeeper knows of signals without any `metrics`: from balancers, nodes, the feed, and clients of its own.
final class KnownSources {
    private static final String SILENT = "it does not say";
    private static final String OPEN = "connections.open";
    private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);

    private KnownSources() {}

    static List<SourceReading> ofFleet(Fleet fleet) {
        var all = new ArrayList<SourceReading>();
        if (!fleet.balancers().isEmpty()) {
            var name = fleet.balancers().size() == 1 ? "balancer " + fleet.balancers().firstKey() : "balancers";
            all.addAll(byNode(fleet, name, SourceKind.BALANCERS, node -> balanced(fleet, node)));
        }
        all.addAll(byNode(fleet, "nodes' own", SourceKind.NODES, node -> own(fleet, node)));
        if (fleet.roll().readAt().isPresent()) {
            var open = new HashMap<String, Integer>();
            fleet.roll().newest().ifPresent(roll -> roll.places().values().stream().filter(place -> place.open())
                    .forEach(place -> open.merge(place.node(), 1, Integer::sum)));
            all.addAll(byNode(fleet, "feed", SourceKind.FEED,
                    node -> level(fleet.roll(), _ -> (long) open.getOrDefault(node, 0), "")));
        }
        return all;
    }

    private static List<SourceReading> byNode(Fleet fleet, String source, SourceKind kind, Function<String, Datum> of) {
        var data = new LinkedHashMap<String, Datum>();
        fleet.nodes().forEach(node -> data.put(node, of.apply(node)));
        if (kind == SourceKind.NODES && data.values().stream().allMatch(KnownSources::isSilent)) {
            return List.of(); // the view is never asked for connections
        }
        var all = new ArrayList<SourceReading>();
        all.add(reading(OPEN, source, kind, null, Totals.of(data)));
        data.forEach((node, datum) -> all.add(reading(OPEN, source, kind, node, datum)));
        return all;
    }

    private static boolean isSilent(Datum datum) {
        return datum instanceof Datum.None(var why) && why.equals(SILENT);
    }

    private static SourceReading reading(String signal, String source, SourceKind kind, @Nullable String node, Datum datum) {
        return new SourceReading(signal, source, kind, node, datum, Fleet.FRESH, null, "");
    }

    /// By all balancers together, earlier generations among them.
    private static Datum balanced(Fleet fleet, String node) {
        long sum = 0;
        Instant oldest = Instant.MAX;
        for (var balancer : fleet.balancers().entrySet()) {
            var datum = level(balancer.getValue(), (BalancerReading reading) -> reading.sessions(node),
                    balancer.getKey() + ": ");
            if (!(datum instanceof Datum.Level(double value, var at))) {
                return datum;
            }
            sum += (long) value;
            oldest = at.isBefore(oldest) ? at : oldest;
        }
        return new Datum.Level(sum, oldest);
    }

    private static Datum own(Fleet fleet, String node) {
        var sight = fleet.views().get(node);
        return sight == null
                ? SourceReading.NOT_YET
                : level(sight, view -> view.connections(), "");
    }

    private static <T> Datum level(Sight<T> sight, Function<T, @Nullable Long> count, String who) {
        return switch (sight) {
            case Sight.Seen<T>(var value, var at) -> number(count.apply(value), at);
            case Sight.Unseen<T>(var why, _, var last) when last == null -> new Datum.None(who + why);
            case Sight.Unseen<T>(_, _, var last) -> number(count.apply(last.value()), last.at()); // its age tells
        };
    }

    private static Datum number(@Nullable Long count, Instant at) {
        return count == null ? new Datum.None(SILENT) : new Datum.Level(count, at);
    }

    static List<SourceReading> ofClients(@Nullable WatchReading watch) {
        if (watch == null || !watch.watcher().watching()) {
            return List.of();
        }
        var all = new ArrayList<SourceReading>();
        Optional.ofNullable(watch.fiveMinutes()).ifPresent(measured -> all.addAll(measured(measured, watch.at())));
        Optional.ofNullable(watch.clients()).ifPresent(clients -> all
                .add(clients("clients.disconnected", "our clients", new Datum.Level(clients.out(), watch.at()))));
        return all;
    }

    private static SourceReading clients(String signal, String source, Datum datum) {
        return new SourceReading(signal, source, SourceKind.CLIENTS, null, datum, Fleet.FRESH, null, "");
    }

    /// What is counted is as of now: how old the newest event is says nothing of whether the count is.
    private static List<SourceReading> measured(Measured measured, Instant at) {
        var all = new ArrayList<SourceReading>();
        all.add(clients("reconnect.success", "our clients", share(measured.byClient(), at)));
        all.add(clients("reconnect.attempts", "our clients", share(measured.byAttempt(), at)));
        for (ReturnTimes times : measured.times()) {
            all.add(clients("reconnect.time", "our clients, " + times.scenario().name().toLowerCase(Locale.ROOT),
                    new Datum.Mean(times.mean().toMillis() / 1000.0, times.samples(), FIVE_MINUTES, FIVE_MINUTES, at)));
        }
        var failed = measured.failures().attempts();
        all.add(clients("connect.failures", "our clients", count(failed.tried() - failed.good(), at)));
        all.add(clients("session.continuity", "our clients",
                new Datum.Share(measured.kept().sessions(), FIVE_MINUTES, FIVE_MINUTES, at)));
        all.add(clients("messages.lost", "our clients", count(measured.kept().lost(), at)));
        all.add(clients("messages.duplicated", "our clients", count(measured.kept().duplicated(), at)));
        return all;
    }

    private static Datum share(Success success, Instant at) {
        return new Datum.Share(success.ratio(), FIVE_MINUTES, FIVE_MINUTES, at);
    }

    private static Datum count(long value, Instant at) {
        return new Datum.Count(value, FIVE_MINUTES, FIVE_MINUTES, at);
    }
}
