package io.lockkeeper.ui.signals;

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
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.VBox;
import javafx.scene.text.Text;

/// A row per node: what it says, what the balancers count, and what clients of ours met there. Enter, or a double click, shows its episodes.
final class NodeMatrix extends VBox {
    private static final PseudoClass STALE = PseudoClass.getPseudoClass("stale");
    private static final PseudoClass MARKED = PseudoClass.getPseudoClass("marked");
    private static final double ROW = 30;
    private static final double NAME_SCALE = 1.25; // of the default font: bold, and a little larger
    private static final double HEAD = 44;
    private static final int MOST_ROWS = 10;

    private final Environment environment;
    private final ObservableList<NodeRows.Row> rows = FXCollections.observableArrayList();
    private final Label about = Parts.wrapped("", "muted", "small");
    private final TableView<NodeRows.Row> table = new TableView<>(rows);

    /// @param open shows the episodes of a node
    NodeMatrix(Environment environment, Consumer<String> open) {
        super(6);
        this.environment = environment;
        table.setId("node-matrix");
        table.setAccessibleText("what is known of each node");
        table.setFixedCellSize(ROW);
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
        var name = column("Node", NodeRows.Row::node, widthOf(environment), "strong");
        name.setMinWidth(120);
        table.getColumns().addAll(List.of(name, column("Ready", NodeRows.Row::ready, 66, ""),
                column("Version", NodeRows.Row::version, 76, ""),
                column("Balancers", NodeRows.Row::balanced, 96, "number"), column("Itself", NodeRows.Row::own, 60, "number"),
                column("Probe", NodeRows.Row::probe, 214, ""), column("Landed", NodeRows.Row::landed, 80, "number"),
                column("Mean", NodeRows.Row::took, 72, "number"), column("Lost here", NodeRows.Row::lost, 98, ""),
                column("of them back", NodeRows.Row::back, 124, "number"),
                column("Read", NodeRows.Row::read, 58, "number")));
        table.setRowFactory(_ -> new Row(open));
        table.setOnKeyPressed(event -> {
            var chosen = table.getSelectionModel().getSelectedItem();
            if (event.getCode() == KeyCode.ENTER && chosen != null) {
                open.accept(chosen.name());
                event.consume();
            }
        });
        getChildren().addAll(Parts.label("Node by node", "panel-title"), about, table);
    }

    /// Names are told apart by their ends as often as by their beginnings.
    private static double widthOf(Environment environment) {
        double widest = environment.nodeNames().stream().mapToDouble(name -> new Text(name).getLayoutBounds().getWidth()).max()
                .orElse(0);
        return Math.clamp(widest * NAME_SCALE + 24, 120, 330);
    }

    private static TableColumn<NodeRows.Row, String> column(String title, Function<NodeRows.Row, String> text, double width,
            String style) {
        var column = new TableColumn<NodeRows.Row, String>(title);
        column.setCellValueFactory(row -> new ReadOnlyStringWrapper(text.apply(row.getValue())));
        column.setPrefWidth(width);
        column.setMinWidth(Math.min(width, 54));
        column.setSortable(false);
        column.setReorderable(false);
        column.setCellFactory(_ -> new Cell(style));
        if (style.equals("number")) {
            column.getStyleClass().add("number");
        }
        return column;
    }

    /// Only rows that changed are replaced, so that selection and scrolling stay.
    void show(Snapshot snapshot, Instant now) {
        var next = NodeRows.of(environment, snapshot, now);
        for (int i = 0; i < next.size(); i++) {
            if (i >= rows.size()) {
                rows.add(next.get(i));
            } else if (!rows.get(i).equals(next.get(i))) {
                rows.set(i, next.get(i));
            }
        }
        rows.remove(next.size(), rows.size());
        double height = ROW * Math.clamp(rows.size(), 1, MOST_ROWS) + HEAD;
        table.setPrefHeight(height);
        table.setMinHeight(height);
        about.setText(NodeRows.about(snapshot.watch(), now) + " Enter shows a node's episodes.");
    }

    private static final class Cell extends TableCell<NodeRows.Row, String> {
        Cell(String style) {
            setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
            if (!style.isEmpty()) {
                getStyleClass().add(style);
            }
        }

        @Override
        protected void updateItem(String text, boolean empty) {
            super.updateItem(text, empty);
            setText(empty ? null : text);
            setTooltip(empty || text.length() < 9 ? null : new Tooltip(text));
        }
    }

    private static final class Row extends TableRow<NodeRows.Row> {
        Row(Consumer<String> open) {
            setOnMouseClicked(event -> {
                var row = getItem();
                if (event.getClickCount() == 2 && row != null) {
                    open.accept(row.name());
                }
            });
        }

        @Override
        protected void updateItem(NodeRows.Row row, boolean empty) {
            super.updateItem(row, empty);
            pseudoClassStateChanged(STALE, !empty && row.old());
            pseudoClassStateChanged(MARKED, !empty && row.bad());
        }
    }
}
