package io.lockkeeper.domain.metrics;

import io.lockkeeper.domain.signal.Ratio;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What one source says of a signal: a value with its time, or why there is none.
public sealed interface Datum {
    /// @param at when the oldest part of it was read
    record Level(double value, Instant at) implements Datum {}

    /// A share of nothing is no data.
    ///
    /// @param covered how much of the window it rests on
    /// @param at when its newest sample was read, or met
    record Share(Ratio ratio, Duration window, Duration covered, Instant at) implements Datum {}

    record Count(double value, Duration window, Duration covered, Instant at) implements Datum {}

    /// A mean of nothing is no data.
    record Mean(double seconds, long samples, Duration window, Duration covered, Instant at) implements Datum {}

    /// @param why one sentence without its full stop
    record None(String why) implements Datum {}

    default boolean hasData() {
        return switch (this) {
            case Share(var ratio, _, _, _) -> ratio.tried() > 0;
            case Mean(_, long samples, _, _, _) -> samples > 0;
            case None _ -> false;
            case Level _,Count _ -> true;
        };
    }

    /// `null` where nothing was read.
    default @Nullable Instant readAt() {
        return switch (this) {
            case Level(_, var at) -> at;
            case Share(_, _, _, var at) -> at;
            case Count(_, _, _, var at) -> at;
            case Mean(_, _, _, _, var at) -> at;
            case None _ -> null;
        };
    }

    /// Zero for what has none.
    default Duration over() {
        return switch (this) {
            case Level _,None _ -> Duration.ZERO;
            case Share(_, var window, _, _) -> window;
            case Count(_, var window, _, _) -> window;
            case Mean(_, _, var window, _, _) -> window;
        };
    }

    /// How much of the window was seen; zero for what has none.
    default Duration seen() {
        return switch (this) {
            case Level _,None _ -> Duration.ZERO;
            case Share(_, _, var covered, _) -> covered;
            case Count(_, _, var covered, _) -> covered;
            case Mean(_, _, _, var covered, _) -> covered;
        };
    }
}
