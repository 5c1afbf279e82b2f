package io.lockkeeper.ui.shell;

import io.lockkeeper.app.ActionCatalog;
import io.lockkeeper.app.ActionItem;
import io.lockkeeper.app.ActionItem.Act;
import io.lockkeeper.app.ActionItem.Place;
import io.lockkeeper.app.EnvironmentAccess;
import io.lockkeeper.app.Snapshot;
import io.lockkeeper.app.Submitted;
import io.lockkeeper.app.signals.Archive;
import io.lockkeeper.app.signals.EpisodeReader;
import io.lockkeeper.domain.history.EpisodeFilter;
import io.lockkeeper.domain.history.MonthSpent;
import io.lockkeeper.domain.run.Command;
import io.lockkeeper.domain.runbook.Runbook;
import io.lockkeeper.domain.trigger.Report;
import io.lockkeeper.ui.EnvironmentChoice;
import io.lockkeeper.ui.UiParts;
import io.lockkeeper.ui.control.Background;
import io.lockkeeper.ui.control.Latest;
import io.lockkeeper.ui.control.Overlay;
import io.lockkeeper.ui.control.Parts;
import io.lockkeeper.ui.control.Sheet;
import io.lockkeeper.ui.fleet.FleetView;
import io.lockkeeper.ui.fleet.LogSheet;
import io.lockkeeper.ui.history.HistoryView;
import io.lockkeeper.ui.palette.PaletteView;
import io.lockkeeper.ui.run.RunActs;
import io.lockkeeper.ui.run.RunView;
import io.lockkeeper.ui.runbooks.RunbooksView;
import io.lockkeeper.ui.runbooks.StartSheet;
import io.lockkeeper.ui.signals.EpisodesSheet;
import io.lockkeeper.ui.signals.SignalsView;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.scene.Node;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;

/// One open environment: banner and links above, the places at the left, the newest notice below.
final class EnvironmentView extends BorderPane implements RunActs, AutoCloseable {
    private final EnvironmentAccess access;
    private final UiParts parts;
    private final Overlay overlay;
    private final Sheet sheet;
    private final Background background;
    private final StartSheet.Context startContext;
    private final Banner banner;
    private final TriggerBand fired = new TriggerBand(this::perform);
    private final DoubtBand doubt = new DoubtBand();
    private final DownBand down;
    private final LinkStrip links = new LinkStrip();
    private final FleetView fleet;
    private final SignalsView signals;
    private final RunbooksView runbooks = new RunbooksView(this::perform);
    private final RunView run;
    private final HistoryView history = new HistoryView(this::readJournal);
    private final NoticesBar notices;
    private final StackPane center = new StackPane();
    private final Map<Place, ToggleButton> places = new EnumMap<>(Place.class);
    private final Timeline clock;
    private final EnvironmentAccess.Watching watching;
    private List<Runbook> known = List.of();
    private @Nullable PaletteView palette;
    private List<ActionItem> items = List.of();
    private Snapshot snapshot;
    private @Nullable Place place;
    private boolean sawOpenRun;

    /// @param leave goes back to the list of environments
    EnvironmentView(EnvironmentChoice.Opened opened, UiParts parts, Overlay overlay, Runnable leave) {
        this.access = opened.access();
        this.parts = parts;
        this.overlay = overlay;
        this.sheet = new Sheet(overlay);
        this.notices = new NoticesBar(sheet);
        this.background = new Background(parts.fx());
        this.snapshot = access.snapshot();
        this.startContext = new StartSheet.Context(access.environment(), opened.desk(), background, () -> snapshot,
                parts.actor());
        this.banner = new Banner(access.environment(), this::control);
        this.down = new DownBand(access.environment().nodeNames());
        this.fleet = new FleetView(access.environment(), this::showLog);
        this.signals = new SignalsView(access.environment(), opened.signals(), this::perform, drill(opened.archive()));
        this.run = new RunView(access.environment(), this);
        setTop(new VBox(banner, fired, down, doubt, links));
        setLeft(navigation(leave));
        setCenter(center);
        setBottom(notices);
        readRunbooks();
        go(Place.FLEET);
        var latest = new Latest<Snapshot>(parts.fx(), this::show);
        watching = access.watch(next -> { // on the watcher's own thread: neither the session nor the screen waits for it
            opened.signals().add(next);
            latest.offer(next);
        });
        clock = new Timeline(new KeyFrame(Duration.millis(500), _ -> show(snapshot)));
        clock.setCycleCount(Animation.INDEFINITE);
        clock.play();
    }

