package io.lockkeeper.ui.control.chart;

import io.lockkeeper.app.signals.Points;
import io.lockkeeper.domain.fleet.Fleet;
import java.time.Instant;
import javafx.scene.paint.Color;

/// The curves. Each has a colour, a pattern and a shape at its end, so that they are told apart without colour, too.
///
/// With more readings than pixels, one rectangle per pixel column: an anti-aliased line costs five times that. With fewer, a line.
record LinePainter(Pen pen, Plane plane, Instant now) {
    private static final double THICK = 2;
    private static final double JUMP = 4; // pixels: no pattern leaves out a bar as high as that

    void paint(Line line, int place) {
        var points = line.points();
        int first = points.firstFrom(plane.time().from());
        int end = points.firstFrom(plane.time().to());
        var colour = pen.ink().line(place);
        if (end - first >= plane.time().columns()) {
            bars(Columns.of(points, plane.time()), Shape.at(place), colour);
        } else {
            polylines(points, first, end, Shape.at(place), colour);
        }
        if (end == points.size() && end > first) {
            double x = plane.x(points.at(end - 1));
            double y = plane.y(points.value(end - 1));
            Shape.at(place).paint(pen, x, y, colour, points.isFresh(now, Fleet.FRESH));
        }
    }

    private void bars(Columns columns, Shape shape, Color colour) {
        pen.to().setFill(colour);
        for (int column = 0; column < plane.time().columns(); column++) {
            if (columns.isFilled(column)) {
                double top = plane.y(columns.high(column));
                double height = plane.y(columns.low(column)) - top;
                if (height >= JUMP || shape.isInked(column)) {
                    pen.to().fillRect(plane.left() + column, top - THICK / 2, 1, height + THICK);
                }
            }
        }
    }

    private void polylines(Points points, int first, int end, Shape shape, Color colour) {
        pen.to().setStroke(colour);
        pen.to().setFill(colour);
        pen.to().setLineWidth(THICK);
        pen.to().setLineDashes(shape.dashes());
        int begin = first;
        for (int i = first + 1; i <= end; i++) {
            if (i == end || !points.isJoined(i)) {
                run(points, begin, i);
                begin = i;
            }
        }
        pen.to().setLineDashes();
    }

    private void run(Points points, int begin, int end) {
        int length = end - begin;
        if (length == 1) {
            pen.to().fillRect(plane.x(points.at(begin)) - THICK / 2, plane.y(points.value(begin)) - THICK / 2, THICK, THICK);
            return;
        }
        var x = new double[length];
        var y = new double[length];
        for (int i = 0; i < length; i++) {
            x[i] = plane.x(points.at(begin + i));
            y[i] = plane.y(points.value(begin + i));
        }
        pen.to().strokePolyline(x, y, length);
    }
}
