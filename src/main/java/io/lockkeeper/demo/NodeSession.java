package io.lockkeeper.demo;

import java.time.Instant;
import org.java_websocket.WebSocket;
import org.java_websocket.exceptions.WebsocketNotConnectedException;
import org.java_websocket.framing.CloseFrame;

/// One client session while it is on this node. Its messages follow from its start alone: number n exists from start + n × 200 ms on. So any node
/// can send what another has not, and nothing is lost or sent twice.
final class NodeSession {
    static final int MILLIS_PER_MESSAGE = 200;
    private static final int AT_ONCE = 500;

    private final SessionToken token;
    private final WebSocket socket;
    private final boolean resumed;
    private final Instant since;
    private long last;
    private volatile int sentCode;

    /// @param last number of the last message that the client has
    NodeSession(SessionToken token, WebSocket socket, boolean resumed, long last, Instant since) {
        this.token = token;
        this.socket = socket;
        this.resumed = resumed;
        this.last = last;
        this.since = since;
    }

    String id() {
        return token.session();
    }

    boolean resumed() {
        return resumed;
    }

    Instant since() {
        return since;
    }

    synchronized long last() {
        return last;
    }

    /// False from the moment it is being closed.
    boolean open() {
        return socket.isOpen();
    }

    void close(int code, String reason) {
        sentCode = code;
        socket.close(code, reason);
    }

    /// The close code that counts: ours where we closed, else the client's. (The library says 1006 where the client hangs up before it has read
    /// our close frame's echo.)
    int closeCode(int seen) {
        return sentCode != 0 ? sentCode : seen <= 0 ? CloseFrame.ABNORMAL_CLOSE : seen;
    }

    /// Sends what is due; waits for its next call while the client does not read.
    synchronized void sendDue(long now) {
        long due = Math.min((now - token.start()) / MILLIS_PER_MESSAGE, last + AT_ONCE);
        if (last >= due || socket.hasBufferedData()) {
            return;
        }
        try {
            while (last < due) {
                long next = last + 1;
                socket.send("{\"seq\":" + next + ",\"body\":\"message " + next + "\"}");
                last = next;
            }
        } catch (WebsocketNotConnectedException _) {
            // its end is reported by the server
        }
    }
}
