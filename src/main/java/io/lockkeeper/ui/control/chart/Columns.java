package io.lockkeeper.ui.control.chart;

import io.lockkeeper.app.signals.Points;

/// A series with more readings than pixels, as one bar per pixel column: from the lowest to the highest value in it, and on to its neighbour
/// where the two are joined. No reading is left out of its bar, and no bar spans a gap.
final class Columns {
    private final double[] low;
    private final double[] high;
    private final boolean[] filled;

    private Columns(int columns) {
        low = new double[columns];
        high = new double[columns];
        filled = new boolean[columns];
    }

    static Columns of(Points points, TimeScale time) {
        var columns = new Columns(time.columns());
        int first = points.firstFrom(time.from());
        int end = points.firstFrom(time.to());
        for (int i = first; i <= end && i < points.size(); i++) {
            if (i > 0 && points.isJoined(i)) {
                columns.bridge(time, points.at(i - 1), points.value(i - 1), points.at(i), points.value(i));
            }
            if (i < end) {
                columns.cover(time.column(points.at(i)), points.value(i));
            }
        }
        return columns;
    }

    /// Covers the straight way between two joined readings in every column after that of the first.
    private void bridge(TimeScale time, long from, double a, long to, double b) {
        int last = time.column(to);
        double begin = time.position(from);
        double length = time.position(to) - begin;
        double before = a;
        for (int column = Math.max(0, time.column(from) + 1); column <= Math.min(last, low.length - 1); column++) {
            double after = column == last ? b : a + (b - a) * Math.clamp((column + 1 - begin) / length, 0, 1);
            cover(column, before);
            cover(column, after);
            before = after;
        }
    }

    private void cover(int column, double value) {
        low[column] = filled[column] ? Math.min(low[column], value) : value;
        high[column] = filled[column] ? Math.max(high[column], value) : value;
        filled[column] = true;
    }

    boolean isFilled(int column) {
        return filled[column];
    }

    double low(int column) {
        return low[column];
    }

    double high(int column) {
        return high[column];
    }
}
