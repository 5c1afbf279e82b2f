package io.lockkeeper.domain.signal;

import io.lockkeeper.domain.client.Failure;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `connect.failures`: attempts of any kind, first connections among them, that gave no session.
///
/// @param causes how often each, with its HTTP status or close code
/// @param newestOf when the newest of each was over
/// @param attempts those that gave a session, among all
/// @param newest the newest attempt that ended; `null` without one
public record Failures(Map<Failure, Long> causes, Map<Failure, Instant> newestOf, Ratio attempts, Window window,
        @Nullable Instant newest) {
    public Failures {
        causes = Map.copyOf(causes);
        newestOf = Map.copyOf(newestOf);
    }

    public long of(Failure.Cause cause) {
        return causes.entrySet().stream().filter(one -> one.getKey().cause() == cause).mapToLong(Map.Entry::getValue).sum();
    }
}
