package io.lockkeeper.domain.signal;

import java.time.Instant;

/// What one probe met when it came back to its node.
///
/// @param what makes it plain: the cause, the node that answered, the messages that are missing; empty where nothing more is to be said
public record ProbeOutcome(Kind kind, Instant at, String what) {
    public enum Kind {
        /// On the named node, with its session and every message, as far as the service says.
        RESUMED,
        /// With its session, and messages are missing or came twice.
        INCOMPLETE,
        /// The node gave it a new session instead of its own.
        NEW_SESSION,
        /// An answer, and it was no.
        REFUSED,
        /// Another node than the named one answered: nothing is known of that one.
        ANOTHER_NODE, NO_ANSWER
    }

    public boolean good() {
        return kind == Kind.RESUMED;
    }

    /// `resumed`, `REFUSED: HTTP 503`, `ANSWERED BY ws-2`.
    public String words() {
        return switch (kind) {
            case RESUMED -> "resumed";
            case INCOMPLETE -> "RESUMED WITH GAPS: " + what;
            case NEW_SESSION -> "NOT RESUMED: a new session";
            case REFUSED -> "REFUSED: " + what;
            case ANOTHER_NODE -> "ANSWERED BY " + what;
            case NO_ANSWER -> "NO ANSWER: " + what;
        };
    }
}
