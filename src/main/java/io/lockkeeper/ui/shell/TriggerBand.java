package io.lockkeeper.ui.shell;

import io.lockkeeper.app.ActionCatalog;
import io.lockkeeper.app.ActionItem;
import io.lockkeeper.app.Snapshot;
import io.lockkeeper.domain.trigger.Phase;
import io.lockkeeper.domain.watch.TriggerReading;
import io.lockkeeper.ui.control.Parts;
import io.lockkeeper.ui.control.Words;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/// What has fired and was not acknowledged, with its evidence and the way back. On every screen, and gone when nothing has.
final class TriggerBand extends VBox {
    private static final int SHOWN = 2;

    /// What one line was made of; the same again is not made anew, so that no button vanishes under the pointer.
    private record Line(TriggerReading trigger, List<ActionItem> items) {}

    private final Consumer<ActionItem> perform;
    private final List<Label> words = new ArrayList<>();
    private List<TriggerReading> shown = List.of();
    private List<Line> made = List.of();

    TriggerBand(Consumer<ActionItem> perform) {
        this.perform = perform;
        setId("triggers-fired");
        hide();
    }

    private void hide() {
        setVisible(false);
        setManaged(false);
    }

    void show(Snapshot snapshot, List<ActionItem> items, Instant now) {
        var watch = snapshot.watch();
        var fired = watch == null ? List.<TriggerReading>of() : watch.fired();
        var first = fired.stream().sorted((one, other) -> Boolean.compare(other.offers(), one.offers())).limit(SHOWN).toList();
        var lines = first.stream().map(one -> new Line(one, offered(one, snapshot, items))).toList();
        if (!same(lines)) {
            made = lines;
            shown = first;
            words.clear();
            getChildren().setAll(lines.stream().map(this::line).toList());
            setVisible(!lines.isEmpty());
            setManaged(!lines.isEmpty());
        }
        for (int i = 0; i < shown.size(); i++) {
            boolean last = i == shown.size() - 1 && fired.size() > shown.size();
            words.get(i).setText(said(shown.get(i), now)
                    + (last ? "; " + (fired.size() - shown.size()) + " more, see Signals" : ""));
        }
    }

    /// Items are made anew with every snapshot; what tells them apart is what can be seen of them.
    private boolean same(List<Line> lines) {
        return lines.stream().map(TriggerBand::look).toList().equals(made.stream().map(TriggerBand::look).toList());
    }

    private static List<Object> look(Line line) {
        return List.of(line.trigger(), line.items().stream().map(item -> List.of(item.id(), item.words(), item.disabledBecause()))
                .toList());
    }

    private static List<ActionItem> offered(TriggerReading trigger, Snapshot snapshot, List<ActionItem> items) {
        var offered = new ArrayList<ActionItem>();
        if (trigger.offers() || guards(trigger, snapshot)) {
            ActionCatalog.wayBack(items, snapshot).ifPresent(offered::add);
        }
        items.stream().filter(item -> item.id().equals(ActionCatalog.acknowledge(trigger.name()))).forEach(offered::add);
        return offered;
    }

    private static boolean guards(TriggerReading trigger, Snapshot snapshot) {
        var run = snapshot.run();
        return run != null && run.open() && run.start().plan().watch().contains(trigger.name());
    }

    private static String said(TriggerReading trigger, Instant now) {
        return "TRIGGER " + trigger.name() + (trigger.phase() instanceof Phase.Fired(var at, var evidence)
                ? " fired " + Words.age(at, now) + " ago: " + evidence
                : "");
    }

    private Node line(Line line) {
        var text = Parts.wrapped("", "trigger-words");
        text.setId("fired-" + line.trigger().name());
        HBox.setHgrow(text, Priority.ALWAYS);
        text.setMaxWidth(Double.MAX_VALUE);
        words.add(text);
        var row = new HBox(10, text);
        row.setAlignment(Pos.CENTER_LEFT);
        row.getStyleClass().add("trigger-band");
        if (line.trigger().offers() && line.items().stream().noneMatch(TriggerBand::goesBack)) {
            row.getChildren().add(Parts.label("no runbook leads back", "small"));
        }
        line.items().forEach(item -> {
            var button = Parts.button("band-" + item.id(), (goesBack(item) ? item.words() : "Acknowledge") + Parts.ASKS,
                    () -> perform.accept(item), "small");
            row.getChildren().add(item.disabledBecause().<Node>map(why -> closed(button, why)).orElse(button));
        });
        return row;
    }

    private static boolean goesBack(ActionItem item) {
        return !item.id().startsWith("trigger.");
    }

    private static Node closed(Button button, String why) {
        var reason = Parts.label(why, "small");
        reason.setMinWidth(USE_PREF_SIZE);
        var box = new VBox(2, Parts.withReason(button, why), reason);
        box.setAlignment(Pos.CENTER_RIGHT);
        return box;
    }
}
