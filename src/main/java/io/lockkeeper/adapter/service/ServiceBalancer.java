package io.lockkeeper.adapter.service;

import io.lockkeeper.domain.environment.Capability;
import io.lockkeeper.domain.fleet.BalancerReading;
import io.lockkeeper.domain.fleet.ServerReading;
import io.lockkeeper.domain.run.Order;
import io.lockkeeper.port.Balancer;
import io.lockkeeper.port.Call;
import io.lockkeeper.port.LinkFault;
import io.lockkeeper.port.Reply;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

final class ServiceBalancer implements Balancer {
    private static final Map<Capability, List<String>> NEEDS = Map.of(Capability.DRAIN, List.of("drain", "enable"),
            Capability.SHARE, List.of("share"), Capability.CLOSE_SESSIONS, List.of("closeSessions"));

    private final String name;
    private final ServiceContact service;

    ServiceBalancer(String name, ServiceContact service) {
        this.name = name;
        this.service = service;
    }

    @Override
    public String name() {
        return name;
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
    public int closeCode() {
        return service.closeCode();
    }

    @Override
    public BalancerReading read(Duration limit) throws LinkFault, InterruptedException {
        var read = service.readWithBalancer(limit);
        var generation = read.service().path("balancer").path("instance").asString("");
        if (generation.isEmpty()) {
            throw LinkFault.passing(service.url() + "/v1/service does not name the balancer's instance");
        }
        var servers = new TreeMap<String, ServerReading>();
        for (var line : read.nodes().values()) {
            servers.put(line.name(), line.server());
        }
        var old = read.service().path("oldSessions");
        var oldSessions = new HashMap<String, Long>();
        for (var node : old.propertyNames()) {
            oldSessions.put(node, Math.max(0, old.path(node).asLong(0)));
        }
        return new BalancerReading(generation, servers, Map.copyOf(oldSessions), old.isObject());
    }

    @Override
    public Reply send(Order.OfBalancer order, Call call) throws InterruptedException {
        return service.send(order, call);
    }

    @Override
    public String literal(Order.OfBalancer order) {
        return service.literal(order);
    }
}
