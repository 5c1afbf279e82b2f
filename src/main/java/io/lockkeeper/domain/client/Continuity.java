package io.lockkeeper.domain.client;

/// What a client that came back still had.
///
/// @param session whether it is the session it had before
/// @param lost messages that never came, by their numbers
/// @param duplicated messages that came again, by their numbers
public record Continuity(SessionKept session, long lost, long duplicated) {
    public enum SessionKept {
        SAME, LOST,
        /// The service does not say.
        UNKNOWN
    }

    /// Where the service says nothing of sessions and does not number its messages.
    public static final Continuity UNKNOWN = new Continuity(SessionKept.UNKNOWN, 0, 0);
}
