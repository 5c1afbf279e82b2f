package io.lockkeeper.app.simulation;

import io.lockkeeper.domain.environment.Capability;
import io.lockkeeper.domain.environment.Environment;
import io.lockkeeper.domain.fleet.AdminState;
import io.lockkeeper.domain.fleet.BalancerReading;
import io.lockkeeper.domain.fleet.Fleet;
import io.lockkeeper.domain.fleet.NodeReading;
import io.lockkeeper.domain.fleet.ObservedState;
import io.lockkeeper.domain.fleet.ProcessReading;
import io.lockkeeper.domain.fleet.ServerReading;
import io.lockkeeper.domain.fleet.SessionRoll;
import io.lockkeeper.domain.fleet.Sight;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/// An environment in virtual time: nodes, balancers and clients as they really are, and what polling them has shown. It changes only
/// through its own methods, so that readings made before a change stay what they were.
public final class Model {
    static final Duration BETWEEN_READINGS = Duration.ofSeconds(1);
    private static final Duration BETWEEN_PHASES = Duration.ofMillis(130);

    private final VirtualTime time;
    private final Environment environment;
    private final Map<String, ModelNode> nodes = new TreeMap<>();
    private final Map<String, ModelBalancer> balancers = new TreeMap<>();
    private final List<ModelSession> sessions = new ArrayList<>();
    private final Map<String, Polled<BalancerReading>> polledBalancers = new TreeMap<>();
    private final Map<String, Polled<NodeReading>> polledNodes = new TreeMap<>();
    private final Map<String, Polled<ProcessReading>> polledProcesses = new TreeMap<>();
    private final Polled<SessionRoll> polledRoll;
    private Runnable beforeChange = () -> {
    };

    /// @param version what every node runs
    public Model(VirtualTime time, Environment environment, String version) {
        this.time = time;
        this.environment = environment;
        for (var spec : environment.nodes()) {
            var told = spec.expectEnvironment() == null ? environment.name() : spec.expectEnvironment();
            nodes.put(spec.name(), new ModelNode(spec.expectName() == null ? spec.name() : spec.expectName(), told, version,
                    time.now().minus(Duration.ofDays(1))));
        }
        environment.balancers().forEach(name -> balancers.put(name, new ModelBalancer(name, environment.nodeNames())));
        var phase = Duration.ZERO;
        for (var name : balancers.keySet()) {
            polledBalancers.put(name, new Polled<>(time, phase, () -> read(name), "connection refused"));
            phase = phase.plus(BETWEEN_PHASES);
        }
        for (var name : nodes.keySet()) {
            polledNodes.put(name, new Polled<>(time, phase, () -> view(name), "connection refused"));
            polledProcesses.put(name, new Polled<>(time, phase, () -> Optional.of(node(name).process()), "connection refused"));
            phase = phase.plus(BETWEEN_PHASES);
        }
        polledRoll = new Polled<>(time, phase, this::roll, "no event feed");
    }

    /// Called before each change of what is true, for whoever keeps count of it.
    public void onChange(Runnable listener) {
        var before = beforeChange;
        beforeChange = () -> {
            before.run();
            listener.run();
        };
    }

    public Environment environment() {
        return environment;
    }

    VirtualTime time() {
        return time;
    }

    public ModelNode node(String name) {
        return Objects.requireNonNull(nodes.get(name), name);
    }

    ModelBalancer balancer(String name) {
        return Optional.ofNullable(balancers.get(name)).orElseThrow(() -> new NoSuchElementException(name));
    }

    List<ModelSession> sessions() {
        return sessions;
    }

    public AdminState admin(String node, String balancer) {
        return balancer(balancer).admin(node);
    }

    public boolean answers(String balancer) {
        return balancer(balancer).answers();
    }

    public long connections(String node) {
        return sessions.stream().filter(session -> session.isOpenOn(node)).count();
    }

    /// True where every balancer sends new clients to the node and the node takes them.
    public boolean serves(String node) {
        return node(node).isUp() && balancers.values().stream()
                .allMatch(one -> one.admin(node) == AdminState.ENABLED && one.weight(node) > 0);
    }

    /// True where every balancer keeps the node out.
    public boolean isOut(String node) {
        return balancers.values().stream().allMatch(one -> one.admin(node) == AdminState.DRAINED);
    }

    /// Every change of what is true goes through here.
    void change(Runnable change) {
        beforeChange.run();
        polledBalancers.values().forEach(Polled::beforeChange);
        polledNodes.values().forEach(Polled::beforeChange);
        polledProcesses.values().forEach(Polled::beforeChange);
        polledRoll.beforeChange();
        change.run();
    }

    /// Reads everything out of turn, as after an order or when the clock was set.
    void readNow() {
        polledBalancers.values().forEach(Polled::readNow);
        polledNodes.values().forEach(Polled::readNow);
        polledProcesses.values().forEach(Polled::readNow);
        polledRoll.readNow();
    }

    /// What a balancer would answer to a read at this moment; empty while it cannot be read.
    Optional<BalancerReading> read(String name) {
        var balancer = balancer(name);
        if (!balancer.answers()) {
            return Optional.empty();
        }
        var now = new HashMap<String, Long>();
        var old = new HashMap<String, Long>();
        for (var session : sessions) {
            if (session.isOpen() && session.balancer().equals(name)) {
                (session.generation() == balancer.generation() ? now : old).merge(session.node(), 1L, Long::sum);
            }
        }
        var servers = new TreeMap<String, ServerReading>();
        nodes.forEach((node, one) -> servers.put(node, new ServerReading(balancer.admin(node),
                one.isUp() ? ObservedState.UP : ObservedState.DOWN, balancer.weight(node), ModelBalancer.NORMAL,
                now.getOrDefault(node, 0L), "")));
        return Optional.of(new BalancerReading(String.valueOf(balancer.generation()), servers, Map.copyOf(old), true));
    }

    /// What a node would say of itself at this moment; empty while it does not answer.
    Optional<NodeReading> view(String name) {
        return node(name).says(connections(name));
    }

    private Optional<SessionRoll> roll() {
        if (!environment.can(Capability.SESSIONS)) {
            return Optional.empty();
        }
        var places = new TreeMap<String, SessionRoll.Place>();
        sessions.forEach(session -> places.put(session.id(), session.place()));
        return Optional.of(new SessionRoll(places));
    }

    /// What polling has shown so far.
    public Fleet fleet() {
        var seenBalancers = new TreeMap<String, Sight<BalancerReading>>();
        polledBalancers.forEach((name, polled) -> seenBalancers.put(name, polled.sight()));
        var views = new TreeMap<String, Sight<NodeReading>>();
        polledNodes.forEach((name, polled) -> views.put(name, polled.sight()));
        var processes = new TreeMap<String, Sight<ProcessReading>>();
        polledProcesses.forEach((name, polled) -> processes.put(name, polled.sight()));
        return new Fleet(environment.nodeNames(), seenBalancers, views, processes, polledRoll.sight());
    }
}
