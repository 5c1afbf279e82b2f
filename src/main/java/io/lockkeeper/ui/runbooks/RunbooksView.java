package io.lockkeeper.ui.runbooks;

import io.lockkeeper.app.ActionItem;
import io.lockkeeper.app.RunbookLibrary;
import io.lockkeeper.domain.runbook.Runbook;
import io.lockkeeper.ui.control.Parts;
import java.util.List;
import java.util.function.Consumer;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/// The runbooks at hand, each with what it is for and its button; broken ones with what is wrong.
public final class RunbooksView extends VBox {
    private final VBox list = new VBox(12);
    private final Consumer<ActionItem> perform;
    private String shown = "";

    public RunbooksView(Consumer<ActionItem> perform) {
        this.perform = perform;
        getStyleClass().add("screen");
        var scroll = new ScrollPane(list);
        scroll.setFitToWidth(true);
        VBox.setVgrow(scroll, Priority.ALWAYS);
        list.setId("runbooks");
        getChildren().addAll(Parts.label("Runbooks", "screen-title"), scroll);
    }

    public void show(List<Runbook> runbooks, RunbookLibrary library, List<ActionItem> items) {
        var key = runbooks.stream().map(Runbook::sourceHash).toList()
                + items.stream().filter(item -> item.id().startsWith("start."))
                        .map(item -> item.id() + item.disabledBecause()).toList().toString();
        if (key.equals(shown)) {
            return;
        }
        shown = key;
        list.getChildren().clear();
        for (var runbook : runbooks) {
            items.stream().filter(item -> item.id().equals("start." + runbook.id())).findFirst().ifPresent(item -> {
                var button = Parts.button(item.id(), item.words() + Parts.ASKS, () -> perform.accept(item), "accent");
                var action = item.disabledBecause().map(why -> Parts.withReason(button, why)).orElse(button);
                list.getChildren().add(Parts.card(runbook.title(), Parts.wrapped(runbook.about()), Parts.row(action,
                        Parts.wrapped(item.disabledBecause().map(why -> "Not now: " + why).orElse(""), "muted"))));
            });
        }
        library.problems().forEach(problem -> list.getChildren().add(Parts.wrapped(problem.toString(), "warn-text")));
    }
}
