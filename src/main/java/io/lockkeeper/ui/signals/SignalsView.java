package io.lockkeeper.ui.signals;

import io.lockkeeper.app.ActionItem;
import io.lockkeeper.app.Snapshot;
import io.lockkeeper.app.signals.Points;
import io.lockkeeper.app.signals.Quantity;
import io.lockkeeper.app.signals.SeriesKey;
import io.lockkeeper.app.signals.SignalHistory;
import io.lockkeeper.domain.environment.Capability;
import io.lockkeeper.domain.environment.Environment;
import io.lockkeeper.domain.history.EpisodeFilter;
import io.lockkeeper.domain.history.MonthSpent;
import io.lockkeeper.ui.control.Parts;
import io.lockkeeper.ui.control.chart.ChartFrame;
import io.lockkeeper.ui.control.chart.Crosshair;
import io.lockkeeper.ui.control.chart.Limit;
import io.lockkeeper.ui.control.chart.Line;
import io.lockkeeper.ui.control.chart.TimeChart;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
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

    /// What is shown below the tiles.
    enum Section {
        OVERVIEW("Overview"), NODES("Nodes"), SOURCES("Sources");

        private final String words;

        Section(String words) {
            this.words = words;
        }
    }

    /// Where more is known than a snapshot says.
    public interface Drill {
        /// Shows single episodes.
        void episodes(EpisodeFilter filter);

        /// Reads what was spent in the month, and says it on the screen's thread, or why it is not known.
        void month(Consumer<MonthSpent> done, Consumer<String> failed);
    }

    private static final Duration BETWEEN_MONTHS = Duration.ofMinutes(1);
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
    private final NodeMatrix matrix;
    private final CausesPanel causes;
    private final BudgetPanel budget = new BudgetPanel();
    private final HBox failing;
    private final SourcesTable sources = new SourcesTable();
    private final Label noSources = Parts.wrapped("Nothing was read from any source yet.", "muted");
    private final Map<Section, VBox> sections = new EnumMap<>(Section.class);
    private final Map<Section, ToggleButton> choices = new EnumMap<>(Section.class);
    private final ScrollPane scroll;
    private final HBox ranges = new HBox(4);
    private final Label hatched = Parts.label("hatched: nothing was read", "muted", "small");
    private final Drill drill;
    private Section section = Section.OVERVIEW;
    private BudgetRows.Month month = BudgetRows.Month.NOT_YET;
    private @Nullable Instant monthAskedAt;
    private final Label disagreements = Parts.wrapped("", "warn-text");
    private final Label missing = Parts.wrapped("", "muted");
    private Range range = Range.MIDDLE;
    private @Nullable Instant drawnAt;
    private @Nullable Instant shownAt;
    private @Nullable WatchReading watch;
    private @Nullable Snapshot snapshot;
    private List<ActionItem> items = List.of();

    /// @param perform carries out what is offered here
    public SignalsView(Environment environment, SignalHistory history, Consumer<ActionItem> perform, Drill drill) {
        this.environment = environment;
        this.history = history;
        this.drill = drill;
        var five = EpisodeFilter.last(Duration.ofMinutes(5));
        matrix = new NodeMatrix(environment, node -> drill.episodes(five.named(node)));
        causes = new CausesPanel(cause -> drill.episodes(five.of(cause)));
        failing = new HBox(10, causes, budget);
        List.of(causes, budget).forEach(panel -> {
            HBox.setHgrow(panel, Priority.ALWAYS);
            panel.setPrefWidth(300);
            panel.setMinWidth(0);
        });
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
        noSources.setId("no-sources");
        sections.put(Section.OVERVIEW, new VBox(10, failing, ofClients, connections, serving));
        sections.put(Section.NODES, new VBox(10, matrix, nodes));
        sections.put(Section.SOURCES, new VBox(10, sources, noSources));
        sections.values().forEach(one -> one.getStyleClass().add("charts"));
        scroll = new ScrollPane(sections.get(section));
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
        for (var one : Range.values()) {
            var button = toggle(group, "range-" + one.words().replace(" ", ""), one.words(), one == range, () -> range = one);
            button.setAccessibleText("the last " + one.words());
            ranges.getChildren().add(button);
        }
        ranges.getStyleClass().add("row");
        var parts = new ToggleGroup();
        var switches = new HBox(4);
        switches.getStyleClass().addAll("sections", "row");
        for (var one : Section.values()) {
            var button = toggle(parts, "section-" + one.words, one.words, one == section, () -> choose(one));
            choices.put(one, button);
            switches.getChildren().add(button);
        }
        var episodes = Parts.button("episodes-open", "Episodes ...",
                () -> drill.episodes(EpisodeFilter.last(Duration.ofMinutes(5))), "small");
        return Parts.row(Parts.label("Signals", "screen-title"), Parts.label(" "), switches, Parts.spring(), hatched, ranges,
                episodes);
    }

    private ToggleButton toggle(ToggleGroup group, String id, String words, boolean chosen, Runnable then) {
        var button = new ToggleButton(words);
        button.setId(id);
        button.setToggleGroup(group);
        button.setSelected(chosen);
        button.setMinWidth(USE_PREF_SIZE);
        button.getStyleClass().add("small");
        button.setOnAction(_ -> {
            button.setSelected(true);
            then.run();
            redraw();
        });
        return button;
    }

    private void choose(Section next) {
        section = next;
        scroll.setContent(sections.get(next));
        scroll.setVvalue(0);
        ranges.setVisible(next != Section.SOURCES);
        hatched.setVisible(next != Section.SOURCES);
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
        bySource(now);
        switch (section) {
            case OVERVIEW -> overview(now);
            case NODES -> {
                var shown = snapshot;
                if (shown != null) {
                    matrix.show(shown, now);
                }
                nodes.show(now, range.span());
            }
            case SOURCES -> {
                // they are always compared
            }
        }
    }

    private void overview(Instant now) {
        var floor = new Limit(environment.floor(), Limit.Good.AT_LEAST, "floor: at least " + environment.floor());
        serving.show(frame(now, List.of(line("known to serve", Quantity.SERVING)), floor, environment.nodes().size()));
        var lines = new ArrayList<Line>();
        lines.add(line("balancers", Quantity.CONNECTIONS_TOTAL));
        if (environment.can(Capability.SESSIONS)) {
            lines.add(line("sessions by the feed", Quantity.SESSIONS));
        }
        connections.show(frame(now, lines, null, 1));
    }

    private void bySource(Instant now) {
        var shown = snapshot;
        if (shown != null) {
            var readings = shown.signals(now);
            if (section == Section.SOURCES) {
                sources.show(readings, now);
                put(sources, !readings.signals().isEmpty());
                put(noSources, readings.signals().isEmpty());
            }
            int disagree = readings.disagreements().size();
            var choice = choices.get(Section.SOURCES);
            if (choice != null) {
                choice.setText(disagree == 0
                        ? Section.SOURCES.words
                        : "Sources: " + disagree + " disagree" + (disagree == 1 ? "s" : ""));
            }
            var said = SourceRows.disagreement(readings);
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
        put(failing, measures);
        put(triggersBeside, known != null && section == Section.OVERVIEW); // what has fired is on every screen; tables need the room
        if (known != null) {
            triggers.show(known, items);
        }
        if (known != null && measures) {
            tiles(ClientTiles.of(known, now), clientRow, true);
        }
        if (known != null && measures && section == Section.OVERVIEW) {
            causes.show(known, now);
            askForTheMonth(now);
            budget.show(known, month, now);
            success.show(frame(now, List.of(line("by client", Quantity.SUCCESS_BY_CLIENT),
                    line("by attempt", Quantity.SUCCESS_BY_ATTEMPT)), GOAL, 100));
            out.show(frame(now, List.of(line("out", Quantity.CLIENTS_OUT)), null, 1));
        }
    }

    private void askForTheMonth(Instant now) {
        var asked = monthAskedAt;
        if (asked == null || now.isAfter(asked.plus(BETWEEN_MONTHS))) {
            monthAskedAt = now;
            drill.month(spent -> month = new BudgetRows.Month(spent, ""), why -> month = new BudgetRows.Month(null, why));
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
                var behind = ClientTiles.behind(id);
                var view = new TileView(id, tile.title(), narrow, behind == null ? null : () -> drill.episodes(behind));
                HBox.setHgrow(view, Priority.ALWAYS);
                view.setPrefWidth(200);
                into.getChildren().add(view);
                return view;
            }).show(tile);
        }
    }
}
