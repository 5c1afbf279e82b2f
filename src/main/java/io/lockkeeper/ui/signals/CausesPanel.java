package io.lockkeeper.ui.signals;

import io.lockkeeper.domain.client.Failure;
import io.lockkeeper.domain.watch.WatchReading;
import io.lockkeeper.ui.control.Parts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import javafx.geometry.HPos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// Why attempts to connect gave no session: a row for each cause, which opens its episodes.
final class CausesPanel extends VBox {
    private static final List<String> HEADS = List.of("Cause", "1 min", "5 min", "", "Newest");
    private static final double LONGEST_BAR = 90;

    private final Consumer<Failure> open;
    private final GridPane grid = new GridPane(12, 2);
    private final Label summary = Parts.wrapped("", "small");
    private final List<Line> lines = new ArrayList<>();

    /// @param open shows the episodes of a cause
    CausesPanel(Consumer<Failure> open) {
        super(6);
        this.open = open;
        setId("causes");
        getStyleClass().add("panel");
        summary.setId("causes-summary");
        for (int column = 0; column < HEADS.size(); column++) {
            var width = new ColumnConstraints();
            boolean number = column == 1 || column == 2;
            width.setHgrow(column == 3 ? Priority.ALWAYS : Priority.NEVER);
            width.setMinWidth(column == 3 ? 20 : Region.USE_PREF_SIZE);
            width.setHalignment(number ? HPos.RIGHT : HPos.LEFT);
            grid.getColumnConstraints().add(width);
            grid.add(Parts.label(HEADS.get(column), "muted", "small"), column, 0);
        }
        getChildren().addAll(Parts.label("Attempts that failed, by cause", "panel-title"), summary, grid);
    }

    void show(WatchReading watch, Instant now) {
        var shown = CauseRows.of(watch, now);
        summary.setText(shown.summary());
        summary.getStyleClass().setAll("label", "small", switch (shown.level()) {
            case BAD -> "live-bad";
            case UNKNOWN -> "warn-text";
            case CALM -> "muted";
        });
        grid.setVisible(!shown.rows().isEmpty());
        grid.setManaged(!shown.rows().isEmpty());
        while (lines.size() < shown.rows().size()) {
            lines.add(new Line(lines.size() + 1));
        }
        while (lines.size() > shown.rows().size()) {
            grid.getChildren().removeAll(lines.removeLast().nodes());
        }
        for (int i = 0; i < lines.size(); i++) {
            lines.get(i).show(shown.rows().get(i));
        }
    }

    private final class Line {
        private final Button cause = Parts.button("", "", () -> {
        }, "flat", "small", "link");
        private final Label minute = Parts.label("");
        private final Label five = Parts.label("", "strong");
        private final Region bar = new Region();
        private final Label newest = Parts.label("", "muted", "small");

        Line(int row) {
            bar.getStyleClass().add("bar");
            bar.setMaxHeight(9);
            bar.setMinHeight(9);
            grid.addRow(row, cause, minute, five, bar, newest);
        }

        List<Node> nodes() {
            return List.of(cause, minute, five, bar, newest);
        }

        void show(CauseRows.Row row) {
            if (!cause.getText().equals(row.words())) {
                cause.setText(row.words());
                cause.setId("cause-" + row.failure().cause().name().toLowerCase(Locale.ROOT)
                        + (row.failure().status() == 0 ? "" : "-" + row.failure().status()));
                cause.setOnAction(_ -> open.accept(row.failure()));
            }
            minute.setText(row.minute());
            five.setText(String.valueOf(row.five()));
            bar.setMaxWidth(Math.max(2, row.share() * LONGEST_BAR));
            newest.setText(row.newest());
            cause.setAccessibleText(row.words() + ", " + row.minute() + " in the last minute, " + row.five()
                    + " in five, the newest " + row.newest() + "; shows its episodes");
        }
    }
}
