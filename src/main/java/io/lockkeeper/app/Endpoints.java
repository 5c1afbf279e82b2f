package io.lockkeeper.app;

import io.lockkeeper.port.Balancer;
import io.lockkeeper.port.EventFeed;
import io.lockkeeper.port.Lifecycle;
import io.lockkeeper.port.NodeView;
import io.lockkeeper.port.Prober;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/// Everything an environment is reached through. The three kinds of contact stay apart even where one program serves them all.
public record Endpoints(List<Balancer> balancers, Lifecycle lifecycle, NodeView view, Optional<EventFeed> feed,
        Optional<Prober> prober) {
    public Endpoints {
        balancers = List.copyOf(balancers);
    }

    public Balancer balancer(String name) {
        return balancers.stream().filter(one -> one.name().equals(name)).findFirst()
                .orElseThrow(() -> new NoSuchElementException("no balancer " + name));
    }
}
