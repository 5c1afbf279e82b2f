package io.lockkeeper.ui.control.chart;

import io.lockkeeper.ui.control.Parts;
import java.util.ArrayList;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/// Up to three curves over time with their newest values and ages, a threshold, and what was done meanwhile. Times of which nothing is known
/// are hatched; no line crosses them.
public final class TimeChart extends VBox {
    /// @param labelled whether marks are written out above the curves; else they are lines, read with the cross-hair
    /// @param wide whether there is room for the title beside the legend
    public record Form(boolean labelled, boolean wide, double height) {}

    private final Plot plot;
    private final FlowPane legend = new FlowPane(14, 0);
    private final List<LegendEntry> entries = new ArrayList<>();
    private final LegendEntry readiness = LegendEntry.bare();

    /// @param crosshair shared by the charts that are read together
    public TimeChart(String title, Form form, Crosshair crosshair) {
        super(2);
        getStyleClass().add("time-chart");
        plot = new Plot(title, form.labelled(), crosshair);
        plot.setMinHeight(form.height());
        plot.setPrefHeight(form.height());
        plot.setMinWidth(0);
        VBox.setVgrow(plot, Priority.ALWAYS);
        legend.setMinWidth(0);
        legend.setAlignment(Pos.CENTER_LEFT);
        HBox.setHgrow(legend, Priority.ALWAYS);
        if (form.wide()) {
            getChildren().addAll(Parts.row(Parts.label(title, "strong"), legend), plot);
        } else {
            readiness.setMinWidth(USE_PREF_SIZE);
            getChildren().addAll(Parts.row(titled(title), readiness), legend, plot);
        }
    }

    private static Label titled(String title) {
        var label = Parts.label(title, "strong");
        label.setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
        label.setMinWidth(0);
        label.setMaxWidth(Double.MAX_VALUE);
        label.setMinHeight(USE_PREF_SIZE);
        HBox.setHgrow(label, Priority.ALWAYS);
        label.setTooltip(new Tooltip(title));
        return label;
    }

    public void show(ChartFrame frame) {
        legend(frame);
        plot.show(frame);
    }

    private void legend(ChartFrame frame) {
        if (entries.size() != frame.lines().size()) {
            entries.clear();
            for (int place = 0; place < frame.lines().size(); place++) {
                entries.add(LegendEntry.of(place));
            }
            legend.getChildren().setAll(entries);
        }
        for (int place = 0; place < entries.size(); place++) {
            entries.get(place).show(ChartWords.newest(frame.lines().get(place), frame.now()));
        }
        var strip = frame.readiness();
        if (strip != null) {
            readiness.show(ChartWords.readiness(strip, frame.now()));
        }
    }
}
