package io.lockkeeper.app.signals;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Values over time, oldest first, as they were known at one moment. Immutable. Times are milliseconds since 1970.
public final class Points {
    public static final Points NONE = new Points(new long[0], new double[0], new boolean[0], false);

    private final long[] times;
    private final double[] values;
    private final boolean[] joined;
    private final boolean lost;

    private Points(long[] times, double[] values, boolean[] joined, boolean lost) {
        this.times = times;
        this.values = values;
        this.joined = joined;
        this.lost = lost;
    }

    /// @param joined per point, whether nothing is missing between the one before and it
    /// @param lost whether reading failed since the newest
    public static Points of(long[] times, double[] values, boolean[] joined, boolean lost) {
        return new Points(times.clone(), values.clone(), joined.clone(), lost);
    }

    /// Takes the arrays as they are; nobody else may hold them.
    static Points owning(long[] times, double[] values, boolean[] joined, boolean lost) {
        return new Points(times, values, joined, lost);
    }

    public int size() {
        return times.length;
    }

    public boolean isEmpty() {
        return times.length == 0;
    }

    public long at(int i) {
        return times[i];
    }

    public double value(int i) {
        return values[i];
    }

    /// Whether nothing is missing between the point before and this one: only then may a line lead from there to here.
    public boolean isJoined(int i) {
        return joined[i];
    }

    /// Whether reading failed since the newest value.
    public boolean isLost() {
        return lost;
    }

    public Optional<Instant> newestAt() {
        return isEmpty() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(times[times.length - 1]));
    }

    /// Whether the newest value may be taken for what is.
    public boolean isFresh(Instant now, Duration limit) {
        return !lost && newestAt().map(at -> !at.plus(limit).isBefore(now) && !at.isAfter(now.plus(limit))).orElse(false);
    }

    /// Index of the first point at or after a time; `size()` where there is none.
    public int firstFrom(long time) {
        int low = 0;
        int high = times.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (times[middle] < time) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
