package io.lockkeeper.domain.link;

import java.time.Duration;

/// Full jitter: any delay between nothing and a ceiling that doubles with each attempt, so that many links lost together do not come
/// back together.
public record Backoff(Duration base, Duration cap) {
    public static final Backoff LINKS = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(5));

    /// @param attempt the attempt that failed, from 1
    /// @param roll a random number from 0 (inclusive) to 1 (exclusive)
    public Duration before(int attempt, double roll) {
        long ceiling = cap.toMillis();
        int doublings = Math.min(Math.max(attempt - 1, 0), 30);
        if (base.toMillis() < ceiling >> doublings) {
            ceiling = base.toMillis() << doublings;
        }
        return Duration.ofMillis((long) (ceiling * roll));
    }
}
