package io.lockkeeper.ui.run;

import io.lockkeeper.ui.control.Parts;
import io.lockkeeper.ui.fleet.FleetRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javafx.scene.control.Label;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.VBox;

/// The live states of the nodes that a run is about. Built once per set of nodes; texts are updated in place.
final class NodesNow extends VBox {
    private static final List<String> TITLES = List.of("Node", "Ordered", "Observed", "Ready", "Version", "Connections", "Read");
    private final GridPane grid = new GridPane(16, 4);
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
            build(rows.size());
        }
        for (int i = 0; i < rows.size(); i++) {
            var row = rows.get(i);
            var texts = List.of(row.node(), row.ordered(), row.observed(), row.ready(), row.version(), row.connections(),
                    row.age());
            for (int column = 0; column < texts.size(); column++) {
                var label = lines.get(i).get(column);
                label.setText(texts.get(column));
                label.getStyleClass().setAll("label", row.stale() || !row.mark().isEmpty() ? "warn-text" : "live",
                        column == 0 ? "strong" : "plain");
            }
        }
    }

    private void build(int rows) {
        grid.getChildren().clear();
        lines.clear();
        for (int column = 0; column < TITLES.size(); column++) {
            grid.add(Parts.label(TITLES.get(column), "muted", "small"), column, 0);
        }
        for (int row = 0; row < rows; row++) {
            var labels = new ArrayList<Label>();
            for (int column = 0; column < TITLES.size(); column++) {
                var label = new Label();
                labels.add(label);
                grid.add(label, column, row + 1);
            }
            lines.add(labels);
        }
    }
}
