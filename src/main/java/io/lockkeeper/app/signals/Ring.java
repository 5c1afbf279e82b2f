package io.lockkeeper.app.signals;

import io.lockkeeper.domain.fleet.Fleet;
import org.jspecify.annotations.Nullable;

/// The last hour of one series: at most one value a second, the newest reading of that second, and where readings are missing.
final class Ring {
    static final int CAPACITY = 3600;
    private static final long KEPT = CAPACITY * 1000L;
    private static final long GAP = Fleet.FRESH.toMillis();

    private long[] times = new long[0];
    private double[] values = new double[0];
    private boolean[] joined = new boolean[0];
    private int oldest;
    private int size;
    private boolean lost;
    private @Nullable Points told;

    /// @param at when the reading was begun, in milliseconds since 1970
    void add(long at, double value) {
        if (size > 0 && !lost && times[last()] == at) {
            return; // the same reading, seen in a later snapshot
        }
        told = null;
        boolean broken = lost || size == 0 || at - times[last()] > GAP;
        lost = false;
        while (size > 0 && times[last()] > at) { // the clock was put back: what would lie ahead of it goes
            size--;
            broken = true;
        }
        while (size > 0 && times[oldest] < at - KEPT) {
            dropOldest();
        }
        if (size > 0 && times[last()] / 1000 == at / 1000) {
            joined[last()] &= !broken;
            put(last(), at, value);
        } else {
            append(at, value, !broken && size > 0);
        }
    }

    private void append(long at, double value, boolean joinedToLast) {
        if (times.length == 0) {
            times = new long[CAPACITY];
            values = new double[CAPACITY];
            joined = new boolean[CAPACITY];
        }
        if (size == CAPACITY) {
            dropOldest();
        }
        size++;
        joined[last()] = joinedToLast;
        put(last(), at, value);
    }

    private void put(int place, long at, double value) {
        times[place] = at;
        values[place] = value;
    }

    private int last() {
        return (oldest + size - 1) % times.length;
    }

    private void dropOldest() {
        oldest = (oldest + 1) % times.length;
        size--;
    }

    /// What was read from that time on says nothing after all.
    void retract(long from) {
        while (size > 0 && times[last()] >= from) {
            size--;
            told = null;
            lost = true;
        }
    }

    /// Nothing may be concluded of the time from the newest value on until the next one.
    void lost() {
        if (!lost) {
            lost = true;
            told = null;
        }
    }

    /// Later values, with their gaps.
    void addAll(Points later) {
        for (int i = 0; i < later.size(); i++) {
            if (!later.isJoined(i)) {
                lost();
            }
            add(later.at(i), later.value(i));
        }
        if (later.isLost()) {
            lost();
        }
    }

    Points points() {
        var current = told;
        if (current == null) {
            current = copy();
            told = current;
        }
        return current;
    }

    private Points copy() {
        var at = new long[size];
        var value = new double[size];
        var join = new boolean[size];
        int untilTheEnd = Math.min(size, times.length - oldest);
        part(at, value, join, oldest, 0, untilTheEnd);
        part(at, value, join, 0, untilTheEnd, size - untilTheEnd);
        return Points.owning(at, value, join, lost);
    }

    private void part(long[] at, double[] value, boolean[] join, int from, int to, int length) {
        System.arraycopy(times, from, at, to, length);
        System.arraycopy(values, from, value, to, length);
        System.arraycopy(joined, from, join, to, length);
    }
}
