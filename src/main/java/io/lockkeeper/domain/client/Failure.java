package io.lockkeeper.domain.client;

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

    public static Failure of(Cause cause) {
        return new Failure(cause, 0);
    }
}
