package io.lockkeeper.domain.signal;

import java.time.Duration;

/// `availability`, seen by the sentinels: `1 - out / watched`, both in client time within the window. A client is out from its loss to its
/// return, in full, however quick; handoffs and goodbyes count like anything else, and their part is in `planned` for whoever leaves it out of an
/// agreement. Faults of the observer are in neither. No interval is given: the seconds of one outage are not independent of each other.
///
/// @param watched client time in which a sentinel was meant to be connected
/// @param planned the part of `out` that belongs to [io.lockkeeper.domain.client.Scenario#HANDOFF] and
///        [io.lockkeeper.domain.client.Scenario#GRACEFUL]
public record Availability(Duration watched, Duration out, Duration planned, Window window) {
    /// 99.9 %.
    public static final double TARGET = 0.999;

    /// What the target is promised for.
    public static final Duration MONTH = Duration.ofDays(30);

    public Verdict known() {
        return watched.isZero() ? Verdict.NO_DATA : Verdict.PASS;
    }

    /// From 0 to 1; 0 where nobody watched, which is no data.
    public double share() {
        return watched.isZero() ? 0 : 1 - (double) out.toNanos() / watched.toNanos();
    }

    /// The error budget of a month: `(1 - target) * 30 days`, 43.2 min.
    public static Duration budget() {
        return Duration.ofSeconds(Math.round((1 - TARGET) * MONTH.toSeconds()));
    }

    /// What the window spent of it: `(1 - availability) * length of the window`.
    public Duration spent() {
        return watched.isZero() ? Duration.ZERO : Duration.ofMillis(Math.round((1 - share()) * window.length().toMillis()));
    }

    /// The same as a share of the month's budget: 1 is all of it.
    public double spentShare() {
        return (double) spent().toMillis() / budget().toMillis();
    }
}
