package io.lockkeeper.adapter.websocket;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.java_websocket.WebSocket;
import org.java_websocket.drafts.Draft;
import org.java_websocket.exceptions.InvalidDataException;
import org.java_websocket.handshake.ClientHandshake;
import org.java_websocket.handshake.ServerHandshakeBuilder;
import org.java_websocket.server.WebSocketServer;
import org.jspecify.annotations.Nullable;

/// A real WebSocket server that does one thing wrong when a client comes back.
final class ScriptedNode extends WebSocketServer implements AutoCloseable {
    static final String TOKEN = "tok en/secret+1";

    /// What is said to a client: on each connection, the first one is 1.
    interface Script {
        void talk(WebSocket client, int connection) throws InvalidDataException;
    }

    private final CountDownLatch started = new CountDownLatch(1);
    private final AtomicInteger connections = new AtomicInteger();
    private final Script onHandshake;
    private final Script onFirst;
    final List<String> asked = new CopyOnWriteArrayList<>();
    final List<Integer> codes = new CopyOnWriteArrayList<>();

    ScriptedNode(Script onHandshake, Script onFirst) throws InterruptedException {
        super(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
        this.onHandshake = onHandshake;
        this.onFirst = onFirst;
        setReuseAddr(true);
        setDaemon(true);
        start();
        if (!started.await(5, TimeUnit.SECONDS)) {
            throw new IllegalStateException("did not start");
        }
    }

    /// Greets as the contract says, then goes on with `numbers`.
    static void greet(WebSocket client, String kind, String session, long... numbers) {
        client.send("{\"session\":\"" + session + "\",\"token\":\"" + TOKEN + "\",\"node\":\"ws-1\",\"kind\":\"" + kind + "\"}");
        for (long number : numbers) {
            client.send("{\"seq\":" + number + ",\"body\":\"x\"}");
        }
    }

    /// Good on the first connection, then as the script says.
    static ScriptedNode onReturn(Script script) throws InterruptedException {
        return new ScriptedNode((_, _) -> {
        }, (client, connection) -> {
            if (connection == 1) {
                greet(client, "new", "s-1", 1, 2);
            } else {
                script.talk(client, connection);
            }
        });
    }

    @Override
    public ServerHandshakeBuilder onWebsocketHandshakeReceivedAsServer(WebSocket client, Draft draft, ClientHandshake request)
            throws InvalidDataException {
        int connection = connections.incrementAndGet();
        asked.add(request.getResourceDescriptor());
        client.setAttachment(connection);
        onHandshake.talk(client, connection);
        return super.onWebsocketHandshakeReceivedAsServer(client, draft, request);
    }

    @Override
    public void onOpen(WebSocket client, ClientHandshake handshake) {
        if (handshake.getResourceDescriptor().contains("resume=")) {
            talk(client);
        }
    }

    @Override
    public void onMessage(WebSocket client, String message) {
        asked.add(message);
        talk(client);
    }

    private void talk(WebSocket client) {
        try {
            onFirst.talk(client, client.<Integer>getAttachment());
        } catch (InvalidDataException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void onClose(WebSocket client, int code, @Nullable String reason, boolean remote) {
        codes.add(code);
    }

    @Override
    public void onError(@Nullable WebSocket client, Exception e) {}

    @Override
    public void onStart() {
        started.countDown();
    }

    @Override
    public void close() {
        try {
            stop(100);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
