package io.lockkeeper.demo;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A WebSocket client that keeps what it hears.
final class TestSession implements WebSocket.Listener {
    static final HttpClient HTTP = HttpClient.newHttpClient();

    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final StringBuilder text = new StringBuilder();
    private @Nullable WebSocket socket;

    private TestSession() {}

    /// @throws java.net.http.WebSocketHandshakeException (sneaked out of the future) when it is refused
    static TestSession open(String address, String... headers) throws Throwable {
        try {
            return opening(address, headers).get(10, TimeUnit.SECONDS);
        } catch (java.util.concurrent.ExecutionException e) {
            var cause = e.getCause();
            throw cause instanceof CompletionException && cause.getCause() != null ? cause.getCause() : cause == null ? e : cause;
        }
    }

    static CompletableFuture<TestSession> opening(String address, String... headers) {
        var session = new TestSession();
        var builder = HTTP.newWebSocketBuilder();
        for (int i = 0; i < headers.length; i += 2) {
            builder.header(headers[i], headers[i + 1]);
        }
        return builder.buildAsync(URI.create(address), session).thenApply(opened -> {
            session.socket = opened;
            return session;
        });
    }

    static TestSession hello(String address) throws Throwable {
        var session = open(address);
        session.say("{\"hello\":true}");
        return session;
    }

    void say(String words) throws Exception {
        if (socket != null) {
            socket.sendText(words, true).get(5, TimeUnit.SECONDS);
        }
    }

    JsonNode next() throws InterruptedException {
        var message = heard.poll(5, TimeUnit.SECONDS);
        if (message == null) {
            throw new AssertionError("nothing heard for 5 s");
        }
        return Json.parseObject(message);
    }

    /// Everything heard so far and not taken yet.
    int waiting() {
        return heard.size();
    }

    /// Close code that the server sent, 1006 where the connection just ended.
    int closeCode() throws Exception {
        return closed.get(5, TimeUnit.SECONDS);
    }

    void leave() {
        if (socket != null) {
            socket.abort();
        }
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean whole) {
        text.append(data);
        if (whole) {
            heard.add(text.toString());
            text.setLength(0);
        }
        from.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        closed.complete(code);
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        closed.complete(1006);
    }
}
