package io.lockkeeper.ui.control.chart;

import io.lockkeeper.app.signals.Points;
import io.lockkeeper.domain.fleet.Fleet;
import java.time.Instant;

/// Readiness along the time axis: a thin line while a node says that it is ready, a high hatched bar while it says that it is not, nothing
/// while it says nothing.
record StripPainter(Pen pen, Plane plane, Instant now) {
    static final double HEIGHT = 9;
    private static final double THIN = 3;

    void paint(Points points) {
        double top = plane.bottom() + 3;
        int i = points.firstFrom(plane.time().from());
        while (i < points.size()) {
            int last = i;
            while (last + 1 < points.size() && points.isJoined(last + 1) && points.value(last + 1) == points.value(i)) {
                last++;
            }
            part(plane.x(points.at(i)), plane.x(until(points, last)), points.value(i) > 0, top);
            i = last + 1;
        }
    }

    /// To the next reading where it is joined, to now while the newest is fresh.
    private long until(Points points, int last) {
        if (last + 1 < points.size()) {
            return points.isJoined(last + 1) ? points.at(last + 1) : points.at(last);
        }
        return points.isFresh(now, Fleet.FRESH) ? Math.max(points.at(last), now.toEpochMilli()) : points.at(last);
    }

    private void part(double from, double until, boolean ready, double top) {
        double right = Math.clamp(until, from + 1, Math.max(from + 1, plane.right()));
        if (ready) {
            pen.level(top + HEIGHT / 2, from, right, THIN, pen.ink().of(Ink.Of.GOOD));
        } else {
            pen.to().setFill(pen.ink().of(Ink.Of.BAD_AREA));
            pen.to().fillRect(from, top, right - from, HEIGHT);
            pen.hatch(from, top, right - from, HEIGHT, pen.ink().of(Ink.Of.BAD));
        }
    }
}