    private void readRunbooks() {
        background.start(parts.library()::runbooks, read -> {
            known = read;
            show(snapshot);
        }, this::say);
    }

    private VBox navigation(Runnable leave) {
        var group = new ToggleGroup();
        var box = new VBox(4);
        box.getStyleClass().add("navigation");
        Map.of(Place.FLEET, "Fleet", Place.SIGNALS, "Signals", Place.RUNBOOKS, "Runbooks", Place.RUN, "Run", Place.HISTORY,
                "History").entrySet().stream()
                .sorted(Map.Entry.comparingByKey()).forEach(entry -> {
                    var button = new ToggleButton(entry.getValue());
                    button.setId("place-" + entry.getValue());
                    button.setToggleGroup(group);
                    button.setMaxWidth(Double.MAX_VALUE);
                    button.setOnAction(_ -> go(entry.getKey()));
                    places.put(entry.getKey(), button);
                    box.getChildren().add(button);
                });
        var space = new Region();
        VBox.setVgrow(space, Priority.ALWAYS);
        var others = Parts.button("leave", "Environments ...", () -> letGo("Go to the list of environments", leave), "flat");
        others.setMaxWidth(Double.MAX_VALUE);
        box.getChildren().addAll(Parts.label("Ctrl+K: do anything", "muted", "small"), space, others);
        return box;
    }

    void go(Place next) {
        place = next;
        var button = places.get(next);
        if (button != null) {
            button.setSelected(true);
        }
        Node view = switch (next) {
            case FLEET -> fleet;
            case SIGNALS -> signals;
            case RUNBOOKS -> runbooks;
            case RUN -> run;
            case HISTORY -> history;
        };
        center.getChildren().setAll(view);
        show(snapshot);
    }

    private void show(Snapshot next) {
        snapshot = next;
        var now = parts.clock().instant();
        items = ActionCatalog.of(next, known, access.environment().guards().control());
        if (palette != null) {
            palette.refresh();
        }
        banner.show(next, now);
        fired.show(next, items, now);
        doubt.show(next);
        down.show(next.fleet(), now);
        links.show(next.links(), now);
        var current = next.run();
        boolean open = current != null && current.open();
        if (open && !sawOpenRun && place != Place.RUN) {
            sawOpenRun = true;
            go(Place.RUN); // an open run is what one came for
            return;
        }
        sawOpenRun = open;
        switch (place) {
            case FLEET -> fleet.show(next, now);
            case SIGNALS -> signals.show(next, items, now);
            case RUNBOOKS -> runbooks.show(known, parts.library(), items);
            case RUN -> run.show(next, items, now);
            case HISTORY -> history.show(next);
            case null -> {
                // nothing is shown yet
            }
        }
        notices.show(next.notices(), now);
    }

    private void say(String words) {
        notices.say(words);
    }

    List<ActionItem> items() {
        return items;
    }

    void palette() {
        palette = PaletteView.open(overlay, this::items, this::perform);
    }

    @Override
    public String actor() {
        return parts.actor();
    }

