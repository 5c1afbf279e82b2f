package io.lockkeeper.demo;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.java_websocket.framing.CloseFrame;
import org.jspecify.annotations.Nullable;

/// One life of one node: its HTTP port from the start, its WebSocket port once ready. Cannot be started a second time. Safe from several threads.
final class NodeServer {
    private static final int TICK_MILLIS = 50;
    private static final Duration SLOW_HANDSHAKE = Duration.ofSeconds(8);
    private static final Duration LONGEST_STOP = Duration.ofMillis(500);

    private final NodeIdentity identity;
    private final NodeMetrics metrics = new NodeMetrics();
    private final NodeSockets sockets;
    private final NodeHttp http;
    private final ScheduledExecutorService clock;
    private @Nullable ScheduledFuture<?> ticks;
    private volatile boolean ready;

    /// @param wsPort, httpPort 0 for any
    NodeServer(NodeIdentity identity, int wsPort, int httpPort, SessionNotice.Listener listener, ScheduledExecutorService clock)
            throws IOException {
        this(identity, wsPort, httpPort, listener, clock, SLOW_HANDSHAKE);
    }

    NodeServer(NodeIdentity identity, int wsPort, int httpPort, SessionNotice.Listener listener, ScheduledExecutorService clock,
            Duration slowHandshake) throws IOException {
        this.identity = identity;
        this.clock = clock;
        sockets = new NodeSockets(wsPort, identity, metrics, listener, clock, slowHandshake);
        http = new NodeHttp(httpPort, this);
    }

    NodeIdentity identity() {
        return identity;
    }

    boolean ready() {
        return ready;
    }

    int connections() {
        return sockets.open();
    }

    List<NodeSession> sessions() {
        return sockets.sessions();
    }

    int wsPort() {
        return sockets.getPort();
    }

    int httpPort() {
        return http.port();
    }

    Map<String, List<String>> metrics(String labels) {
        return metrics.lines(labels, sockets.sessions().size());
    }

    /// Begins to serve; from now on ready.
    ///
    /// @throws IOException when the WebSocket port cannot be opened
    synchronized void open() throws IOException {
        sockets.start();
        try {
            sockets.started().join();
        } catch (CompletionException e) {
            throw new IOException(identity.name() + " cannot listen for WebSockets: " + e.getCause(), e);
        }
        try {
            ticks = clock.scheduleAtFixedRate(sockets::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            throw new IOException("the demo has ended", e);
        }
        ready = true;
    }

    /// Closes every session with the code and takes no new one; health says DOWN. The HTTP port stays until [#end].
    void closeAll(int code, String reason) {
        ready = false;
        sockets.sessions().forEach(session -> session.close(code, reason));
        stopSockets(reason);
    }

    /// Gone as after a power cut: no close frame, no answer.
    void kill() {
        ready = false;
        http.stop();
        sockets.getConnections().forEach(socket -> socket.closeConnection(CloseFrame.ABNORMAL_CLOSE, "killed"));
        stopSockets("killed");
    }

    /// Lets go of everything that is left.
    void end() {
        ready = false;
        http.stop();
        stopSockets("stopped");
    }

    private void stopSockets(String reason) {
        try {
            sockets.stopWithin(LONGEST_STOP, reason);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        synchronized (this) {
            if (ticks != null) {
                ticks.cancel(false);
            }
        }
    }
}
