package io.lockkeeper.lab;

import io.lockkeeper.port.Time;
import java.time.Instant;

/// The clock of this computer, for tests of real things.
public final class RealTime implements Time {
    @Override
    public Instant now() {
        return Instant.now();
    }

    @Override
    public long ticks() {
        return System.nanoTime();
    }
}
