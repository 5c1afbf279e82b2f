package io.lockkeeper.ui.control.chart;

import io.lockkeeper.app.signals.Mark;
import java.util.List;
import javafx.scene.paint.Color;

/// What was done, as vertical lines; in a few rows above the curves what there is room for of what they mean.
record MarkPainter(Pen pen, Plane plane) {
    private static final double FOOT = 4;
    private static final double LONGEST = 260;

    /// @param rows of labels above the plane; 0 for lines alone
    void paint(List<Mark> marks, int rows) {
        var clusters = Clusters.of(marks, plane.time());
        clusters.forEach(cluster -> line(cluster, rows));
        if (rows > 0) {
            labels(clusters, rows);
        }
    }

    private void line(Clusters.Cluster cluster, int rows) {
        double x = plane.left() + cluster.column();
        double top = rows > 0 ? plane.top() - FOOT : plane.top();
        switch (cluster.loudest().kind()) {
            case ENDED, BEGUN -> pen.upright(x, top, plane.bottom(), 1, colour(cluster.loudest().kind()));
            case ACT -> {
                pen.upright(x, top, plane.bottom(), 1, colour(Mark.Kind.ACT));
                foot(x, colour(Mark.Kind.ACT));
            }
            case BAD, ALARM -> {
                pen.upright(x, top, plane.bottom(), 2, colour(Mark.Kind.ALARM));
                foot(x, colour(Mark.Kind.ALARM));
            }
        }
    }

    /// A shape on the axis, so that what people did is not told from what steps did by colour alone.
    private void foot(double x, Color colour) {
        pen.to().setFill(colour);
        pen.to().fillPolygon(new double[]{x - FOOT, x + FOOT, x},
                new double[]{plane.bottom(), plane.bottom(), plane.bottom() - 6},
                3);
    }

    private void labels(List<Clusters.Cluster> clusters, int rows) {
        var spoken = clusters.stream().filter(cluster -> !cluster.words().isEmpty()).toList();
        var words = spoken.stream().map(cluster -> pen.letters().within(cluster.words(), LONGEST)).toList();
        double height = pen.letters().height();
        var wishes = spoken.stream().map(cluster -> new LabelRows.Wish(cluster.column(),
                pen.letters().width(words.get(spoken.indexOf(cluster))), cluster.loudest().kind().weight())).toList();
        var places = LabelRows.of(wishes, plane.width(), rows);
        for (var place : places) {
            var cluster = spoken.get(place.wish());
            double middle = plane.top() - FOOT - height * (place.row() + 0.5);
            double x = plane.left() + cluster.column();
            pen.upright(x, middle - height / 2, plane.top() - FOOT, 1, colour(cluster.loudest().kind()));
        }
        for (var place : places) {
            double middle = plane.top() - FOOT - height * (place.row() + 0.5);
            pen.label(words.get(place.wish()), plane.left() + place.x(), middle,
                    textOf(spoken.get(place.wish()).loudest().kind()));
        }
    }

    private Color colour(Mark.Kind kind) {
        return switch (kind) {
            case ENDED, BEGUN -> pen.ink().of(Ink.Of.GAP);
            case ACT -> pen.ink().of(Ink.Of.TEXT);
            case BAD, ALARM -> pen.ink().of(Ink.Of.BAD);
        };
    }

    private Color textOf(Mark.Kind kind) {
        return switch (kind) {
            case ENDED, BEGUN -> pen.ink().of(Ink.Of.TEXT);
            case ACT -> pen.ink().of(Ink.Of.STRONG);
            case BAD, ALARM -> pen.ink().of(Ink.Of.BAD);
        };
    }
}
