package io.lockkeeper.ui.control.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// How high a value lies: from 0 up to a value with a little room above the highest, with round values between. Counts only, so steps are whole.
///
/// @param top the value at the upper edge
/// @param step between two values on the axis
record ValueScale(long top, long step) {
    /// Room for `highest`, with at most `most` values on the axis beside 0.
    static ValueScale reaching(double highest, int most) {
        long wanted = Math.max(1, (long) Math.ceil(highest));
        long step = 1;
        int turn = 0;
        while (top(wanted, step) / step > Math.max(1, most)) {
            step = turn++ % 3 == 1 ? step / 2 * 5 : step * 2; // 1, 2, 5, 10, 20, 50, ...
        }
        return new ValueScale(top(wanted, step), step);
    }

    /// Round, so that the axis does not move with every new value, and near, so that the curves have the whole height.
    private static long top(long wanted, long step) {
        long grain = Math.max(1, step / 5);
        return Math.max(step, Math.ceilDiv(wanted, grain) * grain);
    }

    List<Long> ticks() {
        var ticks = new ArrayList<Long>();
        for (long value = 0; value <= top; value += step) {
            ticks.add(value);
        }
        return ticks;
    }

    /// From 0 at the lower edge to 1 at the upper one.
    double share(double value) {
        return Math.clamp(value / top, 0, 1);
    }

    static String words(double value) {
        return String.format(Locale.ROOT, "%,d", Math.round(value));
    }
}
