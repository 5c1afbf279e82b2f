package io.lockkeeper.ui.signals;

import io.lockkeeper.app.ActionItem;
import io.lockkeeper.app.Snapshot;
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
import java.util.function.Consumer;
import io.lockkeeper.domain.watch.WatchReading;
import javafx.scene.Node;
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
    private static final Limit GOAL = new Limit(95, Limit.Good.AT_LEAST, "goal: at least 95 %");
    private static final double BESIDE = 310;
    private static final TimeChart.Form MAIN = new TimeChart.Form(true, true, 170);
    private static final TimeChart.Form SECOND = new TimeChart.Form(false, true, 92);

    private final Environment environment;
    private final SignalHistory history;
    private final Crosshair crosshair = new Crosshair();
    private final Map<String, TileView> tiles = new LinkedHashMap<>();
    private final HBox row = new HBox(10);
    private final HBox clientRow = new HBox(10);
    private final TriggersPanel triggers;
    private final ScrollPane triggersBeside;
    private final VBox ofClients;
    private final TimeChart success;
    private final TimeChart out;
    private final TimeChart connections;
    private final TimeChart serving;
    private final NodeCharts nodes;
    private final SourcesTable sources = new SourcesTable();
    private final Label disagreements = Parts.wrapped("", "warn-text");
    private final Label missing = Parts.wrapped("", "muted");
    private Range range = Range.MIDDLE;
    private @Nullable Instant drawnAt;
    private @Nullable Instant shownAt;
    private @Nullable WatchReading watch;
    private @Nullable Snapshot snapshot;
    private List<ActionItem> items = List.of();

    /// @param perform carries out what is offered here
    public SignalsView(Environment environment, SignalHistory history, Consumer<ActionItem> perform) {
        this.environment = environment;
        this.history = history;
        connections = new TimeChart("Open connections of the service", MAIN, crosshair);
        serving = new TimeChart("Nodes known to serve", SECOND, crosshair);
        success = new TimeChart("Came back, % of the last minute", SECOND, crosshair);
        success.setId("chart-success");
        out = new TimeChart("Clients out", SECOND, crosshair);
        nodes = new NodeCharts(history, crosshair, this::redraw);
        triggers = new TriggersPanel(perform);
        ofClients = new VBox(10, success, out);
        getStyleClass().add("screen");
        missing.setId("not-measured");
        disagreements.setId("sources-disagree");
        var charts = new VBox(10, ofClients, connections, serving, sources, nodes);
        charts.getStyleClass().add("charts");
        var scroll = new ScrollPane(charts);
        scroll.setId("charts");
        fit(scroll);
        HBox.setHgrow(scroll, Priority.ALWAYS);
        triggersBeside = new ScrollPane(triggers);
        fit(triggersBeside);
        triggersBeside.setMinWidth(BESIDE);
        triggersBeside.setPrefWidth(BESIDE);
        var below = new HBox(12, scroll, triggersBeside);
        VBox.setVgrow(below, Priority.ALWAYS);
        getChildren().addAll(header(), row, clientRow, disagreements, missing, below);
    }

    private static void fit(ScrollPane scroll) {
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.getStyleClass().add("sheet-scroll");
    }

    private static void put(Node node, boolean there) {
        node.setVisible(there);
        node.setManaged(there);
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
    public void show(Snapshot next, List<ActionItem> offered, Instant now) {
        watch = next.watch();
        snapshot = next;
        items = offered;
        shownAt = now;
        var last = drawnAt;
        boolean soon = last != null && now.isAfter(last) && now.isBefore(last.plus(BETWEEN_DRAWINGS));
        if (!soon) {
            draw(now);
        }
    }

    private void draw(Instant now) {
        drawnAt = now;
        tiles(SignalTiles.of(environment, history, now), row, false);
        clients(now);
        var floor = new Limit(environment.floor(), Limit.Good.AT_LEAST, "floor: at least " + environment.floor());
        serving.show(frame(now, List.of(line("known to serve", Quantity.SERVING)), floor, environment.nodes().size()));
        var lines = new ArrayList<Line>();
        lines.add(line("balancers", Quantity.CONNECTIONS_TOTAL));
        if (environment.can(Capability.SESSIONS)) {
            lines.add(line("sessions by the feed", Quantity.SESSIONS));
        }
        connections.show(frame(now, lines, null, 1));
        bySource(now);
        nodes.show(now, range.span());
    }

    private void bySource(Instant now) {
        var shown = snapshot;
        if (shown != null) {
            var readings = shown.signals(now);
            sources.show(readings, now);
            put(sources, !readings.signals().isEmpty());
            var said = String.join(". ", readings.disagreements());
            disagreements.setText(said.isEmpty() ? "" : "Sources disagree: " + said);
            put(disagreements, !said.isEmpty());
        }
    }

    private void clients(Instant now) {
        var known = watch;
        var said = String.join(" ", SignalTiles.missing(environment, history, known));
        missing.setText(said);
        put(missing, !said.isEmpty());
        boolean measures = known != null && known.watcher().watching();
        put(clientRow, measures);
        put(ofClients, measures);
        put(triggersBeside, known != null);
        if (known != null) {
            triggers.show(known, items);
        }
        if (known != null && measures) {
            tiles(ClientTiles.of(known, now), clientRow, true);
            success.show(frame(now, List.of(line("by client", Quantity.SUCCESS_BY_CLIENT),
                    line("by attempt", Quantity.SUCCESS_BY_ATTEMPT)), GOAL, 100));
            out.show(frame(now, List.of(line("out", Quantity.CLIENTS_OUT)), null, 1));
        }
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

    private void tiles(List<SignalTiles.Tile> next, HBox into, boolean narrow) {
        for (var tile : next) {
            tiles.computeIfAbsent(tile.id(), id -> {
                var view = new TileView(id, tile.title(), narrow);
                HBox.setHgrow(view, Priority.ALWAYS);
                view.setPrefWidth(200);
                into.getChildren().add(view);
                return view;
            }).show(tile);
        }
    }
}
