package io.lockkeeper.ui.signals;

import io.lockkeeper.app.signals.Points;
import io.lockkeeper.app.signals.Quantity;
import io.lockkeeper.app.signals.SeriesKey;
import io.lockkeeper.app.signals.SignalHistory;
import io.lockkeeper.domain.environment.Capability;
import io.lockkeeper.domain.environment.Environment;
import io.lockkeeper.ui.control.Parts;
import io.lockkeeper.ui.control.chart.ChartFrame;
import io.lockkeeper.ui.control.chart.Crosshair;
import io.lockkeeper.ui.control.chart.Limit;
import io.lockkeeper.ui.control.chart.Line;
import io.lockkeeper.ui.control.chart.TimeChart;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// What is measured: tiles with the newest values, the service as a whole over time with what was done to it, and each node by itself.
public final class SignalsView extends VBox {
    private static final Duration BETWEEN_DRAWINGS = Duration.ofMillis(100);
    private static final TimeChart.Form MAIN = new TimeChart.Form(true, true, 170);
    private static final TimeChart.Form SECOND = new TimeChart.Form(false, true, 92);

    private final Environment environment;
    private final SignalHistory history;
    private final Crosshair crosshair = new Crosshair();
    private final Map<String, TileView> tiles = new LinkedHashMap<>();
    private final HBox row = new HBox(10);
    private final TimeChart connections;
    private final TimeChart serving;
    private final NodeCharts nodes;
    private final Label missing = Parts.wrapped("", "muted");
    private Range range = Range.MIDDLE;
    private @Nullable Instant drawnAt;
    private @Nullable Instant shownAt;

    public SignalsView(Environment environment, SignalHistory history) {
        this.environment = environment;
        this.history = history;
        connections = new TimeChart("Open connections of the service", MAIN, crosshair);
        serving = new TimeChart("Nodes known to serve", SECOND, crosshair);
        nodes = new NodeCharts(history, crosshair, this::redraw);
        getStyleClass().add("screen");
        missing.setId("not-measured");
        missing.setText(String.join(" ", SignalTiles.missing(environment, history)));
        var charts = new VBox(10, connections, serving, nodes);
        charts.getStyleClass().add("charts");
        var scroll = new ScrollPane(charts);
        scroll.setId("charts");
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.getStyleClass().add("sheet-scroll");
        VBox.setVgrow(scroll, Priority.ALWAYS);
        getChildren().addAll(header(), row, missing, scroll);
    }

    private HBox header() {
        var group = new ToggleGroup();
        var choices = new HBox(4);
        for (var one : Range.values()) {
            var button = new ToggleButton(one.words());
            button.setId("range-" + one.words().replace(" ", ""));
            button.setAccessibleText("the last " + one.words());
            button.setToggleGroup(group);
            button.setSelected(one == range);
            button.getStyleClass().add("small");
            button.setOnAction(_ -> {
                range = one;
                button.setSelected(true);
                redraw();
            });
            choices.getChildren().add(button);
        }
        return Parts.row(Parts.label("Signals", "screen-title"), Parts.spring(),
                Parts.label("hatched: nothing was read", "muted", "small"),
                choices);
    }

    private void redraw() {
        var now = shownAt;
        if (now != null) {
            draw(now);
        }
    }

    /// Draws at most ten times a second, whatever comes.
    public void show(Instant now) {
        shownAt = now;
        var last = drawnAt;
        boolean soon = last != null && now.isAfter(last) && now.isBefore(last.plus(BETWEEN_DRAWINGS));
        if (!soon) {
            draw(now);
        }
    }

    private void draw(Instant now) {
        drawnAt = now;
        tiles(SignalTiles.of(environment, history, now));
        var floor = new Limit(environment.floor(), Limit.Good.AT_LEAST, "floor: at least " + environment.floor());
        serving.show(frame(now, List.of(line("known to serve", Quantity.SERVING)), floor, environment.nodes().size()));
        var lines = new ArrayList<Line>();
        lines.add(line("balancers", Quantity.CONNECTIONS_TOTAL));
        if (environment.can(Capability.SESSIONS)) {
            lines.add(line("sessions by the feed", Quantity.SESSIONS));
        }
        connections.show(frame(now, lines, null, 1));
        nodes.show(now, range.span());
    }

    private Line line(String name, Quantity quantity) {
        return new Line(name, points(quantity));
    }

    private Points points(Quantity quantity) {
        return history.points(SeriesKey.of(quantity));
    }

    private ChartFrame frame(Instant now, List<Line> lines, @Nullable Limit limit, double highest) {
        return new ChartFrame(now, range.span(), history.since(), lines, null, limit, history.marks(), highest);
    }

    private void tiles(List<SignalTiles.Tile> next) {
        for (var tile : next) {
            tiles.computeIfAbsent(tile.id(), id -> {
                var view = new TileView(id, tile.title());
                HBox.setHgrow(view, Priority.ALWAYS);
                view.setPrefWidth(200);
                row.getChildren().add(view);
                return view;
            }).show(tile);
        }
    }
}
