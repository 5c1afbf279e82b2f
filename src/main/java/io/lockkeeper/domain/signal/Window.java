package io.lockkeeper.domain.signal;

import java.time.Duration;
import java.time.Instant;

/// A stretch of time that a signal is measured over: after `from`, up to and with `to`.
public record Window(Instant from, Instant to) {
    public Window {
        if (to.isBefore(from)) {
            throw new IllegalArgumentException(to + " is before " + from);
        }
    }

    public static Window last(Duration length, Instant to) {
        return new Window(to.minus(length), to);
    }

    public boolean holds(Instant at) {
        return at.isAfter(from) && !at.isAfter(to);
    }

    public Duration length() {
        return Duration.between(from, to);
    }

    /// How much of the window lies between the two; zero where nothing does.
    public Duration shared(Instant begin, Instant end) {
        var first = begin.isAfter(from) ? begin : from;
        var last = end.isBefore(to) ? end : to;
        return last.isAfter(first) ? Duration.between(first, last) : Duration.ZERO;
    }
}
