package io.lockkeeper.app.simulation;

import io.lockkeeper.port.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.PriorityQueue;

/// Time that passes only when the next thing is due. The wall clock may be set; ticks go on as if nothing had happened.
public final class VirtualTime implements Time {
    private record Due(long at, long order, Runnable work) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            int byTime = Long.compare(at, other.at);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }

    public static final Instant START = Instant.parse("2026-11-24T03:00:00Z");
    private final PriorityQueue<Due> queue = new PriorityQueue<>();
    private long ticks;
    private long order;
    private Duration wallIsOffBy = Duration.ZERO;

    @Override
    public Instant now() {
        return START.plusNanos(ticks).plus(wallIsOffBy);
    }

    @Override
    public long ticks() {
        return ticks;
    }

    /// What a wall clock that has not been set since would have shown at that tick.
    Instant wallAt(long tick) {
        return START.plusNanos(tick).plus(wallIsOffBy);
    }

    /// Since the beginning, whatever the wall clock says.
    public Duration passed() {
        return Duration.ofNanos(ticks);
    }

    /// Somebody sets the wall clock.
    public void jump(Duration by) {
        wallIsOffBy = wallIsOffBy.plus(by);
    }

    public void in(Duration delay, Runnable work) {
        queue.add(new Due(ticks + Math.max(0, delay.toNanos()), order++, work));
    }

    /// Does the next thing; false when nothing is left or it lies later than `until` after the beginning.
    public boolean step(Duration until) {
        var next = queue.peek();
        if (next == null || next.at() > until.toNanos()) {
            return false;
        }
        queue.remove();
        ticks = next.at();
        next.work().run();
        return true;
    }

    /// Does everything that is due within that time, and lets all of it pass.
    public void pass(Duration length) {
        var until = passed().plus(length);
        while (step(until)) {
            // time passes
        }
        ticks = until.toNanos();
    }
}
