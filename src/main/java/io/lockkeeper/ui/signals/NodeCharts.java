package io.lockkeeper.ui.signals;

import io.lockkeeper.app.signals.Points;
import io.lockkeeper.app.signals.Quantity;
import io.lockkeeper.app.signals.SeriesKey;
import io.lockkeeper.app.signals.SignalHistory;
import io.lockkeeper.ui.control.Parts;
import io.lockkeeper.ui.control.chart.ChartFrame;
import io.lockkeeper.ui.control.chart.Crosshair;
import io.lockkeeper.ui.control.chart.Line;
import io.lockkeeper.ui.control.chart.TimeChart;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.TilePane;
import javafx.scene.layout.VBox;

/// One small chart per node, all with the same axes: the balancers' count, the node's own, and whether it says that it is ready. Twelve at a
/// time, in the order of the environment file, so that each stays where it is.
final class NodeCharts extends VBox {
    static final int AT_ONCE = 12;
    private static final double NARROWEST = 300;
    private static final double BETWEEN = 12;
    private static final TimeChart.Form SMALL = new TimeChart.Form(false, false, 104);

    private final SignalHistory history;
    private final Crosshair crosshair;
    private final Runnable redraw;
    private final Map<String, TimeChart> charts = new HashMap<>();
    private final TilePane tiles = new TilePane(BETWEEN, BETWEEN);
    private final Label which = Parts.label("", "muted", "small");
    private final Button before = Parts.button("nodes-before", "Before", () -> turn(-1), "small");
    private final Button after = Parts.button("nodes-after", "Next", () -> turn(1), "small");
    private int page;
    private List<String> shown = List.of();

    /// @param redraw asked for when other nodes are to be shown
    NodeCharts(SignalHistory history, Crosshair crosshair, Runnable redraw) {
        super(6);
        this.history = history;
        this.crosshair = crosshair;
        this.redraw = redraw;
        tiles.widthProperty().addListener((_, _, width) -> {
            int columns = (int) Math.clamp((width.doubleValue() + BETWEEN) / (NARROWEST + BETWEEN), 1,
                    Math.clamp(history.nodes().size(), 1, 4));
            tiles.setPrefColumns(columns);
            tiles.setPrefTileWidth(Math.floor((width.doubleValue() - BETWEEN * (columns - 1)) / columns));
        });
        boolean several = history.nodes().size() > AT_ONCE;
        before.setVisible(several);
        after.setVisible(several);
        var title = Parts.row(Parts.label("Connections, node by node", "panel-title"), which, Parts.spring(), before, after);
        getChildren().addAll(title, tiles);
    }

    private void turn(int by) {
        page = Math.clamp(page + by, 0, (history.nodes().size() - 1) / AT_ONCE);
        redraw.run();
    }

    void show(Instant now, Duration span) {
        var all = history.nodes();
        int first = page * AT_ONCE;
        var next = all.subList(first, Math.min(all.size(), first + AT_ONCE));
        if (!next.equals(shown)) {
            shown = next;
            tiles.getChildren().setAll(next.stream().map(node -> charts.computeIfAbsent(node, this::chart)).toList());
            which.setText(all.size() > AT_ONCE ? (first + 1) + " to " + (first + next.size()) + " of " + all.size() : "");
            before.setDisable(page == 0);
            after.setDisable(first + next.size() == all.size());
        }
        double highest = highest(now.minus(span).toEpochMilli());
        next.forEach(node -> charts.computeIfAbsent(node, this::chart).show(new ChartFrame(now, span, history.since(),
                List.of(new Line("balancers", points(Quantity.CONNECTIONS_BALANCED, node)),
                        new Line("itself", points(Quantity.CONNECTIONS_OWN, node))),
                new Line("ready", points(Quantity.READY, node)), null, history.marks(), highest)));
    }

    private TimeChart chart(String node) {
        var chart = new TimeChart(node, SMALL, crosshair);
        chart.setId("chart-" + node);
        return chart;
    }

    private Points points(Quantity quantity, String node) {
        return history.points(SeriesKey.of(quantity, node));
    }

    /// Of all nodes, so that heights can be compared.
    private double highest(long from) {
        double highest = 1;
        for (var node : history.nodes()) {
            for (var quantity : List.of(Quantity.CONNECTIONS_BALANCED, Quantity.CONNECTIONS_OWN)) {
                var points = points(quantity, node);
                for (int i = points.firstFrom(from); i < points.size(); i++) {
                    highest = Math.max(highest, points.value(i));
                }
            }
        }
        return highest;
    }
}
