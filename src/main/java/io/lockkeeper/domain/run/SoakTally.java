package io.lockkeeper.domain.run;

import io.lockkeeper.domain.fleet.Fleet;
import io.lockkeeper.domain.signal.Reading;
import io.lockkeeper.domain.signal.Verdict;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What was seen of a soak since its last evidence was journalled: not durable, and rightly lost with the process that saw it.
///
/// @param from when it began to hold without a gap, or the end of the last evidence
/// @param to when it was last seen to hold
/// @param samples readings that were new
/// @param newest age of the newest reading so far; `null` before the first
/// @param worst the reading that came closest to not holding
public record SoakTally(Instant from, Instant to, int samples, @Nullable Instant newest, SoakReading worst) {
    public Duration span() {
        return Duration.between(from, to);
    }

    /// One look more. A look at something that does not hold leaves it as it is; a gap between looks begins anew.
    ///
    /// @param before `null` before the first look
    static @Nullable SoakTally next(@Nullable SoakTally before, SoakReading now, Instant at) {
        if (now.reading().verdict() != Verdict.PASS) {
            return before;
        }
        boolean gap = before != null && (Duration.between(before.to, at).compareTo(Fleet.FRESH) > 0 || at.isBefore(before.to));
        if (before == null || gap) {
            return new SoakTally(at, at, 1, now.reading().newest(), now);
        }
        boolean isNew = isNewer(now.reading(), before.newest);
        return new SoakTally(before.from, at, before.samples + (isNew ? 1 : 0), isNew ? now.reading().newest() : before.newest,
                now.margin() < before.worst.margin() ? now : before.worst);
    }

    /// What it is where each look until then would have seen what the last one saw, with a new reading in each `period`.
    SoakTally through(Instant until, Duration period) {
        if (!until.isAfter(to)) {
            return this;
        }
        long readings = Duration.between(to, until).toNanos() / period.toNanos();
        return new SoakTally(from, until, samples + Math.toIntExact(readings),
                newest == null ? null : newest.plus(period.multipliedBy(readings)), worst);
    }

    private static boolean isNewer(Reading reading, @Nullable Instant than) {
        var newest = reading.newest();
        return newest != null && (than == null || newest.isAfter(than));
    }

    /// What is left to be journalled once evidence up to `until` was.
    public SoakTally after(Instant until) {
        return new SoakTally(until, to.isBefore(until) ? until : to, 0, newest, worst);
    }
}
