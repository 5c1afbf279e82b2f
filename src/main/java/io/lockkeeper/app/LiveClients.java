package io.lockkeeper.app;

import io.lockkeeper.domain.client.ClientEvent;
import io.lockkeeper.domain.client.FleetReading;
import io.lockkeeper.port.ClientFleet;
import io.lockkeeper.port.LinkFault;
import java.util.function.Consumer;

/// Clients of ours on one environment, from their start to their goodbye. Thread-safe.
public final class LiveClients implements AutoCloseable {
    private final ClientFleet fleet;

    /// Starts them.
    ///
    /// @param listener see [ClientFleet#start]
    /// @throws LinkFault when something they need cannot be read
    public LiveClients(ClientFleet fleet, Consumer<ClientEvent> listener) throws LinkFault {
        this.fleet = fleet;
        fleet.start(listener);
    }

    public FleetReading reading() {
        return fleet.read();
    }

    /// Leaves no session behind.
    @Override
    public void close() {
        fleet.close();
    }
}
