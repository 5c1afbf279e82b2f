package io.lockkeeper.domain.metrics;

import io.lockkeeper.domain.signal.Shape;
import java.time.Duration;
import java.util.List;

/// How a signal comes of what is asked for. Series of a page are counters wherever there is a window; a query gives what it gives for the window.
public sealed interface Form {
    record Level(Ask value) implements Form {}

    /// Good ones among all.
    record Share(Ask good, Ask all, Duration window) implements Form {}

    record Count(Ask count, Duration window) implements Form {}

    /// The mean of durations: their sum in seconds by their count.
    record Mean(Ask sum, Ask count, Duration window) implements Form {}

    default List<Ask> asks() {
        return switch (this) {
            case Level(var value) -> List.of(value);
            case Share(var good, var all, _) -> List.of(good, all);
            case Count(var count, _) -> List.of(count);
            case Mean(var sum, var count, _) -> List.of(sum, count);
        };
    }

    default Shape shape() {
        return switch (this) {
            case Level _ -> Shape.LEVEL;
            case Share _ -> Shape.SHARE;
            case Count _ -> Shape.COUNT;
            case Mean _ -> Shape.TIME;
        };
    }

    /// Zero for a level.
    default Duration window() {
        return switch (this) {
            case Level _ -> Duration.ZERO;
            case Share(_, _, var window) -> window;
            case Count(_, var window) -> window;
            case Mean(_, _, var window) -> window;
        };
    }
}
