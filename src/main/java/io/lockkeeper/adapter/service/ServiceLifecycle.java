package io.lockkeeper.adapter.service;

import io.lockkeeper.domain.environment.Capability;
import io.lockkeeper.domain.fleet.ProcessReading;
import io.lockkeeper.domain.run.Order;
import io.lockkeeper.port.Call;
import io.lockkeeper.port.Lifecycle;
import io.lockkeeper.port.LinkFault;
import io.lockkeeper.port.Reply;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

final class ServiceLifecycle implements Lifecycle {
    private static final Map<Capability, List<String>> NEEDS = Map.of(Capability.RESTART, List.of("restart"), Capability.DEPLOY,
            List.of("deploy"));

    private final ServiceContact service;

    ServiceLifecycle(ServiceContact service) {
        this.service = service;
    }

    @Override
    public String name() {
        return "service";
    }

    @Override
    public String endpoint() {
        return service.url();
    }

    @Override
    public Set<Capability> capabilities() {
        return service.able(NEEDS);
    }

    @Override
    public Map<String, ProcessReading> read(Duration limit) throws LinkFault, InterruptedException {
        var processes = new TreeMap<String, ProcessReading>();
        service.read(limit).forEach((node, line) -> processes.put(node, line.process()));
        return processes;
    }

    @Override
    public Reply send(Order.OfLifecycle order, Call call) throws InterruptedException {
        return service.send(order, call);
    }

    @Override
    public Duration settlesWithin(Order.OfLifecycle order) {
        return service.settles();
    }

    @Override
    public String literal(Order.OfLifecycle order) {
        return service.literal(order);
    }

    @Override
    public String logTail(String node, int lines, Duration limit) throws LinkFault, InterruptedException {
        return service.logTail(node, lines, limit);
    }
}
