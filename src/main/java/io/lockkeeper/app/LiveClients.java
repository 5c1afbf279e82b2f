package io.lockkeeper.app;

import io.lockkeeper.domain.client.ClientEvent;
import io.lockkeeper.domain.client.FleetReading;
import io.lockkeeper.domain.signal.NodeProbes;
import io.lockkeeper.domain.signal.ProbeReading;
import io.lockkeeper.port.ClientFleet;
import io.lockkeeper.port.LinkFault;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/// Clients of ours on one environment, from their start to their goodbye. Thread-safe.
public final class LiveClients implements AutoCloseable {
    private final ClientFleet fleet;
    private final NodeProbes probes;

    /// Starts them.
    ///
    /// @param probed the nodes that the fleet probes
    /// @param listener see [ClientFleet#start]
    /// @throws LinkFault when something they need cannot be read
    public LiveClients(ClientFleet fleet, NodeProbes.Plan probed, Consumer<ClientEvent> listener) throws LinkFault {
        this.fleet = fleet;
        probes = new NodeProbes(probed);
        fleet.start(event -> {
            met(event);
            listener.accept(event);
        });
    }

    private void met(ClientEvent event) {
        synchronized (probes) {
            probes.on(event);
        }
    }

    public FleetReading reading() {
        return fleet.read();
    }

    /// Node by node; empty where none are probed.
    public List<ProbeReading> probes() {
        synchronized (probes) {
            return probes.readings(List.of(), Duration.ZERO, Set.of());
        }
    }

    /// Leaves no session behind.
    @Override
    public void close() {
        fleet.close();
    }
}
