package io.lockkeeper.ui.run;

import io.lockkeeper.app.ActionItem;
import io.lockkeeper.domain.fleet.AdminState;
import io.lockkeeper.domain.run.RunState;
import io.lockkeeper.ui.control.Parts;
import java.util.List;
import java.util.stream.Collectors;
import javafx.scene.Node;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.VBox;

/// The way back, always in sight: where each node would go back to, and the button.
final class WayBackPanel extends ScrollPane {
    private final VBox content = new VBox(10);
    private String shown = "";

    WayBackPanel() {
        setContent(content);
        setFitToWidth(true);
        setHbarPolicy(ScrollBarPolicy.NEVER);
        content.getStyleClass().add("side");
        setId("way-back");
    }

    void show(RunState run, List<ActionItem> items, RunActs acts) {
        var key = run.run() + run.touched() + run.rollingBack() + run.held() + run.ended() + run.drifts().keySet()
                + run.passedNoReturn().isPresent()
                + items.stream().map(item -> item.id() + item.enabled()).toList();
        if (key.equals(shown)) {
            return;
        }
        shown = key;
        content.getChildren().clear();
        wayBack(run, items, acts);
        drifts(run, items, acts);
        if (run.open()) {
            var box = Parts.card("Run");
            var held = run.held();
            if (held != null) {
                box.getChildren().add(Parts
                        .wrapped("HELD by " + held.actor() + (held.reason().isBlank() ? "" : ": " + held.reason()), "warn-text"));
            }
            List.of("run.hold", "run.continue", "run.abort").forEach(id -> add(box, items, acts, id, "button-outlined"));
            content.getChildren().add(box);
        }
        var ended = run.ended();
        if (ended != null && !ended.left().isEmpty()) {
            content.getChildren()
                    .add(Parts.card("Left as it is", ended.left().stream().map(left -> Parts.wrapped("! " + left, "warn-text"))
                            .toArray(Node[]::new)));
        }
    }

    private void wayBack(RunState run, List<ActionItem> items, RunActs acts) {
        var box = Parts.card("Way back");
        var wayBack = run.wayBack();
        if (wayBack != null) {
            box.getChildren().add(
                    Parts.wrapped("Ordered by " + wayBack.actor() + (wayBack.reason().isBlank() ? "" : ": " + wayBack.reason())));
            wayBack.warnings().forEach(warning -> box.getChildren().add(Parts.wrapped("! " + warning, "warn-text")));
        } else if (!run.open()) {
            box.getChildren().add(Parts.wrapped("No longer armed: the run has ended. Before it, the nodes were:", "muted"));
        } else if (run.passedNoReturn().isPresent()) {
            var point = run.passedNoReturn().get();
            box.getChildren().add(Parts.wrapped("! \"" + point.title() + "\" was passed. There is no way back; roll back walks "
                    + point.onward() + " instead.", "warn-text"));
        } else if (run.preparedWayBack() == null) {
            box.getChildren().add(Parts.wrapped("This runbook changes nothing that would need one.", "muted"));
        } else {
            box.getChildren().add(Parts.wrapped(run.touched().isEmpty()
                    ? "Armed. Nothing was touched yet."
                    : "Armed. Puts back: " + String.join(", ", run.touched())));
        }
        for (var point : run.start().restore()) {
            var touched = run.touched().contains(point.node());
            box.getChildren()
                    .add(Parts.wrapped(
                            point.node() + "  " + (point.version() == null ? "version not told" : point.version()) + ", "
                                    + point.admin().values().stream().map(AdminState::words).distinct()
                                            .collect(Collectors.joining("/")),
                            touched ? "strong" : "muted"));
        }
        if (run.open()) {
            add(box, items, acts, "run.rollback", "danger");
        }
        content.getChildren().add(box);
    }

    private void drifts(RunState run, List<ActionItem> items, RunActs acts) {
        if (!run.open() || run.drifts().isEmpty()) {
            return;
        }
        var box = Parts.card("The ground shifted");
        run.drifts().values().forEach(drift -> box.getChildren().add(Parts.wrapped(drift.why(), "warn-text")));
        items.stream().filter(item -> item.id().startsWith("drift.")).forEach(item -> add(box, items, acts, item.id(), "accent"));
        content.getChildren().add(box);
    }

    private static void add(VBox box, List<ActionItem> items, RunActs acts, String id, String style) {
        items.stream().filter(item -> item.id().equals(id)).findFirst().ifPresent(item -> {
            var words = item.act() instanceof ActionItem.Act.GiveWithReason || item.risk() == ActionItem.Risk.DISRUPTIVE
                    ? item.words() + Parts.ASKS
                    : item.words();
            var button = Parts.button("act-" + id, words, () -> acts.perform(item), style);
            button.setMaxWidth(Double.MAX_VALUE);
            button.setMinWidth(0);
            button.setWrapText(true);
            box.getChildren().add(item.disabledBecause().map(why -> Parts.withReason(button, why)).orElse(button));
        });
    }
}
