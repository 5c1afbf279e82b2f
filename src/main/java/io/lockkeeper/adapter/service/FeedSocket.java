package io.lockkeeper.adapter.service;

import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.java_websocket.client.WebSocketClient;
import org.java_websocket.drafts.Draft_6455;
import org.java_websocket.framing.CloseFrame;
import org.java_websocket.handshake.ServerHandshake;
import org.java_websocket.protocols.Protocol;
import org.jspecify.annotations.Nullable;

/// One connection to a feed, once used; what it hears goes into a queue. The library's reconnect and lost-connection detection stay off.
final class FeedSocket extends WebSocketClient {
    private static final int LARGEST_MESSAGE = 1024 * 1024;
    private static final Pattern STATUS = Pattern.compile("Invalid status code received: (\\d{3})");

    sealed interface Heard {
        record Text(String text) implements Heard {}

        record Ended(String why, boolean permanent) implements Heard {}
    }

    private final BlockingQueue<Heard> heard;
    private final String shown;
    private volatile boolean opened;
    private volatile @Nullable Exception failure;

    FeedSocket(URI address, String authorization, int connectMillis, BlockingQueue<Heard> heard) {
        super(address, new Draft_6455(List.of(), List.of(new Protocol("")), LARGEST_MESSAGE),
                Map.of("Authorization", authorization),
                connectMillis);
        this.heard = heard;
        this.shown = address.toString();
        setConnectionLostTimeout(0);
        setDaemon(true);
    }

    /// Cuts the connection, whatever state it is in.
    void cut() {
        closeConnection(CloseFrame.NORMAL, "");
    }

    @Override
    public void onOpen(ServerHandshake handshake) {
        opened = true;
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
        tell(opened ? closed(code) : notOpened(String.valueOf(reason)));
    }

    private void tell(Heard what) {
        if (!heard.offer(what)) { // too far behind to be told everything: begin anew
            heard.clear();
            heard.add(new Heard.Ended("events came faster than they could be taken in", false));
        }
    }

    private Heard closed(int code) {
        return new Heard.Ended(code == CloseFrame.ABNORMAL_CLOSE || code < 0
                ? "the connection to " + shown + " was cut off"
                : shown + " closed the connection with " + code, false);
    }

    private Heard notOpened(String reason) {
        var status = STATUS.matcher(reason);
        if (status.find()) {
            return switch (status.group(1)) {
                case "401", "403" -> new Heard.Ended("wrong credentials for " + shown + ": HTTP " + status.group(1), true);
                case "404" -> new Heard.Ended(shown + " does not exist there: HTTP 404", true);
                default -> new Heard.Ended(shown + " refused the handshake: HTTP " + status.group(1), false);
            };
        }
        return switch (failure) {
            case ConnectException _ -> new Heard.Ended("connection refused: " + shown, false);
            case UnknownHostException _ -> new Heard.Ended("the host of " + shown + " is not known", false);
            case SSLException _ -> new Heard.Ended("no trusted TLS connection to " + shown, true);
            case null, default -> new Heard.Ended("no WebSocket connection to " + shown, false);
        };
    }
}
