package io.lockkeeper.main;

import io.lockkeeper.port.Time;
import java.time.Instant;

/// The clock of this computer.
final class SystemTime implements Time {
    @Override
    public Instant now() {
        return Instant.now();
    }

    @Override
    public long ticks() {
        return System.nanoTime();
    }
}
