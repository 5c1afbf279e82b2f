package io.lockkeeper.adapter.websocket;

import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.java_websocket.client.WebSocketClient;
import org.java_websocket.drafts.Draft_6455;
import org.java_websocket.exceptions.WebsocketNotConnectedException;
import org.java_websocket.framing.CloseFrame;
import org.java_websocket.handshake.ServerHandshake;
import org.java_websocket.protocols.Protocol;
import org.jspecify.annotations.Nullable;

/// One attempt to connect, once used. What it hears is taken by one thread, in order; the library's own reconnect and lost-connection
/// detection are never used.
final class ProbeSocket extends WebSocketClient {
    private static final int LARGEST_MESSAGE = 1024 * 1024;
    private static final int MOST_WAITING = 10_000;
    private static final Pattern STATUS = Pattern.compile("Invalid status code received: (\\d{3})");

    sealed interface Heard {
        record Opened() implements Heard {}

        record Text(String text) implements Heard {}

        /// @param met how it ended, in words
        record Ended(String met) implements Heard {}
    }

    private final BlockingQueue<Heard> heard = new LinkedBlockingQueue<>(MOST_WAITING);
    private volatile boolean opened;
    private volatile @Nullable Exception failure;

    ProbeSocket(URI address, Duration connectLimit) {
        super(address, new Draft_6455(List.of(), List.of(new Protocol("")), LARGEST_MESSAGE), null,
                Math.toIntExact(connectLimit.toMillis()));
        setConnectionLostTimeout(0);
        setTcpNoDelay(true);
        setDaemon(true);
    }

    /// The next thing heard, `null` when nothing came in time.
    @Nullable
    Heard next(Duration limit) throws InterruptedException {
        return heard.poll(Math.max(1, limit.toMillis()), TimeUnit.MILLISECONDS);
    }

    /// Sends the close frame and reads on until the node has closed. The library's own close lets go of the socket as soon as anything
    /// else comes in, now and then before its frame has left, and the node would see 1006.
    void sayGoodbye() {
        var frame = new CloseFrame();
        frame.setCode(CloseFrame.NORMAL);
        try {
            sendFrame(frame);
        } catch (WebsocketNotConnectedException _) {
            // the node was quicker
        }
    }

    /// Cuts the connection, whatever state it is in.
    void cut() {
        closeConnection(CloseFrame.NORMAL, "");
    }

    @Override
    public void onOpen(ServerHandshake handshake) {
        opened = true;
        tell(new Heard.Opened());
    }

    @Override
    public void onMessage(String message) {
        tell(new Heard.Text(message));
    }

    @Override
    public void onError(Exception e) {
        failure = e;
    }

    @Override
    public void onClose(int code, String reason, boolean remote) {
        tell(new Heard.Ended(opened ? closed(code, reason) : notOpened(code, String.valueOf(reason))));
    }

    private void tell(Heard what) {
        if (!heard.offer(what)) {
            heard.clear(); // a node that floods: the gap in the numbers will tell
            heard.add(what);
        }
    }

    private static String closed(int code, @Nullable String reason) {
        var words = reason == null || reason.isEmpty() || code == CloseFrame.ABNORMAL_CLOSE
                ? ""
                : " \"" + printable(reason) + "\"";
        return "closed " + (code == CloseFrame.ABNORMAL_CLOSE || code < 0 ? "1006 (no close frame)" : code + words);
    }

    private String notOpened(int code, String reason) {
        var status = STATUS.matcher(reason);
        if (status.find()) {
            return "handshake refused: HTTP " + status.group(1);
        }
        return switch (failure) {
            case ConnectException _ -> "connection refused";
            case SocketTimeoutException _ -> "no TCP connection in time";
            case UnknownHostException _ -> "the host is not known";
            case SSLException _ -> "no trusted TLS connection";
            case null, default -> code == CloseFrame.PROTOCOL_ERROR
                    ? "handshake refused: not a WebSocket answer"
                    : "the connection ended during the handshake";
        };
    }

    private static String printable(String text) {
        var plain = text.replaceAll("\\p{Cntrl}", " ");
        return plain.length() > 120 ? plain.substring(0, 120) + "..." : plain;
    }
}
