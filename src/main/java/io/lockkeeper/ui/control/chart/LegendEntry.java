package io.lockkeeper.ui.control.chart;

import io.lockkeeper.ui.control.Parts;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.shape.Line;
import javafx.scene.shape.StrokeLineCap;

/// One line of a chart in its legend: its pattern, its sign, its newest value and the age of that.
final class LegendEntry extends HBox {
    private static final double LENGTH = 22;
    private final Label words = Parts.label("", "small");

    private LegendEntry() {
        super(5);
        setAlignment(Pos.CENTER_LEFT);
    }

    static LegendEntry of(int place) {
        var entry = new LegendEntry();
        var pattern = new Line(0, 0, LENGTH, 0);
        pattern.setStrokeWidth(2);
        pattern.setStrokeLineCap(StrokeLineCap.BUTT);
        for (double dash : Shape.at(place).dashes()) {
            pattern.getStrokeDashArray().add(dash);
        }
        pattern.getStyleClass().add("chart-line-" + (place + 1));
        entry.getChildren().addAll(pattern, Parts.label(Shape.at(place).sign(), "chart-sign-" + (place + 1), "small"),
                entry.words);
        return entry;
    }

    /// Of the strip, which needs no sign.
    static LegendEntry bare() {
        var entry = new LegendEntry();
        entry.getChildren().add(entry.words);
        return entry;
    }

    void show(ChartWords.Said said) {
        words.setText(said.words());
        var style = said.old() ? "warn-text" : "live";
        if (!words.getStyleClass().contains(style)) {
            words.getStyleClass().setAll("label", "small", style);
        }
    }
}
