package io.lockkeeper.domain.metrics;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A new signal is only looked at for a time before it may gate anything. The time runs from its first value, also while no console looks.
///
/// @param since when it had its first value; `null` before
/// @param length usually 48 h
public record Shadow(@Nullable Instant since, Duration length) {
    public static final Duration USUAL = Duration.ofDays(2);

    /// A first value of the future was written by a clock that went wrong; it counts from now on.
    public boolean holds(Instant now) {
        var from = since == null || since.isAfter(now) ? now : since;
        return from.plus(length).isAfter(now);
    }

    public @Nullable Instant until() {
        return since == null ? null : since.plus(length);
    }
}
