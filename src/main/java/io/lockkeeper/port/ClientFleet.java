package io.lockkeeper.port;

import io.lockkeeper.domain.client.ClientEvent;
import io.lockkeeper.domain.client.FleetReading;
import java.util.Set;
import java.util.function.Consumer;

/// Real WebSocket clients that hold sessions of a service through its front door: sentinels, which stay connected and never close
/// themselves, and cyclers, which close and come back on purpose. From ten to ten thousand. Beside them probes, which now and
/// then connect to one named node, close, and come back there. Thread-safe.
public interface ClientFleet extends AutoCloseable {
    /// Lets every client connect and come back until the fleet is closed. Once only.
    ///
    /// @param listener called on the fleet's own threads, for one client always on the same and in order. It must return at once: what
    ///        it takes delays every client, and is seen as lag. What it throws is dropped
    /// @throws LinkFault permanent, when a secret or a certificate that the handshake needs cannot be read
    void start(Consumer<ClientEvent> listener) throws LinkFault;

    /// From now on the probes of these nodes stay away from them, and those of all others take their turns. Waits for nothing.
    ///
    /// @param nodes by name; others than those that are probed are passed over
    void rest(Set<String> nodes);

    /// Everything counted since the start, without the probes. Waits for the fleet's threads, at most some seconds; never to be called by the listener.
    FleetReading read();

    /// Says goodbye for every client, waits a moment for the service to answer, and leaves no session and no thread behind.
    @Override
    void close();
}
