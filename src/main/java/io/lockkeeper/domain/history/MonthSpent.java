package io.lockkeeper.domain.history;

import io.lockkeeper.domain.signal.Availability;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// What was spent of the error budget in 30 days, by what was kept of `availability`. A time in which nobody watched spends nothing that is
/// known, so `watched` belongs to every sentence about it.
///
/// @param watched in how much of it somebody watched
/// @param planned the part of `spent` that belongs to handoffs and graceful closes
/// @param to the end of the newest minute that is in it
public record MonthSpent(Duration watched, Duration spent, Duration planned, Instant to) {
    /// Of the two signals by minutes, in percent; each second with a value counts as one that was watched.
    public static MonthSpent of(List<Stretch> availability, List<Stretch> planned, Instant now) {
        double watched = 0;
        double spent = 0;
        var to = now.minus(Availability.MONTH);
        for (var one : availability) {
            double seconds = Math.min(one.count(), one.step().toSeconds());
            watched += seconds;
            spent += seconds * (100 - one.mean()) / 100;
            var end = one.from().plus(one.step());
            to = end.isAfter(to) ? end : to;
        }
        double part = planned.stream().mapToDouble(one -> Math.min(one.count(), one.step().toSeconds()) * one.mean() / 100).sum();
        return new MonthSpent(seconds(watched), seconds(spent), seconds(Math.min(part, spent)), to);
    }

    private static Duration seconds(double value) {
        return Duration.ofMillis(Math.round(value * 1000));
    }

    /// Negative where more was spent than there is.
    public Duration left() {
        return Availability.budget().minus(spent);
    }
}
