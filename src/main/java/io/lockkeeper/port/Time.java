package io.lockkeeper.port;

import java.time.Instant;

/// The only clock. Thread-safe.
public interface Time {
    /// Wall time; may jump.
    Instant now();

    /// Monotonic nanoseconds from an arbitrary origin; never jumps back. Durations use this.
    long ticks();
}
