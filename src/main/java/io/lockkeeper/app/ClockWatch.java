package io.lockkeeper.app;

import io.lockkeeper.port.Time;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Notices that nobody looked: a clock that was set, a computer that slept and a process that was stopped come to the same. One thread.
final class ClockWatch {
    /// @param by how far the clock was set and how long nobody looked, together
    /// @param away how long nobody looked
    record Jump(Duration by, Duration away) {}

    private static final Duration DRIFT = Duration.ofSeconds(2);
    private final Time time;
    private final Duration longestPause;
    private long origin;
    private long lookedAt;

    /// @param longestPause between two looks when everything is as it should be
    ClockWatch(Time time, Duration longestPause) {
        this.time = time;
        this.longestPause = longestPause;
        this.origin = drift();
        this.lookedAt = time.ticks();
    }

    private long drift() {
        return TimeUnit.MILLISECONDS.toNanos(time.now().toEpochMilli()) - time.ticks();
    }

    /// To be called before anything is concluded from the time.
    Optional<Jump> look() {
        long drifted = drift() - origin;
        long gap = time.ticks() - lookedAt;
        lookedAt += gap;
        boolean jumped = Math.abs(drifted) > DRIFT.toNanos();
        boolean missed = gap > DRIFT.plus(longestPause).toNanos();
        if (!jumped && !missed) {
            return Optional.empty();
        }
        origin += drifted;
        return Optional.of(new Jump(Duration.ofNanos((jumped ? drifted : 0) + (missed ? gap : 0)), Duration.ofNanos(gap)));
    }
}
