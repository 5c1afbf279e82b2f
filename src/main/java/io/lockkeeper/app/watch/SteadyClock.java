package io.lockkeeper.app.watch;

import io.lockkeeper.port.Time;
import java.time.Duration;
import java.time.Instant;

/// The time that our clients stamp with: the wall's at the start, and the ticks since. Setting the wall clock changes nothing of it.
final class SteadyClock {
    private final Time time;
    private final Instant origin;
    private final long start;

    SteadyClock(Time time) {
        this.time = time;
        origin = time.now();
        start = time.ticks();
    }

    Instant now() {
        return origin.plusNanos(time.ticks() - start);
    }

    /// What is to be added to a time of the wall clock.
    Duration ahead() {
        return Duration.between(time.now(), now());
    }
}
