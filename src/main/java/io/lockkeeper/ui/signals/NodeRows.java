package io.lockkeeper.ui.signals;

import io.lockkeeper.app.Snapshot;
import io.lockkeeper.domain.client.Scenario;
import io.lockkeeper.domain.environment.Environment;
import io.lockkeeper.domain.environment.Environment.NodeSpec;
import io.lockkeeper.domain.fleet.Fleet;
import io.lockkeeper.domain.fleet.NodeReading;
import io.lockkeeper.domain.fleet.Sight;
import io.lockkeeper.domain.metrics.DatumWords;
import io.lockkeeper.domain.metrics.Datum;
import io.lockkeeper.domain.signal.AtNode;
import io.lockkeeper.domain.signal.Ratio;
import io.lockkeeper.domain.watch.Measured;
import io.lockkeeper.domain.watch.WatchReading;
import io.lockkeeper.ui.control.Words;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Node by node what is known from whom: itself, the balancers, and clients of ours over five minutes. What nobody knows is `?`.
final class NodeRows {
    /// @param name as the service calls it, for finding its episodes; empty for clients of which nobody said where they were
    /// @param balanced connections by the balancers' word
    /// @param own by its own
    /// @param probe what the probe of the node met, and when
    /// @param landed returns that ended there: within 30 s among all
    /// @param took their mean time
    /// @param lost losses by scenario
    /// @param back those lost there that came back in time, among all that settled
    /// @param read age of the oldest reading behind the row
    /// @param old something of it is too old to be taken for what is
    /// @param bad the node denies being ready, clients that were lost there are not back, or its probe was not resumed
    record Row(String node, String name, String ready, String version, String balanced, String own, String probe, String landed,
            String took,
            String lost, String back, String read, boolean old, boolean bad) {}

    private static final String UNKNOWN = "?";

    private final Environment environment;
    private final Snapshot snapshot;
    private final Instant now;

    private NodeRows(Environment environment, Snapshot snapshot, Instant now) {
        this.environment = environment;
        this.snapshot = snapshot;
        this.now = now;
    }

    /// Of the environment's nodes in their order; behind them what clients were told of others.
    static List<Row> of(Environment environment, Snapshot snapshot, Instant now) {
        return new NodeRows(environment, snapshot, now).all();
    }

    /// What clients of ours know, or why they know nothing of nodes.
    static String about(@Nullable WatchReading watch, Instant now) {
        if (watch == null || !watch.watcher().watching()) {
            return "Returns and losses are not known: " + (watch == null ? "no clients of ours" : watch.watcher().words()) + ".";
        }
        if (watch.fiveMinutes() == null) {
            return "Returns and losses are not measured yet.";
        }
        return isFresh(watch, now)
                ? "Of our clients, 5 min: returns that landed there within 30 s among all, losses of who was there. Attempts that failed are of no node: who is not let in does not know where."
                        + (watch.probes().isEmpty()
                                ? ""
                                : " Probe: how its newest turn ended, when, and how many of the last 20 turns resumed.")
                : "Returns and losses are " + Words.age(watch.at(), now) + " OLD, may be wrong.";
    }

    private static boolean isFresh(WatchReading watch, Instant now) {
        return !watch.at().plus(Fleet.FRESH).isBefore(now);
    }

    private List<Row> all() {
        var watch = snapshot.watch();
        var measured = watch == null || !watch.watcher().watching() ? null : watch.fiveMinutes();
        boolean clientsOld = measured != null && watch != null && !isFresh(watch, now);
        var met = new HashSet<String>();
        var rows = new ArrayList<Row>();
        for (var node : environment.nodes()) {
            var name = names(node).filter(one -> at(measured, one).isPresent()).findFirst().orElse(node.name());
            met.add(name);
            rows.add(row(node.name(), name, measured, clientsOld));
        }
        if (measured != null) {
            measured.nodes().stream().filter(one -> !met.contains(one.node())).forEach(one -> rows.add(other(one, clientsOld)));
        }
        return rows;
    }

    private static Stream<String> names(NodeSpec node) {
        return Stream.of(node.name(), node.expectName()).filter(Objects::nonNull);
    }

    private static Optional<AtNode> at(@Nullable Measured measured, String name) {
        return measured == null
                ? Optional.empty()
                : measured.nodes().stream().filter(one -> one.node().equals(name)).findFirst();
    }

