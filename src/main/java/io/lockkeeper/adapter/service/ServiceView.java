package io.lockkeeper.adapter.service;

import io.lockkeeper.domain.environment.Capability;
import io.lockkeeper.domain.fleet.NodeReading;
import io.lockkeeper.port.LinkFault;
import io.lockkeeper.port.NodeView;
import java.time.Duration;
import java.util.Set;

final class ServiceView implements NodeView {
    private final ServiceContact service;

    ServiceView(ServiceContact service) {
        this.service = service;
    }

    @Override
    public String endpoint(String node) {
        return service.url() + "/v1/nodes/" + node;
    }

    @Override
    public Set<Capability> capabilities() {
        return Set.of(Capability.NODE_READY, Capability.NODE_VERSION, Capability.NODE_INSTANCE, Capability.NODE_CONNECTIONS);
    }

    @Override
    public NodeReading read(String node, Duration limit) throws LinkFault, InterruptedException {
        var line = service.read(limit).get(node);
        if (line == null) {
            throw LinkFault.permanent("the service does not know " + node);
        }
        return line.view();
    }
}
