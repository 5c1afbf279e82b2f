package io.lockkeeper.domain.history;

import java.time.Duration;

/// How finely the past is kept, and how long.
public enum Step {
    RAW(Duration.ofSeconds(1), Duration.ofDays(2)), MINUTE(Duration.ofMinutes(1), Duration.ofDays(30)), HOUR(
            Duration.ofHours(1), Duration.ofDays(400));

    private final Duration length;
    private final Duration kept;

    Step(Duration length, Duration kept) {
        this.length = length;
        this.kept = kept;
    }

    public Duration length() {
        return length;
    }

    public Duration kept() {
        return kept;
    }

    /// The finest that people can still read for so long a time, and that is kept for it.
    public static Step of(Duration range) {
        return range.compareTo(Duration.ofHours(6)) <= 0 ? RAW : range.compareTo(Duration.ofDays(14)) <= 0 ? MINUTE : HOUR;
    }
}
