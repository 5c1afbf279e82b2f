package io.lockkeeper.app;

import io.lockkeeper.domain.environment.Capability;
import io.lockkeeper.domain.fleet.BalancerReading;
import io.lockkeeper.domain.fleet.ProcessReading;
import io.lockkeeper.domain.run.Order;
import io.lockkeeper.port.Balancer;
import io.lockkeeper.port.Call;
import io.lockkeeper.port.Errands;
import io.lockkeeper.port.Lifecycle;
import io.lockkeeper.port.LinkFault;
import io.lockkeeper.port.Reply;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Endpoints through which nothing is sent while something speaks against it: read-only is read-only whoever asks.
final class ControlledPorts {
    /// Empty while orders may leave. Called from the threads that send.
    private final Supplier<Optional<String>> objection;

    ControlledPorts(Supplier<Optional<String>> objection) {
        this.objection = objection;
    }

    Endpoints of(Endpoints endpoints) {
        return new Endpoints(endpoints.balancers().stream().<Balancer>map(OneBalancer::new).toList(),
                new TheLifecycle(endpoints.lifecycle()), endpoints.view(), endpoints.feed(), endpoints.prober(),
                endpoints.errands().entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, entry -> new TheErrands(entry.getValue()))));
    }

    private final class TheErrands implements Errands {
        private final Errands port;

        TheErrands(Errands port) {
            this.port = port;
        }

        @Override
        public Reply send(Order.Errand order, Call call) throws InterruptedException {
            var why = objection.get();
            return why.isPresent() ? new Reply.Refused(why.get()) : port.send(order, call);
        }

        @Override
        public String read(Order.Errand order, Duration limit) throws LinkFault, InterruptedException {
            return port.read(order, limit);
        }

        @Override
        public Duration settlesWithin(Order.Errand order) {
            return port.settlesWithin(order);
        }

        @Override
        public boolean mayStillRun(String op) {
            return port.mayStillRun(op);
        }
    }

    private final class OneBalancer implements Balancer {
        private final Balancer port;

        OneBalancer(Balancer port) {
            this.port = port;
        }

        @Override
        public String name() {
            return port.name();
        }

        @Override
        public String endpoint() {
            return port.endpoint();
        }

        @Override
        public Set<Capability> capabilities() {
            return port.capabilities();
        }

        @Override
        public int closeCode() {
            return port.closeCode();
        }

        @Override
        public BalancerReading read(Duration limit) throws LinkFault, InterruptedException {
            return port.read(limit);
        }

        @Override
        public Reply send(Order.OfBalancer order, Call call) throws InterruptedException {
            var why = objection.get();
            return why.isPresent() ? new Reply.Refused(why.get()) : port.send(order, call);
        }

        @Override
        public String literal(Order.OfBalancer order) {
            return port.literal(order);
        }
    }

    private final class TheLifecycle implements Lifecycle {
        private final Lifecycle port;

        TheLifecycle(Lifecycle port) {
            this.port = port;
        }

        @Override
        public String name() {
            return port.name();
        }

        @Override
        public String endpoint() {
            return port.endpoint();
        }

        @Override
        public Set<Capability> capabilities() {
            return port.capabilities();
        }

        @Override
        public Map<String, ProcessReading> read(Duration limit) throws LinkFault, InterruptedException {
            return port.read(limit);
        }

        @Override
        public Reply send(Order.OfLifecycle order, Call call) throws InterruptedException {
            var why = objection.get();
            return why.isPresent() ? new Reply.Refused(why.get()) : port.send(order, call);
        }

        @Override
        public Duration settlesWithin(Order.OfLifecycle order) {
            return port.settlesWithin(order);
        }

        @Override
        public String literal(Order.OfLifecycle order) {
            return port.literal(order);
        }

        @Override
        public String logTail(String node, int lines, Duration limit) throws LinkFault, InterruptedException {
            return port.logTail(node, lines, limit);
        }
    }
}
