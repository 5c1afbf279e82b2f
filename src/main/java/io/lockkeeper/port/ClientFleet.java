package io.lockkeeper.port;

import io.lockkeeper.domain.client.ClientEvent;
import io.lockkeeper.domain.client.FleetReading;
import java.util.function.Consumer;

/// Real WebSocket clients that hold sessions of a service through its front door: sentinels, which stay connected and never close
/// themselves, and cyclers, which close and come back on purpose. From ten to ten thousand. Thread-safe.
public interface ClientFleet extends AutoCloseable {
    /// Lets every client connect and come back until the fleet is closed. Once only.
    ///
    /// @param listener called on the fleet's own threads, for one client always on the same and in order. It must return at once: what
    ///        it takes delays every client, and is seen as lag. What it throws is dropped
    /// @throws LinkFault permanent, when a secret or a certificate that the handshake needs cannot be read
    void start(Consumer<ClientEvent> listener) throws LinkFault;

    /// Everything counted since the start. Waits for the fleet's threads, at most some seconds; never to be called by the listener.
    FleetReading read();

    /// Says goodbye for every client, waits a moment for the service to answer, and leaves no session and no thread behind.
    @Override
    void close();
}
