package io.lockkeeper.ui.shell;

import io.lockkeeper.ui.EnvironmentChoice;
import io.lockkeeper.ui.control.Parts;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.VBox;

/// Before anything is connected: the demo with one button, and the environments at hand with what is wrong with their files.
final class StartView extends ScrollPane {
    private final Label progress = Parts.wrapped("", "muted");

    StartView(List<EnvironmentChoice> choices, String ownFiles, Consumer<EnvironmentChoice> open) {
        setFitToWidth(true);
        var content = new VBox(16);
        content.getStyleClass().add("start");
        content.setMaxWidth(760);
        content.getChildren().addAll(Parts.label("Lockkeeper", "screen-title"),
                Parts.wrapped("Not connected to anything. Open an environment to see its nodes and to run runbooks on them.",
                        "muted"),
                progress);
        for (int i = 0; i < choices.size(); i++) {
            content.getChildren().add(card(choices.get(i), i == 0, open));
        }
        content.getChildren().add(Parts.wrapped("Your own services: a YAML file for each, in " + ownFiles + ".", "muted"));
        progress.setId("progress");
        setContent(content);
    }

    private static VBox card(EnvironmentChoice choice, boolean first, Consumer<EnvironmentChoice> open) {
        var button = Parts.button("open-" + choice.name(), first ? "Open the demo" : "Open " + choice.name(),
                () -> open.accept(choice),
                first ? "accent" : "button-outlined", first ? "large" : "medium");
        button.setDisable(!choice.problems().isEmpty());
        var tier = choice.tier() == null ? "" : " (" + choice.tier().name().toLowerCase(Locale.ROOT) + ")";
        var card = Parts.card(choice.name() + tier, Parts.wrapped(choice.about()), button);
        choice.problems().forEach(problem -> card.getChildren().add(Parts.wrapped(problem, "warn-text")));
        return card;
    }

    void say(String words) {
        progress.setText(words);
    }
}
