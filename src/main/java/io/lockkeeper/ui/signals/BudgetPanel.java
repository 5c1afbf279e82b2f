package io.lockkeeper.ui.signals;

import io.lockkeeper.domain.watch.WatchReading;
import io.lockkeeper.ui.control.Parts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javafx.geometry.HPos;
import javafx.scene.control.Label;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// What of the error budget was spent now, by the run and in the month, with what was planned of it.
final class BudgetPanel extends VBox {
    private static final List<String> HEADS = List.of("", "Spent", "planned of it", "of a month's");
    private final GridPane grid = new GridPane(14, 1);
    private final List<Line> lines = new ArrayList<>();

    BudgetPanel() {
        super(6);
        setId("budget");
        getStyleClass().add("panel");
        for (int column = 0; column < HEADS.size(); column++) {
            var width = new ColumnConstraints();
            width.setHgrow(column == 0 ? Priority.ALWAYS : Priority.NEVER);
            width.setMinWidth(column == 0 ? 60 : Region.USE_PREF_SIZE);
            width.setHalignment(column == 0 ? HPos.LEFT : HPos.RIGHT);
            grid.getColumnConstraints().add(width);
            grid.add(Parts.label(HEADS.get(column), "muted", "small"), column, 0);
        }
        getChildren().addAll(Parts.label("Error budget: 99.9 % in 30 days", "panel-title"), grid);
    }

    void show(WatchReading watch, BudgetRows.Month month, Instant now) {
        var rows = BudgetRows.of(watch, month, now);
        while (lines.size() < rows.size()) {
            lines.add(new Line(1 + 2 * lines.size()));
        }
        while (lines.size() > rows.size()) {
            grid.getChildren().removeAll(lines.removeLast().nodes());
        }
        for (int i = 0; i < rows.size(); i++) {
            lines.get(i).show(rows.get(i));
        }
    }

    /// Figures, and below them what they rest on.
    private final class Line {
        private final Label what = Parts.label("");
        private final Label spent = Parts.label("");
        private final Label planned = Parts.label("");
        private final Label month = Parts.label("");
        private final Label note = Parts.wrapped("", "muted", "small");

        Line(int row) {
            what.setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
            what.setMinWidth(0);
            note.setMinWidth(0);
            grid.addRow(row, what, spent, planned, month);
            grid.add(note, 0, row + 1, HEADS.size(), 1);
        }

        List<Label> nodes() {
            return List.of(what, spent, planned, month, note);
        }

        void show(BudgetRows.Row row) {
            if (!what.getText().equals(row.what())) {
                what.setText(row.what());
                what.setTooltip(new Tooltip(row.what()));
            }
            spent.setText(row.spent());
            planned.setText(row.planned());
            month.setText(row.month());
            note.setText(row.note());
            spent.getStyleClass().setAll("label", switch (row.level()) {
                case BAD -> "live-bad";
                case UNKNOWN -> "warn-text";
                case CALM -> "strong";
            });
            what.setAccessibleText(row.what() + ": " + row.spent() + " spent, " + row.planned() + " of it planned, "
                    + row.month() + " of a month's, " + row.note());
        }
    }
}
