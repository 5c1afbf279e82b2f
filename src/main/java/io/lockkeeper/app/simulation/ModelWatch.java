package io.lockkeeper.app.simulation;

import io.lockkeeper.app.watch.WorkLog;
import io.lockkeeper.domain.client.ClientEvent;
import io.lockkeeper.domain.client.ClientRole;
import io.lockkeeper.domain.client.Continuity;
import io.lockkeeper.domain.client.Continuity.SessionKept;
import io.lockkeeper.domain.client.Episodes;
import io.lockkeeper.domain.client.Failure;
import io.lockkeeper.domain.client.Loss;
import io.lockkeeper.domain.run.RunState;
import io.lockkeeper.domain.signal.ObserverFault;
import io.lockkeeper.domain.trigger.Phase;
import io.lockkeeper.domain.trigger.TriggerSet;
import io.lockkeeper.domain.watch.Felt;
import io.lockkeeper.domain.watch.TriggerReading;
import io.lockkeeper.domain.watch.Watcher;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// Clients of ours in a model. Sentinels follow what happens to their nodes: they are cut with a process, are told to go by a drain, and come back
/// wherever somebody serves. Cyclers close and come back all the time; as nothing changes for them while nothing changes, what they met is worked
/// out only when somebody asks, so that time may pass in one leap. A node of the bad version gives them a new session. They are not among the
/// sessions that balancers count.
final class ModelWatch {
    static final int SENTINELS = 12;
    static final int CYCLERS = 4;
    private static final Duration MEMORY = Duration.ofHours(1);
    private static final Duration SILENCE = Duration.ofSeconds(3);
    /// Of each cycler; they take turns.
    private static final long CYCLE = Duration.ofSeconds(24).toNanos();
    private static final long AWAY = Duration.ofMillis(150).toNanos();
    private static final long LONGEST_GOODBYE_MS = 12_000;
    private static final int SERVICE_RESTART = 1012;
    private static final Failure REFUSED = new Failure(Failure.Cause.REFUSED, 0);

    private static final class Client {
        private final String name;
        private final ClientRole role;
        /// `null` while it is out.
        private @Nullable String node;

        Client(String name, ClientRole role) {
            this.name = name;
            this.role = role;
        }

        boolean isOn(String where) {
            return where.equals(node);
        }
    }

    private final Model model;
    private final Random random = new Random(1);
    private final Episodes episodes = new Episodes();
    private final WorkLog work = new WorkLog(episodes, SILENCE);
    private final List<Client> sentinels = new ArrayList<>();
    private final List<Client> cyclers = new ArrayList<>();
    private final List<ObserverFault> faults = new ArrayList<>();
    private long cycledTo;
    private int turn;

    ModelWatch(Model model) {
        this.model = model;
        this.cycledTo = model.time().ticks();
        for (int i = 1; i <= SENTINELS; i++) {
            sentinels.add(arrive(new Client("sentinel-" + i, ClientRole.SENTINEL), i));
        }
        for (int i = 1; i <= CYCLERS; i++) {
            cyclers.add(arrive(new Client("cycler-" + i, ClientRole.CYCLER), i));
        }
        model.onChange(this::cycle);
    }

    private Client arrive(Client client, int number) {
        var nodes = model.environment().nodeNames();
        var node = nodes.get(number % nodes.size());
        client.node = node;
        episodes.on(new ClientEvent.Opened(client.name, client.role, now(), node, model.node(node).version()));
        return client;
    }

    /// By a clock that nobody sets.
    private Instant now() {
        return at(model.time().ticks());
    }

    private static Instant at(long tick) {
        return VirtualTime.START.plusNanos(tick);
    }

    /// A node's process ends.
    void cut(String node) {
        cycle();
        sentinels.stream().filter(client -> client.isOn(node)).forEach(client -> lose(client, Loss.of(Loss.Way.CUT)));
        for (var client : cyclers) {
            if (client.isOn(node)) {
                lose(client, Loss.of(Loss.Way.CUT));
            }
        }
    }

