package io.lockkeeper.lab;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.java_websocket.client.WebSocketClient;
import org.java_websocket.handshake.ServerHandshake;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// A real client of the service: keeps its session over reconnections and checks that no message is lost or comes twice.
public final class LabClient implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private final String front;
    private final Thread thread;
    private volatile boolean closed;
    private volatile @Nullable Connection connection;
    private volatile String token = "";
    private volatile String node = "";
    private long last;
    private volatile long lost;
    private volatile long twice;
    private volatile long lostSessions;
    private volatile long connects;

    public LabClient(String front) {
        this.front = front;
        this.thread = Thread.ofPlatform().daemon().name("lab client").start(this::live);
    }

    private void live() {
        try {
            while (!closed) {
                var query = token.isEmpty()
                        ? ""
                        : "?resume=" + URLEncoder.encode(token, StandardCharsets.UTF_8) + "&last=" + last;
                var next = new Connection(URI.create(front + query));
                connection = next;
                if (next.connectBlocking(15, TimeUnit.SECONDS)) {
                    if (token.isEmpty()) {
                        next.send("{\"hello\":true}");
                    }
                    next.ended.await();
                }
                TimeUnit.MILLISECONDS.sleep(ThreadLocalRandom.current().nextInt(100, 800));
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void heard(String text) {
        var message = JSON.readTree(text);
        if (message.has("session")) {
            connects++;
            node = message.path("node").asString();
            if (message.path("kind").asString().equals("lost")) {
                lostSessions++;
                last = message.path("seq").asLong();
            } else if (token.isEmpty()) {
                last = message.path("seq").asLong();
            }
            token = message.path("token").asString();
        } else if (message.has("body")) {
            long seq = message.path("seq").asLong();
            if (seq <= last) {
                twice++;
            } else {
                lost += seq - last - 1;
                last = seq;
            }
        }
    }

    public String node() {
        return node;
    }

    public boolean connected() {
        var current = connection;
        return current != null && current.isOpen() && !token.isEmpty();
    }

    public long lostMessages() {
        return lost;
    }

    public long repeatedMessages() {
        return twice;
    }

    public long lostSessions() {
        return lostSessions;
    }

    public long connects() {
        return connects;
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        var current = connection;
        if (current != null) {
            current.close();
        }
    }

    private final class Connection extends WebSocketClient {
        private final CountDownLatch ended = new CountDownLatch(1);

        Connection(URI uri) {
            super(uri);
            setConnectionLostTimeout(5);
        }

        @Override
        public void onOpen(ServerHandshake handshake) {}

        @Override
        public void onMessage(String message) {
            heard(message);
        }

        @Override
        public void onClose(int code, String reason, boolean remote) {
            ended.countDown();
        }

        @Override
        public void onError(Exception e) {}
    }
}
