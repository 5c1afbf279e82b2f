package io.lockkeeper.app;

import io.lockkeeper.domain.environment.Capability;
import io.lockkeeper.domain.fleet.AdminState;
import io.lockkeeper.domain.fleet.BalancerReading;
import io.lockkeeper.domain.fleet.NodeReading;
import io.lockkeeper.domain.fleet.ObservedState;
import io.lockkeeper.domain.fleet.ProcessReading;
import io.lockkeeper.domain.fleet.ServerReading;
import io.lockkeeper.domain.run.Order;
import io.lockkeeper.port.Balancer;
import io.lockkeeper.port.Call;
import io.lockkeeper.port.Lifecycle;
import io.lockkeeper.port.NodeView;
import io.lockkeeper.port.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/// Three nodes that serve and one balancer, at once and in real time. Orders are carried out, and their answers kept back until released.
final class CalmService {
    private static final Instant STARTED = Instant.parse("2026-11-24T03:00:00Z");

    final List<String> received = new CopyOnWriteArrayList<>();
    final Map<String, AdminState> admin = new ConcurrentHashMap<>();
    final CountDownLatch answers = new CountDownLatch(1);

    Endpoints endpoints() {
        return new Endpoints(List.of(new Edge()), new Nothing(), new View(), Optional.empty(), Optional.empty());
    }

    private final class Edge implements Balancer {
        @Override
        public String name() {
            return "edge";
        }

        @Override
        public String endpoint() {
            return "edge";
        }

        @Override
        public Set<Capability> capabilities() {
            return EnumSet.allOf(Capability.class);
        }

        @Override
        public int closeCode() {
            return 1006;
        }

        @Override
        public BalancerReading read(Duration limit) {
            var servers = new TreeMap<String, ServerReading>();
            Plans.NODES.forEach(node -> servers.put(node, new ServerReading(admin.getOrDefault(node, AdminState.ENABLED),
                    ObservedState.UP, 100, 100, 0, "")));
            return new BalancerReading("1", servers, Map.of(), true);
        }

        @Override
        public Reply send(Order.OfBalancer order, Call call) throws InterruptedException {
            received.add(call.op());
            admin.put(order.node(), order instanceof Order.Drain ? AdminState.DRAINED : AdminState.ENABLED);
            answers.await();
            return new Reply.Accepted("done");
        }

        @Override
        public String literal(Order.OfBalancer order) {
            return order.verb();
        }
    }

    private static final class View implements NodeView {
        @Override
        public String endpoint(String node) {
            return node;
        }

        @Override
        public Set<Capability> capabilities() {
            return EnumSet.allOf(Capability.class);
        }

        @Override
        public NodeReading read(String node, Duration limit) {
            return new NodeReading(true, "v1", node + "-1", STARTED, 0L, "sim", node);
        }
    }

    private static final class Nothing implements Lifecycle {
        @Override
        public String name() {
            return "nothing";
        }

        @Override
        public String endpoint() {
            return "nothing";
        }

        @Override
        public Set<Capability> capabilities() {
            return EnumSet.noneOf(Capability.class);
        }

        @Override
        public Map<String, ProcessReading> read(Duration limit) {
            return Map.of();
        }

        @Override
        public Reply send(Order.OfLifecycle order, Call call) {
            return new Reply.Refused("there is nothing here");
        }

        @Override
        public Duration settlesWithin(Order.OfLifecycle order) {
            return Duration.ofSeconds(1);
        }

        @Override
        public String literal(Order.OfLifecycle order) {
            return order.verb();
        }

        @Override
        public String logTail(String node, int lines, Duration limit) {
            return "";
        }
    }
}
