package io.lockkeeper.port;

import io.lockkeeper.domain.run.RunEvent;

/// Turns run events into journal bodies and back. Thread-safe.
public interface RunEvents {
    /// The event's type and version as the journal names it.
    record Encoded(String type, int version, String body) {}

    Encoded encode(RunEvent event);

    /// @throws UnknownEvent when this release does not know the type or its version: the run is shown read-only
    RunEvent decode(Encoded encoded) throws UnknownEvent;

    final class UnknownEvent extends Exception {
        private static final long serialVersionUID = 1L;

        public UnknownEvent(String message) {
            super(message);
        }

        public UnknownEvent(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
