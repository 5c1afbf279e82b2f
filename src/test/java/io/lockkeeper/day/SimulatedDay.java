package io.lockkeeper.day;

import io.lockkeeper.adapter.sqlite.SqliteSignalStore;
import io.lockkeeper.app.Snapshot;
import io.lockkeeper.app.signals.HistoryFeed;
import io.lockkeeper.app.simulation.VirtualTime;
import io.lockkeeper.app.watch.FakeFleet;
import io.lockkeeper.app.watch.Past;
import io.lockkeeper.app.watch.Watch;
import io.lockkeeper.domain.watch.TriggerRecord;
import io.lockkeeper.domain.client.ClientEvent;
import io.lockkeeper.domain.client.ClientRole;
import io.lockkeeper.domain.client.Continuity;
import io.lockkeeper.domain.client.Continuity.SessionKept;
import io.lockkeeper.domain.client.Failure;
import io.lockkeeper.domain.client.Loss;
import io.lockkeeper.domain.fleet.AdminState;
import io.lockkeeper.domain.fleet.BalancerReading;
import io.lockkeeper.domain.fleet.Fleet;
import io.lockkeeper.domain.fleet.NodeReading;
import io.lockkeeper.domain.fleet.ObservedState;
import io.lockkeeper.domain.fleet.ServerReading;
import io.lockkeeper.domain.fleet.Sight;
import io.lockkeeper.domain.history.KeptEpisode;
import io.lockkeeper.domain.trigger.Baseline;
import io.lockkeeper.domain.trigger.TriggerSet;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;

/// A watch over clients that are cut off one by one all day, with all clients of a node every half hour, and all of them once; written to a
/// history, second by second. As fast as it goes, and the same for the same seed.
final class SimulatedDay {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final int CYCLERS = 2;

    private final VirtualTime time = new VirtualTime();
    private final FakeFleet fleet = new FakeFleet();
    private final Random dice = new Random(7);
    private final int clients;
    private final int nodes;
    private final int every;
    private final SqliteSignalStore store;
    private final Watch watch;
    private final HistoryFeed feed;
    private final boolean[] out;
    private long losses;

    /// @param every so many seconds the watch looks and the history is fed; a real console does both each second
    SimulatedDay(int clients, int nodes, int every, SqliteSignalStore store) {
        this.clients = clients;
        this.every = every;
        this.nodes = nodes;
        this.store = store;
        out = new boolean[clients + CYCLERS];
        feed = new HistoryFeed(store);
        watch = new Watch(new Watch.Parts(fleet, TriggerSet.USUAL, Duration.ofSeconds(3), new Kept()),
                new Watch.Session("a simulated day", time, Runnable::run, Runnable::run, (_, _) -> true, _ -> {
                }));
    }

    private final class Kept implements Past {
        @Override
        public boolean keep(List<KeptEpisode> episodes) {
            return store.add(time.now(), List.of(), episodes);
        }

        @Override
        public boolean retract(Instant from, Instant to) {
            return store.retract(time.now(), HistoryFeed.MEASURED, from, to);
        }

        @Override
        public List<Baseline> baselines() {
            return List.of();
        }
    }

    long losses() {
        return losses;
    }

    Instant now() {
        return time.now();
    }

    void connect() {
        watch.start();
        for (int client = 0; client < out.length; client++) {
            meets(new ClientEvent.Opened(name(client), role(client), time.now(), node(client), "v1"));
        }
        fleet.connected.set(out.length);
    }

    /// Lets an hour pass.
    void hour(int hour) throws InterruptedException {
        for (int second = 0; second < 3_600; second++) {
            mishaps(hour, second);
            time.pass(SECOND);
            if (second % every != 0) {
                continue;
            }
            var now = time.now();
            watch.look(new Watch.Scene(null, fleet(now), Map.of(), List.of()));
            feed.add(now,
                    new Snapshot(now, "a simulated day", true, fleet(now), List.of(), null, List.of(), List.of(), null, null,
                            List.of(), watch.reading(TriggerRecord.EMPTY)));
            if (second % 900 == 0) {
                store.settle(); // a real day gives it the time for that
            }
        }
        store.settle();
    }

    private void mishaps(int hour, int second) {
        if (second % 15 == 0) {
            lost(clients + second / 15 % CYCLERS, Loss.of(Loss.Way.ON_PURPOSE), 50, 0);
        }
        if (second % 60 == 30) {
            lost(dice.nextInt(clients), Loss.of(Loss.Way.CUT), 1_000 + dice.nextInt(2_000), 1);
        }
        if (second % 1_800 == 900) {
            for (int client = second / 1_800; client < clients; client += nodes) {
                lost(client, Loss.closed(1012), 500 + dice.nextInt(4_000), 2);
            }
        }
        if (hour == 12 && second == 1_234) {
            for (int client = 0; client < clients; client++) {
                lost(client, Loss.of(Loss.Way.CUT), 120_000 + dice.nextInt(5_000), 20);
            }
        }
        if (hour % 6 == 5 && second == 2_000) {
            watch.lookedAway(Duration.ofSeconds(4));
        }
    }

    private void lost(int client, Loss loss, int millis, int attempts) {
        if (out[client]) {
            return;
        }
        out[client] = true;
        losses++;
        fleet.connected.decrementAndGet();
        meets(new ClientEvent.Lost(name(client), role(client), time.now(), loss));
        for (int attempt = 1; attempt <= attempts; attempt++) {
            time.in(Duration.ofMillis((long) millis * attempt / (attempts + 1)), () -> meets(new ClientEvent.Failed(name(client),
                    role(client), time.now(), time.now(), time.now().minusMillis(5), Failure.of(Failure.Cause.REFUSED))));
        }
        time.in(Duration.ofMillis(millis), () -> {
            out[client] = false;
            fleet.connected.incrementAndGet();
            meets(new ClientEvent.Back(name(client), role(client), time.now(), time.now().minusMillis(5), node(client), "v1",
                    new Continuity(SessionKept.SAME, 0, 0)));
        });
    }

    private void meets(ClientEvent event) {
        Objects.requireNonNull(fleet.listener).accept(event);
    }

    private String name(int client) {
        return client < clients ? "sentinel-" + (client + 1) : "cycler-" + (client - clients + 1);
    }

    private ClientRole role(int client) {
        return client < clients ? ClientRole.SENTINEL : ClientRole.CYCLER;
    }

    private String node(int client) {
        return "ws-" + (client % nodes + 1);
    }

    private Fleet fleet(Instant now) {
        var names = new ArrayList<String>();
        var servers = new TreeMap<String, ServerReading>();
        var views = new TreeMap<String, Sight<NodeReading>>();
        for (int node = 1; node <= nodes; node++) {
            long connections = 1_000L + dice.nextInt(100);
            names.add("ws-" + node);
            servers.put("ws-" + node, new ServerReading(AdminState.ENABLED, ObservedState.UP, 1, 1, connections, ""));
            views.put("ws-" + node, new Sight.Seen<>(new NodeReading(true, "v1", "1", now, connections, null, null), now));
        }
        return new Fleet(names,
                new TreeMap<>(Map.of("edge", new Sight.Seen<>(new BalancerReading("1", servers, Map.of(), true), now))),
                views, new TreeMap<>(), Sight.never(now));
    }
}