    @Override
    public void perform(ActionItem item) {
        if (!item.enabled()) {
            say(item.disabledBecause().orElse(""));
            return;
        }
        var sheets = new ActSheets(sheet, access.environment(), snapshot);
        switch (item.act()) {
            case Act.GoTo(var next) -> go(next);
            case Act.ShowLog(var node) -> showLog(node);
            case Act.Give(var ofRun, var command) when item.risk() == ActionItem.Risk.SAFE ->
                submit(ofRun, command.apply(actor()));
            case Act.Give(var ofRun, var command) ->
                sheets.confirm(item, command.apply(actor()), () -> submit(ofRun, command.apply(actor())));
            case Act.GiveWithReason(var ofRun, var command) -> sheets.reasoned(item, command.of(actor(), ""),
                    reason -> submit(ofRun, command.of(actor(), reason)));
            case Act.Tell(var kind, var trigger) -> report(item, kind, trigger);
            case Act.StartRun(var runbook, boolean knownGood) ->
                known.stream().filter(one -> one.id().equals(runbook)).findFirst()
                        .ifPresent(one -> start(one, knownGood));
        }
    }

    private void report(ActionItem item, Report.Kind kind, String trigger) {
        var watch = snapshot.watch();
        if (watch != null) {
            watch.triggers().stream().filter(one -> one.name().equals(trigger)).findFirst()
                    .ifPresent(one -> new ReportSheet(sheet, kind, actor(), parts.clock().instant()).open(item, one,
                            told -> submit("", new Command.Tell(told))));
        }
    }

    /// Whoever has control may give it back; anybody may take it.
    private void control() {
        var mine = snapshot.control() != null && snapshot.control().actor().equals(actor());
        items.stream().filter(item -> item.id().equals(mine ? "control.back" : "control.take")).findFirst()
                .ifPresent(this::perform);
    }

    private SignalsView.Drill drill(Archive archive) {
        return new SignalsView.Drill() {
            @Override
            public void episodes(EpisodeFilter filter) {
                var watch = snapshot.watch();
                var why = watch == null
                        ? "this environment has no clients of ours"
                        : watch.watcher().watching() ? "" : watch.watcher().words();
                new EpisodesSheet(new EpisodesSheet.Context(access.environment().name(), new EpisodeReader(access, archive),
                        background, parts.clock(), parts.exports(), why), filter).open(sheet);
            }

            @Override
            public void month(Consumer<MonthSpent> done, Consumer<String> failed) {
                background.start(() -> archive.month(parts.clock().instant()), done, failed);
            }
        };
    }

    private void showLog(String node) {
        new LogSheet(access, background, parts.clock(), node).open(sheet);
    }

    private void readJournal(String ofRun) {
        background.start(() -> access.events(ofRun), events -> history.journal(ofRun, events), this::say);
    }

    private void start(Runbook runbook, boolean knownGood) {
        var _ = new StartSheet(startContext, runbook, knownGood, sheet, start -> {
            submit(start.run(), start);
            go(Place.RUN);
        });
    }

    @Override
    public void give(Command command) {
        var current = snapshot.run();
        if (current != null) {
            submit(current.run(), command);
        }
    }

    private void submit(String ofRun, Command command) {
        background.start(() -> access.submit(ofRun, command), answer -> {
            switch (answer) {
                case Submitted.Taken _ -> {
                    // the journal shows it
                }
                case Submitted.Refused(var why) -> new ActSheets(sheet, access.environment(), snapshot).refused(why);
                case Submitted.Unknown(var why) -> new ActSheets(sheet, access.environment(), snapshot).refused(
                        "Not known whether it was taken: " + why);
            }
        }, why -> new ActSheets(sheet, access.environment(), snapshot).refused(why));
    }

    /// Does it at once when no run is open; else says first what becomes of the run.
    void letGo(String words, Runnable then) {
        var current = snapshot.run();
        if (current == null || !current.open()) {
            then.run();
            return;
        }
        var go = Parts.button("sheet-confirm", words, () -> {
            sheet.close();
            then.run();
        }, "danger");
        sheet.show("A run is open",
                List.of(Parts.wrapped(current.run() + " is not at its end; it is held by " + snapshot.holder() + "."),
                        Parts.wrapped(
                                "Without its holder nothing more is sent and no gate passes; nodes stay as they are now. It goes on when"
                                        + " somebody opens this environment again, in a window or with `lockkeeper resume`.")),
                go);
    }

    @Override
    public void close() {
        clock.stop();
        watching.close();
        Thread.ofVirtual().name("closing").start(access::close);
    }
}
