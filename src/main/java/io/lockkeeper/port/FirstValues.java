package io.lockkeeper.port;

import java.io.IOException;
import java.time.Instant;
import java.util.Map;

/// When each signal of `metrics` had its first value; survives the console.
public interface FirstValues {
    /// By what tells the signal; empty where nothing was written yet.
    Map<String, Instant> read() throws IOException;

    /// Replaces what was written before; on disk when it returns.
    void write(Map<String, Instant> all) throws IOException;
}
