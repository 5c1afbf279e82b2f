package io.lockkeeper.ui.control.chart;

/// Where on the canvas the curves lie.
record Plane(double left, double top, double height, TimeScale time, ValueScale values) {
    double x(long at) {
        return left + time.position(at);
    }

    double y(double value) {
        return Math.rint(top + height * (1 - values.share(value)));
    }

    double width() {
        return time.columns();
    }

    double right() {
        return left + width();
    }

    double bottom() {
        return top + height;
    }
}
