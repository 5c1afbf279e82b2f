package io.lockkeeper.ui.control.chart;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.text.TextAlignment;

/// The line of the cross-hair, with what was at its moment.
record Readout(Pen pen, Plane plane) {
    private static final double PADDING = 6;
    private static final double AWAY = 10;
    private static final double LONGEST = 320;
    private static final int NEAR = 4; // columns to a mark

    /// @param pointedAt whether this is the chart below the pointer: names and marks are told in one place only
    void paint(ChartFrame frame, Instant moment, boolean pointedAt) {
        int column = plane.time().column(moment.toEpochMilli());
        if (column < 0 || column >= plane.time().columns()) {
            return;
        }
        double x = plane.left() + column;
        pen.upright(x, plane.top(), plane.bottom(), 1, pen.ink().of(Ink.Of.STRONG));
        var words = new ArrayList<>(pointedAt ? ChartWords.at(frame, moment) : List.of(ChartWords.shortly(frame, moment)));
        if (pointedAt) {
            Clusters.of(frame.marks(), plane.time()).stream().filter(near -> Math.abs(near.column() - column) <= NEAR)
                    .flatMap(near -> near.marks().stream()).limit(6).forEach(mark -> words.add(mark.words()));
        }
        box(words.stream().map(one -> pen.letters().within(one, Math.min(LONGEST, plane.width() - 2 * PADDING))).toList(), x);
    }

    private void box(List<String> words, double x) {
        double line = pen.letters().height();
        double width = words.stream().mapToDouble(pen.letters()::width).max().orElse(0) + 2 * PADDING;
        double height = words.size() * line + PADDING;
        double left = x + AWAY + width <= plane.right() ? x + AWAY : Math.max(0, x - AWAY - width);
        double top = Math.max(0, Math.min(plane.top(), pen.to().getCanvas().getHeight() - height));
        pen.to().setFill(pen.ink().of(Ink.Of.PAPER));
        pen.to().fillRect(left, top, width, height);
        pen.to().setStroke(pen.ink().of(Ink.Of.TEXT));
        pen.to().setLineWidth(1);
        pen.to().strokeRect(Math.rint(left) + 0.5, Math.rint(top) + 0.5, Math.rint(width), Math.rint(height));
        for (int i = 0; i < words.size(); i++) {
            pen.words(words.get(i), left + PADDING, top + PADDING / 2 + line * (i + 0.5), TextAlignment.LEFT,
                    pen.ink().of(Ink.Of.STRONG));
        }
    }
}
