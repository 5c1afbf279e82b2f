package io.lockkeeper.ui.control.chart;

import javafx.scene.paint.Color;

/// What a line is known by besides its colour: its pattern, and the shape at its end. In the words of the legend, a sign of the same shape.
enum Shape {
    SOLID("\u25CF", 1, 0), DASHED("\u25A0", 6, 4), DOTTED("\u25B2", 2, 3);

    private static final double SIZE = 7;
    private final String sign;
    private final int inked;
    private final int left;

    Shape(String sign, int inked, int left) {
        this.sign = sign;
        this.inked = inked;
        this.left = left;
    }

    static Shape at(int place) {
        return values()[place];
    }

    String sign() {
        return sign;
    }

    boolean isInked(int column) {
        return column % (inked + left) < inked;
    }

    double[] dashes() {
        return left == 0 ? new double[0] : new double[]{inked, left};
    }

    /// @param filled hollow where the value is an old one
    void paint(Pen pen, double x, double y, Color colour, boolean filled) {
        double half = SIZE / 2;
        pen.to().setFill(filled ? colour : pen.ink().of(Ink.Of.PAPER));
        pen.to().setStroke(colour);
        pen.to().setLineWidth(1.5);
        switch (this) {
            case SOLID -> {
                pen.to().fillOval(x - half, y - half, SIZE, SIZE);
                pen.to().strokeOval(x - half, y - half, SIZE, SIZE);
            }
            case DASHED -> {
                pen.to().fillRect(x - half, y - half, SIZE, SIZE);
                pen.to().strokeRect(x - half, y - half, SIZE, SIZE);
            }
            case DOTTED -> {
                double[] xs = {x - half, x, x + half};
                double[] ys = {y + half, y - half, y + half};
                pen.to().fillPolygon(xs, ys, 3);
                pen.to().strokePolygon(xs, ys, 3);
            }
        }
    }
}
