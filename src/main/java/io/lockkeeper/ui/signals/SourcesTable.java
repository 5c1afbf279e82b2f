package io.lockkeeper.ui.signals;

import io.lockkeeper.domain.metrics.SignalReadings;
import io.lockkeeper.ui.control.Parts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javafx.geometry.Pos;
import javafx.geometry.VPos;
import javafx.scene.control.Label;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// "Signals by source": a row for each source of each signal, so that two that disagree are both seen.
final class SourcesTable extends VBox {
    private static final List<String> HEADS = List.of("Signal", "Source", "Value", "Rests on", "Age", "");

    private static final double NARROWEST = 170;

    private final GridPane grid = new GridPane(14, 3);
    private final List<List<Label>> cells = new ArrayList<>();
    private List<SourceRows.Row> shown = List.of();

    SourcesTable() {
        super(6);
        setId("signals-by-source");
        for (int column = 0; column < HEADS.size(); column++) {
            var width = new ColumnConstraints();
            boolean wide = column == 3 || column == 5;
            width.setHgrow(wide ? Priority.ALWAYS : Priority.NEVER);
            width.setMinWidth(wide ? NARROWEST : Region.USE_PREF_SIZE);
            grid.getColumnConstraints().add(width);
            grid.add(Parts.label(HEADS.get(column), "muted", "small"), column, 0);
        }
        getChildren().addAll(Parts.label("Signals by source", "panel-title"), grid);
    }

    void show(SignalReadings readings, Instant now) {
        var rows = SourceRows.of(readings, now);
        if (rows.equals(shown)) {
            return;
        }
        shown = rows;
        while (cells.size() < rows.size()) {
            add();
        }
        while (cells.size() > rows.size()) {
            grid.getChildren().removeAll(cells.removeLast());
        }
        for (int i = 0; i < rows.size(); i++) {
            fill(cells.get(i), rows.get(i));
        }
    }

    private void add() {
        var labels = new ArrayList<Label>();
        for (int column = 0; column < HEADS.size(); column++) {
            var label = Parts.label("");
            label.setWrapText(column == 3 || column == 5);
            label.setMinHeight(Region.USE_PREF_SIZE);
            GridPane.setValignment(label, VPos.TOP);
            label.setAlignment(Pos.TOP_LEFT);
            grid.add(label, column, cells.size() + 1);
            labels.add(label);
        }
        cells.add(labels);
    }

    private static void fill(List<Label> labels, SourceRows.Row row) {
        boolean bad = row.style().equals("bad");
        GridPane.setColumnSpan(labels.get(3), bad ? HEADS.size() - 3 : 1);
        var texts = List.of(row.signal(), row.source(), row.value(), row.basis(), row.age(), row.note());
        for (int column = 0; column < texts.size(); column++) {
            var label = labels.get(column);
            if (!label.getText().equals(texts.get(column))) {
                label.setText(texts.get(column));
            }
            boolean marked = column == 2 || (bad && column == 3);
            label.getStyleClass().setAll("label", marked && !row.style().equals("calm") ? "state" : "plain",
                    marked ? row.style() : "muted");
            if (column == 0 || (column == 2 && row.style().equals("calm"))) {
                label.getStyleClass().setAll("label", "strong");
            }
        }
    }
}
