package io.lockkeeper.app.watch;

import io.lockkeeper.domain.client.ClientEvent;
import io.lockkeeper.domain.client.FleetReading;
import io.lockkeeper.domain.client.FleetReading.Spread;
import io.lockkeeper.port.ClientFleet;
import io.lockkeeper.port.LinkFault;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Clients that meet what a test says.
public final class FakeFleet implements ClientFleet {
    public volatile @Nullable Consumer<ClientEvent> listener;
    public volatile boolean closed;
    public final AtomicInteger connected = new AtomicInteger();
    public volatile Duration lag = Duration.ZERO;
    public volatile Set<String> resting = Set.of();
    private final @Nullable LinkFault fault;

    public FakeFleet() {
        this(null);
    }

    /// @param fault why they cannot be started
    public FakeFleet(@Nullable LinkFault fault) {
        this.fault = fault;
    }

    @Override
    public void start(Consumer<ClientEvent> to) throws LinkFault {
        if (fault != null) {
            throw fault;
        }
        listener = to;
    }

    void meets(ClientEvent event) {
        var to = listener;
        if (to == null) {
            throw new IllegalStateException("not started");
        }
        to.accept(event);
    }

    @Override
    public void rest(Set<String> nodes) {
        resting = nodes;
    }

    @Override
    public FleetReading read() {
        return new FleetReading(10, connected.get(), 10 - connected.get(), Duration.ZERO, 10, Map.of(), Map.of(), 0, 0, 0, 0, 0,
                0,
                Spread.NONE, Spread.NONE, new Spread(1, lag, lag, lag, lag));
    }

    @Override
    public void close() {
        closed = true;
    }
}
