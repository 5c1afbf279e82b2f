package io.lockkeeper.domain.client;

import java.util.Set;

/// Why an attempt to connect did not give a session.
///
/// @param status HTTP status of the refused handshake, or close code of a connection that was closed before its first message; 0 for
///        causes that have neither
public record Failure(Cause cause, int status) {
    public enum Cause {
        REFUSED, UNREACHABLE, UNKNOWN_HOST, TLS,
        /// Nobody answered within the handshake limit.
        TIMEOUT,
        /// The connection ended during the handshake.
        CUT,
        /// An HTTP answer other than 101.
        STATUS,
        /// An answer that is not a WebSocket handshake, or no readable first message.
        NONSENSE,
        /// Connected, then closed before the first message.
        CLOSED
    }

    /// They say something about the moment or about who asks, and nothing about the session.
    private static final Set<Integer> NOT_ABOUT_THE_SESSION = Set.of(401, 403, 407, 408, 425, 429);
    private static final int CLOSE_TO_HTTP = 4000;

    /// `refused`, `HTTP 503`, `closed 1013`.
    public String words() {
        return switch (cause) {
            case REFUSED -> "refused";
            case UNREACHABLE -> "unreachable";
            case UNKNOWN_HOST -> "unknown host";
            case TLS -> "TLS";
            case TIMEOUT -> "time-out";
            case CUT -> "cut off";
            case STATUS -> "HTTP " + status;
            case NONSENSE -> "nonsense";
            case CLOSED -> "closed " + status;
        };
    }

    /// Whether what the client came back with is worth no further attempt: HTTP 4xx, or a close code 44xx, which says what 4xx does.
    public boolean refusesTheSession() {
        int code = cause == Cause.CLOSED ? status - CLOSE_TO_HTTP : status;
        return (cause == Cause.STATUS || cause == Cause.CLOSED) && code >= 400 && code <= 499
                && !NOT_ABOUT_THE_SESSION.contains(code);
    }

    public static Failure of(Cause cause) {
        return new Failure(cause, 0);
    }
}
