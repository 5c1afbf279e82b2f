package io.lockkeeper.port;

import java.io.IOException;

/// Keeps `wayback-<run>.txt`: the literal commands of the way back, for the moment when this program is dead.
public interface WayBackFile {
    /// Durable when it returns.
    ///
    /// @return where it is, for the operator
    /// @throws IOException with one sentence that says where and why
    String write(String run, String text) throws IOException;
}
