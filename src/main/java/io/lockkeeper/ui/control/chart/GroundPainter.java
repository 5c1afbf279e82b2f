package io.lockkeeper.ui.control.chart;

import io.lockkeeper.app.signals.Points;
import io.lockkeeper.domain.fleet.Fleet;
import java.time.ZoneId;
import java.util.List;
import javafx.scene.text.TextAlignment;
import org.jspecify.annotations.Nullable;

/// What lies below the curves: the axes, the side of the threshold that is bad, and the times of which nothing is known.
record GroundPainter(Pen pen, Plane plane, ZoneId zone) {
    private static final double BETWEEN_TIMES = 26;
    private static final int DASH = 6;

    void paint(ChartFrame frame) {
        limitArea(frame.limit());
        values();
        times();
        gaps(frame);
    }

    private void limitArea(@Nullable Limit limit) {
        if (limit != null) {
            double y = plane.y(limit.value());
            boolean badBelow = limit.good() == Limit.Good.AT_LEAST;
            double top = badBelow ? y : plane.top();
            double bottom = badBelow ? plane.bottom() : y;
            pen.to().setFill(pen.ink().of(Ink.Of.BAD_AREA));
            pen.to().fillRect(plane.left(), top, plane.width(), bottom - top);
        }
    }

    private void gaps(ChartFrame frame) {
        var time = plane.time();
        long watched = frame.since().toEpochMilli();
        List<Points> sources = frame.lines().stream().map(Line::points).toList();
        for (var gap : Gaps.of(sources, time.from(), Math.min(time.to(), frame.now().toEpochMilli()), Fleet.FRESH.toMillis())) {
            double from = plane.x(Math.max(gap.from(), Math.min(watched, gap.to())));
            double until = plane.x(gap.to());
            if (until - from >= 1) {
                pen.hatch(from, plane.top(), until - from, plane.height(), pen.ink().of(Ink.Of.GAP));
            }
        }
        double begin = plane.x(watched);
        if (begin > plane.left() + 1) {
            notWatched(Math.min(begin, plane.right()));
        }
    }

    private void notWatched(double until) {
        pen.upright(until, plane.top(), plane.bottom(), 1, pen.ink().of(Ink.Of.GRID));
        double room = until - plane.left() - 16;
        for (var words : List.of("not watched yet", "not yet")) {
            if (pen.letters().width(words) <= room) {
                pen.label(words, plane.left() + (until - plane.left() - pen.letters().width(words)) / 2,
                        plane.top() + plane.height() / 2, pen.ink().of(Ink.Of.TEXT));
                return;
            }
        }
    }

    private void values() {
        for (long value : plane.values().ticks()) {
            double y = plane.y((double) value);
            pen.level(y, plane.left(), plane.right(), 1, pen.ink().of(Ink.Of.GRID));
            pen.words(ValueScale.words((double) value), plane.left() - 6, y, TextAlignment.RIGHT, pen.ink().of(Ink.Of.TEXT));
        }
    }

    private void times() {
        double width = pen.letters().width("00:00:00");
        int most = (int) Math.max(1, plane.width() / (width + BETWEEN_TIMES));
        double middle = pen.to().getCanvas().getHeight() - pen.letters().height() / 2;
        for (var tick : TimeTicks.of(plane.time().from(), plane.time().to(), zone, most)) {
            double x = plane.x(tick.at());
            pen.upright(x, plane.top(), plane.bottom(), 1, pen.ink().of(Ink.Of.GRID));
            double half = pen.letters().width(tick.words()) / 2;
            if (x - half >= 0 && x + half <= pen.to().getCanvas().getWidth()) {
                pen.words(tick.words(), x, middle, TextAlignment.CENTER, pen.ink().of(Ink.Of.TEXT));
            }
        }
    }

    /// Above the curves, so that none hides it.
    void limit(Limit limit) {
        double y = plane.y(limit.value());
        for (double x = plane.left(); x < plane.right(); x += 2 * DASH) {
            pen.level(y, x, Math.min(x + DASH, plane.right()), 2, pen.ink().of(Ink.Of.BAD));
        }
        double height = pen.letters().height();
        boolean above = y - height > plane.top();
        pen.label(limit.words(), plane.left() + 4, above ? y - height / 2 - 2 : y + height / 2 + 2, pen.ink().of(Ink.Of.BAD));
    }
}
