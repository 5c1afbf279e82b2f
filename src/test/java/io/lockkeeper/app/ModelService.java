package io.lockkeeper.app;

import io.lockkeeper.domain.environment.Capability;
import io.lockkeeper.domain.environment.Environment;
import io.lockkeeper.domain.environment.Tier;
import io.lockkeeper.domain.fleet.AdminState;
import io.lockkeeper.domain.fleet.BalancerReading;
import io.lockkeeper.domain.fleet.Fleet;
import io.lockkeeper.domain.fleet.NodeReading;
import io.lockkeeper.domain.fleet.ObservedState;
import io.lockkeeper.domain.fleet.ProcessReading;
import io.lockkeeper.domain.fleet.ProcessState;
import io.lockkeeper.domain.fleet.ServerReading;
import io.lockkeeper.domain.fleet.SessionRoll;
import io.lockkeeper.domain.fleet.Sight;
import io.lockkeeper.domain.run.Confirmation;
import io.lockkeeper.domain.run.Op;
import io.lockkeeper.domain.run.Order;
import io.lockkeeper.domain.run.Outcome;
import io.lockkeeper.domain.run.Settlement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;

/// Three nodes behind one balancer in virtual time: what the engine acts on in simulation. Every request can go wrong.
final class ModelService implements Effects {
    /// What happens to one request.
    enum Fate {
        FINE, REFUSED, NOT_SENT, REPLY_LOST, APPLIED_LATE
    }

    static final class ModelNode {
        AdminState admin = AdminState.ENABLED;
        String version = "v1";
        int life = 1;
        Instant upFrom = Instant.EPOCH;
        int sessions = 10;
        int weight = 100;
    }

    static final Environment ENVIRONMENT = new Environment("sim", Tier.SANDBOX, "hash",
            List.of(new Environment.NodeSpec("ws-1", "ws-1", "sim"), new Environment.NodeSpec("ws-2", "ws-2", "sim"),
                    new Environment.NodeSpec("ws-3", "ws-3", "sim")),
            List.of("edge"), List.of("v1", "v2", "bad"), 1,
            EnumSet.complementOf(EnumSet.of(Capability.SESSIONS)), 1006);

    final Map<String, ModelNode> nodes = new TreeMap<>(
            Map.of("ws-1", new ModelNode(), "ws-2", new ModelNode(), "ws-3", new ModelNode()));
    final List<Op> received = new ArrayList<>();
    final List<String> applied = new ArrayList<>();
    private final VirtualTime time;
    private final Random random;
    String generation = "1";
    double faults;

    /// The verb whose next answers never come and which is never applied.
    String lose = "";
    boolean balancerReadable = true;

    ModelService(VirtualTime time, long seed) {
        this.time = time;
        this.random = new Random(seed);
    }

    private Fate fate(Op op) {
        if (op.order().verb().equals(lose)) {
            return Fate.NOT_SENT;
        }
        if (op.order() instanceof Order.Probe || random.nextDouble() >= faults) {
            return Fate.FINE;
        }
        return Fate.values()[random.nextInt(Fate.values().length)];
    }

    @Override
    public void start(Op op, Consumer<Outcome> then) {
        received.add(op);
        if (op.order() instanceof Order.Probe(var node)) {
            var fine = up(node) && !node(node).version.equals("bad");
            time.in(Duration.ofMillis(50),
                    () -> then.accept(new Outcome.Probed(fine, fine ? "resumed in 41 ms" : "handshake refused: HTTP 503")));
            return;
        }
        var fate = fate(op);
        switch (fate) {
            case REFUSED -> time.in(Duration.ofMillis(20), () -> then.accept(new Outcome.Refused("the model says no")));
            case NOT_SENT -> time.in(Duration.ofSeconds(1), () -> then.accept(new Outcome.Unknown("connection reset")));
            case REPLY_LOST -> {
                time.in(Duration.ofMillis(20), () -> apply(op));
                time.in(Duration.ofSeconds(1), () -> then.accept(new Outcome.Unknown("connection reset")));
            }
            case APPLIED_LATE -> {
                time.in(Duration.ofMillis(2500), () -> apply(op));
                time.in(Duration.ofSeconds(1), () -> then.accept(new Outcome.Unknown("timed out")));
            }
            case FINE -> {
                time.in(Duration.ofMillis(20), () -> apply(op));
                confirm(op, then);
            }
        }
    }

