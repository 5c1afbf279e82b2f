package io.lockkeeper.ui.fleet;

import io.lockkeeper.app.Snapshot;
import io.lockkeeper.domain.environment.Environment;
import io.lockkeeper.ui.control.Parts;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.css.PseudoClass;
import javafx.scene.control.Label;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.scene.text.Text;

/// One row per node: what was ordered, what is, and how old that knowledge is.
public final class FleetView extends VBox {
    private static final PseudoClass STALE = PseudoClass.getPseudoClass("stale");
    private static final double NAME_SCALE = 1.25; // of the default font: bold, and a little larger
    private static final PseudoClass DOWN = PseudoClass.getPseudoClass("down");
    private static final PseudoClass MARKED = PseudoClass.getPseudoClass("marked");

    private final Environment environment;
    private final Consumer<String> log;
    private final ObservableList<FleetRows.Row> rows = FXCollections.observableArrayList();
    private final Label summary = Parts.label("", "muted");

    /// @param log asked to show the log of a node
    public FleetView(Environment environment, Consumer<String> log) {
        this.environment = environment;
        this.log = log;
        getStyleClass().add("screen");
        var table = table();
        VBox.setVgrow(table, Priority.ALWAYS);
        getChildren().addAll(Parts.row(Parts.label("Fleet", "screen-title"), Parts.spring(), summary), table);
    }

    private TableView<FleetRows.Row> table() {
        var table = new TableView<>(rows);
        table.setId("fleet");
        table.setAccessibleText("Nodes of the fleet");
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
        var name = column("Node", FleetRows.Row::node, widthOf(environment.nodeNames()), "strong");
        name.setMinWidth(name.getPrefWidth());
        table.getColumns().addAll(List.of(name, column("Ordered", FleetRows.Row::ordered, 90, ""),
                column("Observed", FleetRows.Row::observed, 100, ""), column("Ready", FleetRows.Row::ready, 70, ""),
                column("Version", FleetRows.Row::version, 80, ""),
                column("Connections", FleetRows.Row::connections, 122, "number"),
                column("Share", FleetRows.Row::weight, 70, "number"), column("Process", FleetRows.Row::instance, 95, ""),
                column("Read", FleetRows.Row::age, 100, "number"), logColumn(),
                column("Mind", FleetRows.Row::mark, 158, "warn-text")));
        table.setRowFactory(_ -> new Row());
        return table;
    }

    /// Names are told apart by their ends as often as by their beginnings: they get their room before anything else.
    private static double widthOf(List<String> names) {
        double widest = names.stream().mapToDouble(name -> new Text(name).getLayoutBounds().getWidth()).max().orElse(0);
        return Math.clamp(widest * NAME_SCALE + 24, 120, 230);
    }

    private static TableColumn<FleetRows.Row, String> column(String title, Function<FleetRows.Row, String> text, double width,
            String style) {
        var column = new TableColumn<FleetRows.Row, String>(title);
        column.setCellValueFactory(row -> new ReadOnlyStringWrapper(text.apply(row.getValue())));
        column.setPrefWidth(width);
        column.setSortable(false);
        column.setReorderable(false);
        column.setCellFactory(_ -> new Cell(style));
        if (style.equals("number")) {
            column.getStyleClass().add("number");
        }
        return column;
    }

    private TableColumn<FleetRows.Row, String> logColumn() {
        var column = column("Log", FleetRows.Row::node, 60, "");
        column.setCellFactory(_ -> new LogCell(log));
        return column;
    }

    private static final class LogCell extends TableCell<FleetRows.Row, String> {
        private final Consumer<String> log;

        LogCell(Consumer<String> log) {
            this.log = log;
            getStyleClass().add("button-cell");
        }

        @Override
        protected void updateItem(String node, boolean empty) {
            super.updateItem(node, empty);
            setGraphic(empty ? null : Parts.button("log-" + node, "Log", () -> log.accept(node), "flat", "small"));
        }
    }

    private static final class Cell extends TableCell<FleetRows.Row, String> {
        Cell(String style) {
            setWrapText(style.equals("strong") || style.equals("warn-text"));
            if (!style.isEmpty()) {
                getStyleClass().add(style);
            }
        }

        @Override
        protected void updateItem(String text, boolean empty) {
            super.updateItem(text, empty);
            setText(empty ? null : text);
            setTooltip(empty || text.length() < 14 ? null : new Tooltip(text));
        }
    }

    private static final class Row extends TableRow<FleetRows.Row> {
        @Override
        protected void updateItem(FleetRows.Row row, boolean empty) {
            super.updateItem(row, empty);
            pseudoClassStateChanged(STALE, !empty && row.stale());
            pseudoClassStateChanged(DOWN, !empty && row.down());
            pseudoClassStateChanged(MARKED, !empty && !row.down() && !row.mark().isEmpty());
        }
    }

    /// Only rows that changed are replaced, so that selection and scrolling stay.
    public void show(Snapshot snapshot, Instant now) {
        var next = FleetRows.of(environment, snapshot, now);
        for (int i = 0; i < next.size(); i++) {
            if (i >= rows.size()) {
                rows.add(next.get(i));
            } else if (!rows.get(i).equals(next.get(i))) {
                rows.set(i, next.get(i));
            }
        }
        boolean down = next.stream().anyMatch(FleetRows.Row::down);
        long serving = environment.nodeNames().stream().filter(node -> snapshot.fleet().serves(node, now)).count();
        summary.setText(serving + " of " + environment.nodes().size() + " nodes known to serve" + (environment.floor() > serving
                ? "; below the floor of " + environment.floor()
                : ""));
        summary.getStyleClass().setAll("label", down || environment.floor() > serving ? "live-bad" : "muted");
    }
}