    private Row row(String node, String name, @Nullable Measured measured, boolean clientsOld) {
        Sight<NodeReading> view = snapshot.fleet().views().getOrDefault(node, Sight.never(now));
        boolean silent = view.fresh(now, Fleet.FRESH).isEmpty();
        var balancers = snapshot.fleet().balancers().values();
        boolean unbalanced = balancers.isEmpty() || balancers.stream().anyMatch(one -> one.fresh(now, Fleet.FRESH).isEmpty());
        var met = at(measured, name);
        var probe = Optional.ofNullable(snapshot.watch()).flatMap(watch -> watch.probe(node));
        boolean denies = view.fresh(now, Fleet.FRESH).map(one -> Boolean.FALSE.equals(one.ready())).orElse(false);
        return new Row(node, name, said(view, silent, one -> one.ready() == null ? null : one.ready() ? "yes" : "NO"),
                said(view, silent, NodeReading::version), was(unbalanced, balanced(node)),
                said(view, silent, one -> one.connections() == null ? null : String.valueOf(one.connections())),
                probe.map(one -> one.brief(now)).orElse(watching() ? "not probed" : UNKNOWN),
                clients(measured, clientsOld, met.map(NodeRows::landed).orElse("none")),
                clients(measured, clientsOld, met.map(NodeRows::took).orElse("no data")),
                clients(measured, clientsOld, met.map(NodeRows::lost).orElse("none")),
                clients(measured, clientsOld, met.map(one -> share(one.back())).orElse("no data")), age(view),
                silent || unbalanced || clientsOld || probe.map(one -> !one.resting() && one.old(now)).orElse(false),
                denies || met.map(NodeRows::missing).orElse(false)
                        || probe.map(one -> one.bad() && !one.resting() && !one.old(now)).orElse(false));
    }

    private boolean watching() {
        return snapshot.watch() != null && snapshot.watch().watcher().watching();
    }

    private static Row other(AtNode met, boolean old) {
        var node = met.node().isEmpty() ? "(nobody said where)" : met.node() + " (not in the file)";
        return new Row(node, met.node(), UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, "", was(old, landed(met)), was(old, took(met)),
                was(old, lost(met)), was(old, share(met.back())), "", old, missing(met));
    }

    private static String clients(@Nullable Measured measured, boolean old, String words) {
        return measured == null ? UNKNOWN : was(old, words);
    }

    private static String was(boolean old, String words) {
        return old && !words.equals(UNKNOWN) ? "was " + words : words;
    }

    private static String said(Sight<NodeReading> view, boolean silent, Function<NodeReading, @Nullable String> part) {
        var newest = view.newest();
        var words = newest.isEmpty() ? null : part.apply(newest.get());
        return newest.isEmpty() ? UNKNOWN : was(silent, words == null ? "not told" : words);
    }

    /// Of all balancers together: a part is never taken for the whole.
    private String balanced(String node) {
        long sum = 0;
        for (var sight : snapshot.fleet().balancers().values()) {
            var reading = sight.newest();
            if (reading.isEmpty()) {
                return UNKNOWN;
            }
            sum += reading.get().sessions(node);
        }
        return snapshot.fleet().balancers().isEmpty() ? UNKNOWN : String.valueOf(sum);
    }

    private String age(Sight<NodeReading> view) {
        var times = Stream.concat(Stream.of(view.readAt()), snapshot.fleet().balancers().values().stream().map(Sight::readAt))
                .toList();
        return times.stream().anyMatch(Optional::isEmpty)
                ? "never"
                : times.stream().flatMap(Optional::stream).min(Instant::compareTo).map(at -> Words.age(at, now)).orElse("never");
    }

    private static boolean missing(AtNode met) {
        return met.back().good() < met.back().tried();
    }

    private static String landed(AtNode met) {
        return met.landed().tried() == 0 ? "none" : met.landed().good() + " of " + met.landed().tried();
    }

    private static String took(AtNode met) {
        return met.timed() == 0
                ? "no data"
                : DatumWords.value(new Datum.Mean(met.mean().toMillis() / 1000.0, met.timed(), Duration.ZERO,
                        Duration.ZERO, Instant.EPOCH));
    }

    private static String lost(AtNode met) {
        return met.lost().isEmpty()
                ? "none"
                : Stream.of(Scenario.EMERGENCY, Scenario.GRACEFUL, Scenario.HANDOFF, Scenario.PROBE)
                        .filter(met.lost()::containsKey)
                        .map(one -> met.lost().get(one) + " " + one.name().toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(", "));
    }

    private static String share(Ratio ratio) {
        return ratio.tried() == 0 ? "no data" : ratio.good() + " of " + ratio.tried();
    }
}
