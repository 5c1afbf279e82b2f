package io.lockkeeper.ui.control.chart;

import java.time.Duration;
import java.time.Instant;

/// Where a time lies on the screen: whole pixel columns of equal length, counted from the left edge of the plot.
///
/// @param from the beginning of column 0, in milliseconds since 1970
/// @param perColumn milliseconds that a column stands for
record TimeScale(long from, long perColumn, int columns) {
    /// A scale that ends with the column in which `now` lies. Columns begin at multiples of their length, so that the same readings fall into
    /// the same column while time goes on, and nothing flickers.
    static TimeScale endingAt(Instant now, Duration span, int columns) {
        long perColumn = Math.max(1, Math.ceilDiv(span.toMillis(), Math.max(1, columns)));
        long to = (Math.floorDiv(now.toEpochMilli(), perColumn) + 1) * perColumn;
        return new TimeScale(to - perColumn * columns, perColumn, columns);
    }

    long to() {
        return from + perColumn * columns;
    }

    /// Negative before the first column, `columns` or more after the last.
    int column(long time) {
        return (int) Math.clamp(Math.floorDiv(time - from, perColumn), -1L, columns);
    }

    /// In pixels and parts of one.
    double position(long time) {
        return (double) (time - from) / perColumn;
    }

    long at(double position) {
        return from + Math.round(position * perColumn);
    }
}
