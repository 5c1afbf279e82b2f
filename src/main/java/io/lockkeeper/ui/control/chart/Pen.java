package io.lockkeeper.ui.control.chart;

import javafx.geometry.VPos;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.paint.Color;
import javafx.scene.paint.CycleMethod;
import javafx.scene.paint.LinearGradient;
import javafx.scene.paint.Stop;
import javafx.scene.text.TextAlignment;

/// What all painters of a chart draw with.
record Pen(GraphicsContext to, Ink ink, Lettering letters) {
    private static final double STRIPE = 7;

    void words(String words, double x, double middle, TextAlignment align, Color colour) {
        to.setFill(colour);
        to.setFont(letters.font());
        to.setTextAlign(align);
        to.setTextBaseline(VPos.CENTER);
        to.fillText(words, Math.rint(x), Math.rint(middle));
    }

    /// Words that stay readable on whatever is below them.
    void label(String words, double x, double middle, Color colour) {
        double height = letters.height();
        to.setFill(ink.of(Ink.Of.PAPER));
        to.fillRect(Math.rint(x) - 1, Math.rint(middle - height / 2), letters.width(words) + 2, height);
        words(words, x, middle, TextAlignment.LEFT, colour);
    }

    /// One rectangle filled with a pattern: cheaper than its lines one by one.
    void hatch(double x, double y, double width, double height, Color colour) {
        to.setFill(new LinearGradient(0, 0, STRIPE, STRIPE, false, CycleMethod.REPEAT, new Stop(0, colour), new Stop(0.2, colour),
                new Stop(0.2, Color.TRANSPARENT), new Stop(1, Color.TRANSPARENT)));
        to.fillRect(x, y, width, height);
    }

    void upright(double x, double from, double until, double thickness, Color colour) {
        to.setFill(colour);
        to.fillRect(Math.rint(x - thickness / 2), from, thickness, until - from);
    }

    void level(double y, double from, double until, double thickness, Color colour) {
        to.setFill(colour);
        to.fillRect(from, Math.rint(y - thickness / 2), until - from, thickness);
    }
}
