package io.lockkeeper.domain.client;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/// What the clients of ours have met since they were started, counted.
///
/// @param clients how many there are
/// @param connected how many have a session now
/// @param out how many had one and are not back yet, those included that are just coming back from a close on purpose
/// @param longestOut how long the one has been out that has been out longest
/// @param opened first sessions
/// @param back returns; the next three are parts of it
/// @param lostMessages missing across a loss and within a connection, by their numbers
/// @param outages from a loss to the return, each with its failed attempts in it; without those on purpose
/// @param cycles the same of the losses on purpose
/// @param lag how late the fleet's own threads were
public record FleetReading(int clients, int connected, int out, Duration longestOut, long opened, Map<Loss, Long> losses,
        Map<Failure, Long> failures, long back, long keptSessions, long lostSessions, long unknownSessions, long lostMessages,
        long duplicatedMessages, Spread outages, Spread cycles, Spread lag) {
    /// Beyond this part of a middle outage the fleet's own lateness may be what was measured.
    private static final int MOST_LAG_PERCENT = 10;

    public FleetReading {
        losses = Map.copyOf(losses);
        failures = Map.copyOf(failures);
    }

    /// How a duration is distributed; all zero where there is none.
    public record Spread(long count, Duration p50, Duration p95, Duration p99, Duration max) {
        public static final Spread NONE = new Spread(0, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO);
    }

    /// Losses that nobody of ours wanted.
    public long lost() {
        return losses.entrySet().stream().filter(loss -> loss.getKey().way() != Loss.Way.ON_PURPOSE)
                .mapToLong(Map.Entry::getValue).sum();
    }

    public long failed() {
        return failures.values().stream().mapToLong(Long::longValue).sum();
    }

    public Map<Failure.Cause, Long> failuresByCause() {
        var causes = new HashMap<Failure.Cause, Long>();
        failures.forEach((failure, count) -> causes.merge(failure.cause(), count, Long::sum));
        return causes;
    }

    /// Whether the fleet itself was too busy for its outages to be believed.
    public boolean saturated() {
        return outages.count() > 0 && lag.p99().multipliedBy(100).compareTo(outages.p50().multipliedBy(MOST_LAG_PERCENT)) > 0;
    }
}
