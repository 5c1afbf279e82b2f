package io.lockkeeper.ui.signals;

import io.lockkeeper.app.ActionCatalog;
import io.lockkeeper.app.ActionItem;
import io.lockkeeper.domain.trigger.Phase;
import io.lockkeeper.domain.trigger.Report;
import io.lockkeeper.domain.watch.TriggerReading;
import io.lockkeeper.domain.watch.WatchReading;
import io.lockkeeper.ui.control.Parts;
import io.lockkeeper.ui.control.Words;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.materialdesign2.MaterialDesignA;
import org.kordamp.ikonli.materialdesign2.MaterialDesignC;
import org.kordamp.ikonli.materialdesign2.MaterialDesignE;
import org.kordamp.ikonli.materialdesign2.MaterialDesignT;

/// Every trigger with where it stands and what that rests on, and who is watching.
final class TriggersPanel extends VBox {
    private final Label who = Parts.wrapped("", "muted", "small");
    private final Label trust = Parts.wrapped("", "muted", "small");
    private final Map<String, Row> rows = new HashMap<>();
    private final VBox list = new VBox(8);
    private final Consumer<ActionItem> perform;
    private List<ActionItem> items = List.of();

    TriggersPanel(Consumer<ActionItem> perform) {
        super(8);
        this.perform = perform;
        setId("triggers");
        getStyleClass().add("panel");
        getChildren().addAll(Parts.label("Triggers", "panel-title"), who, trust, list);
        trust.setId("trust");
    }

    void show(WatchReading watch, List<ActionItem> next) {
        items = next;
        who.setText(watch.watcher().words());
        var observer = watch.observer();
        trust.setText(observer == null ? "" : observer.means());
        trust.setVisible(observer != null);
        trust.setManaged(observer != null);
        var now = watch.triggers().stream().map(one -> rows.computeIfAbsent(one.name(), Row::new)).toList();
        if (!list.getChildren().equals(now)) {
            list.getChildren().setAll(now);
        }
        for (int i = 0; i < now.size(); i++) {
            now.get(i).show(watch.triggers().get(i));
        }
    }

    private Optional<ActionItem> item(String id) {
        return items.stream().filter(item -> item.id().equals(id)).findFirst();
    }

    private static Words.Look look(Phase phase) {
        return switch (phase) {
            case Phase.Quiet _ -> new Words.Look(MaterialDesignC.CIRCLE_OUTLINE, "quiet", "quiet");
            case Phase.Holding _ -> new Words.Look(MaterialDesignT.TIMER_SAND, "warn", "holding");
            case Phase.Fired _ -> new Words.Look(MaterialDesignA.ALERT_OCTAGON, "bad", "FIRED");
            case Phase.Blind _ -> new Words.Look(MaterialDesignE.EYE_OFF_OUTLINE, "warn", "BLIND");
        };
    }

    private final class Row extends VBox {
        private final Label state = Parts.state(look(new Phase.Quiet("")));
        private final Label words = Parts.wrapped("", "small");
        private final Tooltip condition = new Tooltip();
        private final Button acknowledge;
        private final Button report;

        Row(String name) {
            super(1);
            setId("trigger-" + name);
            setFocusTraversable(true);
            acknowledge = Parts.button("acknowledge-" + name, "Acknowledge ...",
                    () -> item(ActionCatalog.acknowledge(name)).ifPresent(perform), "small");
            report = Parts.button("report-" + name, "Report ...", () -> item(ActionCatalog.report(name)).ifPresent(perform),
                    "small");
            var title = Parts.label(name, "trigger-name");
            title.setTooltip(condition);
            title.setMinWidth(0);
            getChildren().addAll(Parts.row(title, state), words, Parts.row(acknowledge, report));
        }

        void show(TriggerReading trigger) {
            Parts.show(state, look(trigger.phase()));
            words.setText(trigger.phase().words());
            condition.setText(trigger.action().words() + " when " + trigger.condition());
            acknowledge.setVisible(trigger.fired());
            acknowledge.setManaged(trigger.fired());
            told(trigger);
            setAccessibleText(trigger.name() + ", " + trigger.words());
        }

        private void told(TriggerReading trigger) {
            boolean open = trigger.told() != null && item(ActionCatalog.report(trigger.name())).isPresent();
            report.setVisible(open);
            report.setManaged(open);
            report.setText(trigger.told() == Report.Kind.VOTE ? "Vote ..." : "Report ...");
            item(ActionCatalog.report(trigger.name())).ifPresent(item -> {
                report.setAccessibleText(item.words());
                report.setDisable(!item.enabled());
            });
        }
    }
}
