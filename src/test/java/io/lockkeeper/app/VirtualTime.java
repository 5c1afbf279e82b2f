package io.lockkeeper.app;

import io.lockkeeper.port.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.PriorityQueue;

/// Time that passes only when the next thing is due.
final class VirtualTime implements Time {
    private record Due(Instant at, long order, Runnable work) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            int byTime = at.compareTo(other.at);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }

    static final Instant START = Instant.parse("2026-11-24T03:00:00Z");
    private final PriorityQueue<Due> queue = new PriorityQueue<>();
    private Instant now = START;
    private long order;

    @Override
    public Instant now() {
        return now;
    }

    @Override
    public long ticks() {
        return Duration.between(START, now).toNanos();
    }

    void in(Duration delay, Runnable work) {
        queue.add(new Due(now.plus(delay), order++, work));
    }

    /// Does the next thing; false when nothing is left or it lies behind `until`.
    boolean step(Instant until) {
        var next = queue.peek();
        if (next == null || next.at().isAfter(until)) {
            return false;
        }
        queue.remove();
        now = next.at();
        next.work().run();
        return true;
    }

    void forget() {
        queue.clear();
    }
}
