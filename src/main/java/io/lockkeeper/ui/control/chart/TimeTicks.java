package io.lockkeeper.ui.control.chart;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Round times of day for the axis, as the clocks of the place show them.
final class TimeTicks {
    private static final long[] STEPS = {1, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200}; // seconds
    private static final DateTimeFormatter MINUTES = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

    private TimeTicks() {}

    record Tick(long at, String words) {}

    /// At most `most` of them, the ends included.
    static List<Tick> of(long from, long to, ZoneId zone, int most) {
        long step = STEPS[STEPS.length - 1];
        for (int i = STEPS.length - 1; i >= 0 && (to - from) / (STEPS[i] * 1000) + 1 <= most; i--) {
            step = STEPS[i];
        }
        var ticks = new ArrayList<Tick>();
        long offset = zone.getRules().getOffset(Instant.ofEpochMilli(to)).getTotalSeconds() * 1000L; // in half-hour zones, too
        long length = step * 1000;
        var format = step < 60 ? SECONDS : MINUTES;
        for (long at = Math.ceilDiv(from + offset, length) * length - offset; at <= to; at += length) {
            ticks.add(new Tick(at, format.format(Instant.ofEpochMilli(at).atZone(zone))));
        }
        return ticks;
    }
}
