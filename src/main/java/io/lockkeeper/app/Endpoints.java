package io.lockkeeper.app;

import io.lockkeeper.domain.environment.ErrandKind;
import io.lockkeeper.port.Balancer;
import io.lockkeeper.port.Errands;
import io.lockkeeper.port.EventFeed;
import io.lockkeeper.port.Lifecycle;
import io.lockkeeper.port.NodeView;
import io.lockkeeper.port.Prober;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;

/// Everything an environment is reached through. The three kinds of contact stay apart even where one program serves them all.
///
/// @param errands who runs the environment's commands, and who makes its HTTP calls
public record Endpoints(List<Balancer> balancers, Lifecycle lifecycle, NodeView view, Optional<EventFeed> feed,
        Optional<Prober> prober, Map<ErrandKind, Errands> errands) {
    public Endpoints {
        balancers = List.copyOf(balancers);
        errands = Map.copyOf(errands);
    }

    /// Without errands.
    public Endpoints(List<Balancer> balancers, Lifecycle lifecycle, NodeView view, Optional<EventFeed> feed,
            Optional<Prober> prober) {
        this(balancers, lifecycle, view, feed, prober, Map.of());
    }

    public Errands errands(ErrandKind kind) {
        return Optional.ofNullable(errands.get(kind)).orElseThrow(() -> new NoSuchElementException("no " + kind.section()));
    }

    public Balancer balancer(String name) {
        return balancers.stream().filter(one -> one.name().equals(name)).findFirst()
                .orElseThrow(() -> new NoSuchElementException("no balancer " + name));
    }
}