    /// A balancer drains a node: its clients are told to go.
    void drained(String node) {
        for (var client : sentinels) {
            if (client.isOn(node)) {
                model.time().in(Duration.ofMillis(random.nextLong(LONGEST_GOODBYE_MS)), () -> {
                    if (client.isOn(node) && !model.serves(node)) {
                        lose(client, Loss.closed(SERVICE_RESTART));
                    }
                });
            }
        }
    }

    private void lose(Client client, Loss loss) {
        model.change(() -> {
            client.node = null;
            episodes.on(new ClientEvent.Lost(client.name, client.role, now(), loss));
        });
        comeBack(client);
    }

    private void comeBack(Client client) {
        var begun = model.time().ticks() + Duration.ofMillis(100 + random.nextLong(1_000)).toNanos();
        model.time().in(Duration.ofNanos(begun - model.time().ticks()), () -> {
            var places = places();
            if (places.isEmpty()) {
                episodes.on(new ClientEvent.Failed(client.name, client.role, now(), at(begun), at(begun), REFUSED));
                comeBack(client);
            } else {
                model.change(() -> land(client, places.get(random.nextInt(places.size())), begun, model.time().ticks()));
            }
        });
    }

    private List<String> places() {
        return model.environment().nodeNames().stream().filter(model::serves).toList();
    }

    private void land(Client client, String node, long begun, long tick) {
        client.node = node;
        var kept = model.node(node).resumesSessions() ? SessionKept.SAME : SessionKept.LOST;
        episodes.on(new ClientEvent.Back(client.name, client.role, at(tick), at(begun), node, model.node(node).version(),
                new Continuity(kept, 0, 0)));
    }

    /// What cyclers met since somebody last asked, with all as it has been since.
    private void cycle() {
        long until = model.time().ticks();
        long oldest = until - MEMORY.toNanos();
        long step = CYCLE / CYCLERS;
        if (cycledTo < oldest) {
            cycledTo += (oldest - cycledTo) / step * step; // nobody remembers those before
        }
        var places = places();
        for (; cycledTo + step + AWAY <= until; cycledTo += step) {
            var client = cyclers.get(Math.floorMod(turn++, CYCLERS));
            if (client.node != null && !places.isEmpty()) {
                long tick = cycledTo + step;
                episodes.on(new ClientEvent.Lost(client.name, client.role, at(tick), Loss.of(Loss.Way.ON_PURPOSE)));
                land(client, places.get(Math.floorMod(turn, places.size())), tick + AWAY / 2, tick + AWAY);
            }
        }
    }

    /// Lockkeeper itself was at fault.
    void fault(Duration before) {
        faults.add(new ObserverFault(now().minus(before), now().plusSeconds(10), "the clock jumped, or this computer slept"));
    }

    Felt felt(@Nullable RunState run) {
        cycle();
        var now = now();
        var ahead = Duration.between(model.time().now(), now);
        work.tell(run, now, ahead);
        episodes.forget(now.minus(MEMORY));
        work.forget(now.minus(MEMORY));
        faults.removeIf(fault -> fault.to().isBefore(now.minus(MEMORY)));
        var quiet = new Phase.Quiet("as modelled");
        var triggers = TriggerSet.USUAL.specs().stream()
                .map(spec -> new TriggerReading(spec.name(), spec.action(), spec.words(), quiet)).toList();
        return new Felt.Watched(new Watcher.Watching("the simulation", VirtualTime.START), model.time().now(), ahead,
                SENTINELS + CYCLERS, episodes.frozen(), faults, triggers, model.time().now());
    }

    /// Sentinels and cyclers that have no session now.
    long out() {
        return sentinels.stream().filter(client -> client.node == null).count()
                + cyclers.stream().filter(client -> client.node == null).count();
    }
}
