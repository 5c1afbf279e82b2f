package io.lockkeeper.ui.fleet;

import io.lockkeeper.app.Snapshot;
import io.lockkeeper.domain.environment.Environment;
import io.lockkeeper.domain.fleet.Fleet;
import io.lockkeeper.domain.fleet.NodeReading;
import io.lockkeeper.domain.fleet.NodeStanding;
import io.lockkeeper.domain.fleet.ServerReading;
import io.lockkeeper.domain.fleet.Sight;
import io.lockkeeper.domain.run.RunState;
import io.lockkeeper.ui.control.Words;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The fleet table's texts, made of a snapshot: plain values, so that an unchanged node is an equal row.
public final class FleetRows {
    /// @param ordered what was ordered, per balancer where they differ
    /// @param observed what the balancers' checks say
    /// @param connections by the balancers, and by the node itself where it says otherwise
    /// @param down it does not serve, and nobody took it out
    /// @param mark what is wrong with the row: down, drift, stale, silent; empty on a good day
    public record Row(String node, String ordered, String observed, String version, String ready, String connections,
            String weight,
            String instance, String age, boolean stale, boolean down, String mark) {}

    private final Environment environment;
    private final Snapshot snapshot;
    private final Instant now;

    private FleetRows(Environment environment, Snapshot snapshot, Instant now) {
        this.environment = environment;
        this.snapshot = snapshot;
        this.now = now;
    }

    public static List<Row> of(Environment environment, Snapshot snapshot, Instant now) {
        var rows = new FleetRows(environment, snapshot, now);
        return environment.nodeNames().stream().map(rows::row).toList();
    }

    private Row row(String node) {
        var view = snapshot.fleet().views().get(node);
        var said = view == null ? Optional.<NodeReading>empty() : view.newest();
        var oldest = oldestReading(node);
        boolean down = NodeStanding.of(snapshot.fleet(), node, now) == NodeStanding.DOWN;
        boolean stale = oldest.map(at -> at.plus(Fleet.FRESH).isBefore(now)).orElse(true) || isSilent(view);
        return new Row(node, perBalancer(node, server -> server.admin().words()),
                perBalancer(node, server -> server.observed().words()),
                said.map(NodeReading::version).orElse("?"), ready(view, said), connections(node, said),
                perBalancer(node, server -> server.weight() == server.normalWeight() ? "100 %" : percent(server)),
                said.map(NodeReading::instance).orElse("?"), oldest.map(at -> Words.age(at, now)).orElse("never read"), stale,
                down,
                mark(node, view, stale, down));
    }

    private static boolean isSilent(@Nullable Sight<NodeReading> view) {
        return view == null || view instanceof Sight.Unseen;
    }

    private static String percent(ServerReading server) {
        return server.normalWeight() == 0
                ? server.weight() + ""
                : Math.round(100.0 * server.weight() / server.normalWeight()) + " %";
    }

    private static String ready(@Nullable Sight<NodeReading> view, Optional<NodeReading> said) {
        if (isSilent(view)) {
            return "silent";
        }
        return said.map(NodeReading::ready).map(ready -> ready ? "yes" : "no").orElse("not told");
    }

    private String perBalancer(String node, Function<ServerReading, String> fact) {
        var words = new ArrayList<String>();
        for (var name : environment.balancers()) {
            var sight = snapshot.fleet().balancers().get(name);
            words.add(sight == null
                    ? "?"
                    : sight.newest().map(reading -> reading.servers().get(node)).map(fact).orElse("?"));
        }
        if (words.stream().distinct().count() <= 1) {
            return words.isEmpty() ? "?" : words.getFirst();
        }
        var named = new ArrayList<String>();
        for (int i = 0; i < words.size(); i++) {
            named.add(environment.balancers().get(i) + ": " + words.get(i));
        }
        return String.join(", ", named);
    }

    private String connections(String node, Optional<NodeReading> said) {
        long sum = 0;
        boolean known = false;
        for (var sight : snapshot.fleet().balancers().values()) {
            var reading = sight.newest();
            if (reading.isPresent()) {
                known = true;
                sum += reading.get().sessions(node);
            }
        }
        var own = said.map(NodeReading::connections);
        if (!known) {
            return own.map(count -> "? / " + count).orElse("?");
        }
        long counted = sum;
        return own.filter(count -> count != counted).map(count -> counted + " (itself " + count + ")")
                .orElse(String.valueOf(counted));
    }

    private Optional<Instant> oldestReading(String node) {
        var times = new ArrayList<Instant>();
        for (var sight : snapshot.fleet().balancers().values()) {
            var at = sight.readAt();
            if (at.isEmpty()) {
                return Optional.empty();
            }
            times.add(at.get());
        }
        var view = snapshot.fleet().views().get(node);
        if (view == null || view.readAt().isEmpty()) {
            return Optional.empty();
        }
        times.add(view.readAt().get());
        return times.stream().min(Instant::compareTo);
    }

    private String mark(String node, @Nullable Sight<NodeReading> view, boolean stale, boolean down) {
        var marks = new ArrayList<String>();
        if (down) {
            marks.add("down, nobody took it out");
        }
        var run = snapshot.run();
        if (run != null && run.open()) {
            run.drifts().values().stream().filter(drift -> drift.node().equals(node)).map(RunState.Drift::why)
                    .forEach(marks::add);
        }
        if (view instanceof Sight.Unseen<NodeReading> unseen) {
            marks.add(unseen.why());
        } else if (stale) {
            marks.add("stale: do not act on this");
        }
        return String.join("; ", marks);
    }
}
