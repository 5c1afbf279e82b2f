package io.lockkeeper.demo;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import org.java_websocket.WebSocket;
import org.java_websocket.WebSocketImpl;
import org.java_websocket.exceptions.WebsocketNotConnectedException;
import org.java_websocket.framing.CloseFrame;
import org.java_websocket.handshake.ClientHandshake;
import org.java_websocket.server.WebSocketServer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The event feed: everyone who is connected gets every event, in one order. Safe from several threads.
final class EventHub extends WebSocketServer implements HandshakeGate {
    private static final Logger LOG = LoggerFactory.getLogger(EventHub.class);
    private static final int MOST_UNREAD = 10_000;

    private final BearerToken token;
    private final String instance;
    private final Set<WebSocket> listeners = ConcurrentHashMap.newKeySet();
    private final CompletableFuture<Integer> started = new CompletableFuture<>();
    private long last;

    EventHub(BearerToken token, String instance, ScheduledExecutorService clock) {
        super(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
        this.token = token;
        this.instance = instance;
        setReuseAddr(true);
        setTcpNoDelay(true);
        setDaemon(true);
        setWebSocketFactory(new GatedSocket.Factory(this, clock));
    }

    int awaitPort() {
        return started.join();
    }

    @Override
    public Verdict judge(String resource, String authorization) {
        if (!token.admits(authorization)) {
            return new Refuse(401, "bearer token required");
        }
        return resource.equals("/feed") ? PASS : new Refuse(404, "expected /feed");
    }

    /// Number of the last event.
    synchronized long last() {
        return last;
    }

    synchronized void publish(Map<String, @Nullable Object> event) {
        last++;
        send(event);
    }

    /// A sign of life, with the number of the last event.
    synchronized void heartbeat() {
        send(Json.object("type", "heartbeat"));
    }

    private void send(Map<String, @Nullable Object> event) {
        if (!listeners.isEmpty()) {
            var text = numbered(event);
            listeners.forEach(socket -> send(socket, text));
        }
    }

    private String numbered(Map<String, @Nullable Object> event) {
        var message = Json.object("n", last, "at", Instant.now().toString());
        message.putAll(event);
        return Json.text(message);
    }

    private static void send(WebSocket socket, String text) {
        if (((WebSocketImpl) socket).outQueue.size() > MOST_UNREAD) {
            socket.closeConnection(CloseFrame.ABNORMAL_CLOSE, "does not read");
            return;
        }
        try {
            socket.send(text);
        } catch (WebsocketNotConnectedException _) {
            // it leaves through onClose
        }
    }

    @Override
    public synchronized void onOpen(WebSocket socket, ClientHandshake handshake) {
        send(socket, numbered(Json.object("type", "hello", "instance", instance)));
        listeners.add(socket);
        if (socket.isClosed()) {
            listeners.remove(socket);
        }
    }

    @Override
    public void onClose(WebSocket socket, int code, String reason, boolean remote) {
        listeners.remove(socket);
    }

    @Override
    public void onMessage(WebSocket socket, String text) {
        // the feed only talks
    }

    @Override
    public void onError(@Nullable WebSocket socket, Exception e) {
        if (!started.completeExceptionally(e)) {
            LOG.debug("a feed connection failed: {}", e.toString());
        }
    }

    @Override
    public void onStart() {
        started.complete(getPort());
    }
}
