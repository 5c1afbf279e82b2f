package io.lockkeeper.app.simulation;

import io.lockkeeper.domain.fleet.Sight;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What reading one endpoint once a second has shown last. Worked out only when somebody asks, so that time may pass in one leap.
final class Polled<T> {
    private static final long PERIOD = Model.BETWEEN_READINGS.toNanos();

    private final VirtualTime time;
    private final long phase;
    private final Supplier<Optional<T>> truth;
    private final String why;
    /// What was read last before the truth changed.
    private Sight<T> frozen;
    /// Only what is read from this tick on shows the present truth.
    private long from;
    private long readAlsoAt;
    private boolean known;
    private @Nullable T now;

    /// @param truth what a reading shows now; empty where the endpoint does not answer
    /// @param why what is told then
    Polled(VirtualTime time, Duration phase, Supplier<Optional<T>> truth, String why) {
        this.time = time;
        this.phase = phase.toNanos();
        this.truth = truth;
        this.why = why;
        this.frozen = Sight.never(time.now());
        this.from = time.ticks();
        this.readAlsoAt = time.ticks();
    }

    private long lastRead() {
        long now = time.ticks();
        return Math.max(readAlsoAt, now - Math.floorMod(now - phase, PERIOD));
    }

    /// To be called before the truth changes.
    void beforeChange() {
        if (lastRead() >= from) {
            frozen = sight();
        }
        from = time.ticks() + 1;
        known = false;
    }

    /// Reads out of turn.
    void readNow() {
        readAlsoAt = time.ticks();
        from = Math.min(from, time.ticks());
    }

    Sight<T> sight() {
        long at = lastRead();
        if (at < from) {
            return frozen;
        }
        if (!known) {
            now = truth.get().orElse(null);
            known = true;
        }
        return now == null ? frozen.lost(why, time.wallAt(from)) : new Sight.Seen<>(now, time.wallAt(at));
    }
}
