package io.lockkeeper.app.watch;

import io.lockkeeper.domain.client.ClientEvent;
import io.lockkeeper.domain.client.FleetReading;
import io.lockkeeper.port.ClientFleet;
import io.lockkeeper.port.LinkFault;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The clients of one watch, from their start to their goodbye. Starting, counting and ending them blocks. Thread-safe.
final class Crew {
    private static final Logger LOG = LoggerFactory.getLogger(Crew.class);
    private final ClientFleet fleet;
    private volatile Set<String> resting = Set.of();
    private boolean started;
    private boolean closed;

    Crew(ClientFleet fleet) {
        this.fleet = fleet;
    }

    /// @return why they could not be started; empty when they are there, or no longer wanted
    synchronized Optional<String> start(Consumer<ClientEvent> listener) {
        if (closed) {
            return Optional.empty();
        }
        try {
            fleet.start(listener);
            started = true;
            return Optional.empty();
        } catch (LinkFault e) {
            return Optional.of(e.why());
        } catch (RuntimeException e) {
            return Optional.of("an error of the console itself: " + e);
        }
    }

    /// Empty where there are none, or where they do not answer.
    synchronized Optional<FleetReading> read() {
        try {
            return started && !closed ? Optional.of(fleet.read()) : Optional.empty();
        } catch (RuntimeException e) {
            LOG.warn("the clients could not be counted: {}", e.toString());
            return Optional.empty();
        }
    }

    /// See [ClientFleet#rest]; waits for nothing.
    ///
    /// @param background tells the fleet, which may have to wait for a count that is under way
    void rest(Set<String> nodes, Executor background) {
        resting = nodes;
        background.execute(this::tellWhoRests);
    }

    private synchronized void tellWhoRests() {
        if (started && !closed) {
            fleet.rest(resting);
        }
    }

    synchronized void close() {
        closed = true;
        fleet.close();
    }
}
