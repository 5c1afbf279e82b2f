package io.lockkeeper.domain.trigger;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How long a condition has held. An evaluation speaks for the time since the one before it: time in which it is met is counted, time without
/// data stands still, and the clock goes back to zero when the condition is not met, or when there was no data for longer than the pause allows.
///
/// @param since when it was first met; `null` while it does not run
/// @param silent without data: in all while it runs, else at a stretch
public record Clock(@Nullable Instant since, Duration held, Duration silent) {
    static final Clock STOPPED = new Clock(null, Duration.ZERO, Duration.ZERO);

    boolean runs() {
        return since != null;
    }

    Clock met(Instant now, Duration elapsed) {
        return since == null ? new Clock(now, Duration.ZERO, Duration.ZERO) : new Clock(since, held.plus(elapsed), silent);
    }

    Clock noData(Duration elapsed, Duration pause) {
        var all = silent.plus(elapsed);
        return all.compareTo(pause) > 0 ? new Clock(null, Duration.ZERO, all) : new Clock(since, held, all);
    }

    boolean blind(Duration pause) {
        return silent.compareTo(pause) > 0;
    }

    /// `2:10 of 5:00`.
    String words(Duration holds) {
        return minutes(held) + " of " + minutes(holds);
    }

    private static String minutes(Duration time) {
        return time.toMinutes() + ":" + (time.toSecondsPart() < 10 ? "0" : "") + time.toSecondsPart();
    }
}
