package io.lockkeeper.domain.signal;

import io.lockkeeper.domain.client.Episode;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an episode counts for. A fault of the observer before the deadline makes it no sample; whoever is still out 30 s after that fault has
/// failed all the same.
///
/// @param good when it was back in time; `null` where it was not, or where that says nothing
/// @param failed when the deadline passed with the client out; `null` where it did not
record Settling(Episode episode, @Nullable Instant good, @Nullable Instant failed) {
    /// @param faults in the order of time
    /// @param now what is later has not happened yet
    static Settling of(Episode episode, List<ObserverFault> faults, Instant now) {
        var since = episode.lostAt();
        boolean faulty = false;
        for (var fault : faults) {
            var counted = earlier(episode.over(), since.plus(Episode.LIMIT));
            if (fault.touches(since, counted)) {
                faulty = true;
                if (fault.to().equals(Instant.MAX)) {
                    return new Settling(episode, null, null);
                }
                since = fault.to();
            }
        }
        var deadline = since.plus(Episode.LIMIT);
        if (episode.over().isAfter(deadline)) {
            return new Settling(episode, null, deadline.isAfter(now) ? null : deadline);
        }
        var back = episode.back();
        return new Settling(episode, back == null || faulty || back.at().isAfter(now) ? null : back.at(), null);
    }

    /// Whether the client is out at that time, past its deadline, and no fault of the observer explains why it is not back.
    boolean stillOut(Instant at, List<ObserverFault> faults) {
        return failed != null && !failed.isAfter(at) && episode.over().isAfter(at)
                && faults.stream().noneMatch(fault -> !fault.from().isAfter(at) && at.minus(Episode.LIMIT).isBefore(fault.to()));
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