    private void confirm(Op op, Consumer<Outcome> then) {
        time.in(Duration.ofMillis(250), () -> {
            switch (look(op)) {
                case Confirmation.InEffect(var evidence) -> then.accept(new Outcome.Done(evidence));
                case Confirmation.NotSeen(var why) when !time.now().isBefore(op.deadline()) ->
                    then.accept(new Outcome.Unknown(why));
                case Confirmation.NotSeen _ -> confirm(op, then);
            }
        });
    }

    private Confirmation look(Op op) {
        return switch (op.order()) {
            case Order.OfBalancer order -> Confirmation.ofBalancer(order, balancerReadable ? balancer() : null);
            default -> Confirmation.ofLifecycle(op, up(op.order().node()) ? view(op.order().node()) : null);
        };
    }

    @Override
    public void observe(Op op, Consumer<Settlement> then) {
        time.in(Duration.ofMillis(30), () -> then.accept(switch (look(op)) {
            case Confirmation.InEffect(var evidence) -> new Settlement.Applied(evidence);
            case Confirmation.NotSeen(var why) when time.now().isAfter(op.intendedAt().plusSeconds(30))
                    && up(op.order().node()) ->
                new Settlement.NotApplied(why);
            case Confirmation.NotSeen(var why) -> new Settlement.Open(why);
        }));
    }

    private void apply(Op op) {
        applied.add(op.id());
        var node = node(op.order().node());
        switch (op.order()) {
            case Order.Drain _ -> node.admin = AdminState.DRAINED;
            case Order.Enable _ -> node.admin = AdminState.ENABLED;
            case Order.Restart _ -> newLife(node, node.version);
            case Order.Deploy(_, var version) -> newLife(node, version);
            case Order.CloseSessions _ -> moveAll(op.order().node());
            case Order.Share _,Order.Probe _ -> {
                // nothing this model keeps
            }
        }
    }

    private void moveAll(String from) {
        for (int left = node(from).sessions; left > 0; left--) {
            node(from).sessions--;
            nodes.entrySet().stream()
                    .filter(to -> !to.getKey().equals(from) && up(to.getKey()) && to.getValue().admin == AdminState.ENABLED)
                    .findFirst().ifPresent(to -> to.getValue().sessions++);
        }
    }

    private void newLife(ModelNode node, String version) {
        node.version = version;
        node.life++;
        node.sessions = 0;
        node.upFrom = time.now().plusSeconds(2);
    }

    ModelNode node(String name) {
        return Objects.requireNonNull(nodes.get(name));
    }

    boolean up(String node) {
        return !time.now().isBefore(node(node).upFrom);
    }

    private NodeReading view(String name) {
        var node = node(name);
        return new NodeReading(true, node.version, name + "-life-" + node.life, node.upFrom, (long) node.sessions, "sim", name);
    }

    private BalancerReading balancer() {
        var servers = new TreeMap<String, ServerReading>();
        nodes.forEach((name, node) -> servers.put(name,
                new ServerReading(node.admin, up(name) ? ObservedState.UP : ObservedState.DOWN, node.weight, 100, node.sessions,
                        "")));
        return new BalancerReading(generation, servers, Map.of(), true);
    }

    Fleet fleet() {
        var now = time.now();
        var views = new TreeMap<String, Sight<NodeReading>>();
        var processes = new TreeMap<String, Sight<ProcessReading>>();
        nodes.forEach((name, _) -> {
            views.put(name, up(name) ? new Sight.Seen<>(view(name), now) : new Sight.Unseen<>("connection refused", now, null));
            processes.put(name, new Sight.Seen<>(new ProcessReading(ProcessState.RUNNING, null, null, ""), now));
        });
        var balancers = new TreeMap<String, Sight<BalancerReading>>();
        balancers.put("edge",
                balancerReadable ? new Sight.Seen<>(balancer(), now) : new Sight.Unseen<>("connection refused", now, null));
        return new Fleet(List.copyOf(nodes.keySet()), balancers, views, processes,
                new Sight.Unseen<SessionRoll>("no event feed", now, null));
    }
}
