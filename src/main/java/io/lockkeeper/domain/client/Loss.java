package io.lockkeeper.domain.client;

/// How a connection of ours ended.
///
/// @param code close code that the peer sent; 1006 where it sent none
public record Loss(Way way, int code) {
    public enum Way {
        /// The peer sent a close frame.
        CLOSED,
        /// The connection was reset, or ended without a close frame.
        CUT,
        /// Nothing was heard for longer than the silence limit; the client gave the connection up.
        SILENT,
        /// The client itself closed it on purpose, to come back.
        ON_PURPOSE,
        /// The peer broke the protocol, and the client closed the connection for it.
        NONSENSE
    }

    /// No close frame was seen.
    public static final int ABNORMAL = 1006;

    public Loss {
        if (way != Way.CLOSED && code != ABNORMAL) {
            throw new IllegalArgumentException(way + " has no close code of the peer: " + code);
        }
    }

    /// `closed 1012`, `cut off`.
    public String words() {
        return switch (way) {
            case CLOSED -> "closed " + code;
            case CUT -> "cut off";
            case SILENT -> "silent";
            case ON_PURPOSE -> "on purpose";
            case NONSENSE -> "nonsense";
        };
    }

    public static Loss closed(int code) {
        return new Loss(Way.CLOSED, code);
    }

    public static Loss of(Way way) {
        return new Loss(way, ABNORMAL);
    }
}
