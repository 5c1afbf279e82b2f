package io.lockkeeper.demo;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.java_websocket.WebSocket;
import org.java_websocket.WebSocketAdapter;
import org.java_websocket.WebSocketImpl;
import org.java_websocket.drafts.Draft;
import org.java_websocket.framing.CloseFrame;
import org.java_websocket.server.DefaultWebSocketServerFactory;

/// A server-side socket that asks a [HandshakeGate] first. A handshake that must wait is put aside, so it holds up no thread.
final class GatedSocket extends WebSocketImpl {
    private static final int LONGEST_HEAD = 16 * 1024;

    private final Factory owner;
    private final ByteArrayOutputStream head = new ByteArrayOutputStream();
    private volatile boolean judged;

    private GatedSocket(WebSocketAdapter server, List<Draft> drafts, Factory owner) {
        super(server, drafts);
        this.owner = owner;
    }

    @Override
    public void decode(ByteBuffer bytes) {
        if (judged) {
            super.decode(bytes);
            return;
        }
        var copy = new byte[bytes.remaining()];
        bytes.get(copy);
        head.writeBytes(copy);
        var text = head.toString(StandardCharsets.ISO_8859_1);
        if (text.contains("\r\n\r\n")) {
            judged = true;
            settle(owner.gate.judge(resource(text), header(text, "authorization")));
        } else if (text.length() > LONGEST_HEAD) {
            judged = true;
            refuse(431, "request head too long");
        }
    }

    @Override
    public synchronized void closeConnection(int code, String message, boolean remote) {
        owner.waiting.remove(this);
        owner.unclosed.remove(this);
        super.closeConnection(code, message, remote);
    }

    private void settle(HandshakeGate.Verdict verdict) {
        var whole = ByteBuffer.wrap(head.toByteArray());
        switch (verdict) {
            case HandshakeGate.Pass(var after) when after.isZero() -> pass(whole);
            case HandshakeGate.Pass(var after) -> later(whole, after.toMillis());
            case HandshakeGate.Refuse(int status, var reason) -> refuse(status, reason);
        }
    }

    private void later(ByteBuffer whole, long millis) {
        var _ = owner.clock.schedule(() -> pass(whole), millis, TimeUnit.MILLISECONDS);
    }

    private void pass(ByteBuffer whole) {
        if (owner.closed) {
            closeConnection(CloseFrame.NEVER_CONNECTED, "the server stops");
        } else {
            owner.waiting.remove(this);
            super.decode(whole);
        }
    }

    private void refuse(int status, String reason) {
        var answer = "HTTP/1.1 " + status + " " + reason + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
        try {
            getChannel().write(ByteBuffer.wrap(answer.getBytes(StandardCharsets.US_ASCII))); // fits a fresh socket's buffer
        } catch (IOException _) {
            // the client is gone: nobody to tell
        }
        closeConnection(CloseFrame.NEVER_CONNECTED, reason);
    }

    private static String resource(String head) {
        var parts = head.split(" ", 3);
        return parts.length < 3 ? "/" : parts[1];
    }

    private static String header(String head, String name) {
        return head.lines().filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).strip()).findFirst().orElse("");
    }

    /// Gives every connection of a server such a socket, and knows those that the library forgets: before their handshake, and in the middle of it when
    /// the server stops.
    static final class Factory extends DefaultWebSocketServerFactory {
        private final HandshakeGate gate;
        private final ScheduledExecutorService clock;
        private final Set<GatedSocket> waiting = ConcurrentHashMap.newKeySet();
        private final Set<GatedSocket> unclosed = ConcurrentHashMap.newKeySet();
        private volatile boolean closed;

        Factory(HandshakeGate gate, ScheduledExecutorService clock) {
            this.gate = gate;
            this.clock = clock;
        }

        @Override
        public WebSocketImpl createWebSocket(WebSocketAdapter server, Draft draft) {
            return createWebSocket(server, List.of(draft));
        }

        @Override
        public WebSocketImpl createWebSocket(WebSocketAdapter server, List<Draft> drafts) {
            var socket = new GatedSocket(server, drafts, this);
            waiting.add(socket);
            unclosed.add(socket);
            return socket;
        }

        /// Ends those that wait for their handshake. The library calls this when it has only begun to say goodbye to the others.
        @Override
        public void close() {
            closed = true;
            waiting.forEach(socket -> socket.closeConnection(CloseFrame.NEVER_CONNECTED, "the server stops"));
        }

        /// Whether it was closed, however far it had come.
        boolean hasEnded(WebSocket socket) {
            return !(socket instanceof GatedSocket) || !unclosed.contains(socket);
        }

        /// Ends every connection that has not ended, however far it came.
        void cut(String reason) {
            close();
            unclosed.forEach(socket -> socket.closeConnection(CloseFrame.ABNORMAL_CLOSE, reason));
        }
    }
}
