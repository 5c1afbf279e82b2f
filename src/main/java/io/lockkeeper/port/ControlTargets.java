package io.lockkeeper.port;

import java.time.Duration;
import java.util.List;

/// Targets outside the service that tell whether this computer's own network works. Thread-safe.
public interface ControlTargets {
    /// None where an environment file names none.
    ControlTargets NONE = new ControlTargets() {
        @Override
        public List<String> targets() {
            return List.of();
        }

        @Override
        public void ask(String target, Duration limit) throws LinkFault {
            throw LinkFault.permanent("no control target " + target);
        }
    };

    /// Addresses without secrets, as written in the environment file.
    List<String> targets();

    /// Asks one of them once, on a connection of its own, and returns when it has answered. Blocks on the caller's (virtual) thread.
    ///
    /// @throws LinkFault when it has not within `limit`, names and TLS included
    void ask(String target, Duration limit) throws LinkFault, InterruptedException;
}
