package io.lockkeeper.ui.run;

import io.lockkeeper.ui.control.Parts;
import io.lockkeeper.ui.fleet.FleetRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javafx.scene.control.Label;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// The live states of the nodes that a run is about. Built once per set of nodes; texts are updated in place.
final class NodesNow extends VBox {
    private static final List<String> TITLES = List.of("Node", "Ordered", "Observed", "Ready", "Version", "Connections", "Read");
    private static final int SHORT_NAME = 18; // letters
    private final GridPane grid = new GridPane(10, 4);
    private final List<List<Label>> lines = new ArrayList<>();

    NodesNow() {
        super(8);
        getStyleClass().add("panel");
        setId("nodes-now");
        setAccessibleText("Nodes now");
        getChildren().addAll(Parts.label("Nodes now", "panel-title"), grid);
    }

    void show(List<FleetRows.Row> all, Set<String> wanted) {
        var rows = all.stream().filter(row -> wanted.isEmpty() || wanted.contains(row.node())).toList();
        if (rows.size() != lines.size()) {
            build(rows);
        }
        for (int i = 0; i < rows.size(); i++) {
            var row = rows.get(i);
            var texts = List.of(row.node(), row.ordered(), row.observed(), row.ready(), row.version(), row.connections(),
                    row.age());
            for (int column = 0; column < texts.size(); column++) {
                var label = lines.get(i).get(column);
                label.setText(texts.get(column));
                label.getStyleClass().setAll("label", style(row),
                        column == 0 ? "strong" : "plain");
            }
        }
    }

    private static String style(FleetRows.Row row) {
        if (row.down()) {
            return "live-bad";
        }
        return row.stale() || !row.mark().isEmpty() ? "warn-text" : "live";
    }

    /// Long names get a line of their own above the values.
    private void build(List<FleetRows.Row> rows) {
        grid.getChildren().clear();
        lines.clear();
        boolean apart = rows.stream().anyMatch(row -> row.node().length() > SHORT_NAME);
        for (int column = apart ? 1 : 0; column < TITLES.size(); column++) {
            var title = Parts.label(TITLES.get(column), "muted", "small");
            title.setMinWidth(Region.USE_PREF_SIZE);
            grid.add(title, column, 0);
        }
        for (int i = 0; i < rows.size(); i++) {
            var labels = new ArrayList<Label>();
            for (int column = 0; column < TITLES.size(); column++) {
                var label = apart && column == 0 ? Parts.wrapped("") : Parts.label("");
                label.setMinWidth(apart && column == 0 ? 0 : Region.USE_PREF_SIZE);
                labels.add(label);
                if (apart && column == 0) {
                    grid.add(label, 0, 1 + 2 * i, TITLES.size(), 1);
                } else {
                    grid.add(label, column, apart ? 2 + 2 * i : 1 + i);
                }
            }
            lines.add(labels);
        }
    }
}
