package io.lockkeeper.ui.runbooks;

import io.lockkeeper.app.Prepared;
import io.lockkeeper.app.RunDesk;
import io.lockkeeper.app.RunRequest;
import io.lockkeeper.app.Snapshot;
import io.lockkeeper.domain.environment.Environment;
import io.lockkeeper.domain.environment.Tier;
import io.lockkeeper.domain.run.Command;
import io.lockkeeper.domain.runbook.Input;
import io.lockkeeper.domain.runbook.InputType;
import io.lockkeeper.domain.runbook.Runbook;
import io.lockkeeper.ui.control.Background;
import io.lockkeeper.ui.control.Parts;
import io.lockkeeper.ui.control.Sheet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.animation.PauseTransition;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.TextField;
import javafx.scene.control.Label;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;

/// The sheet in which a run is asked for: its inputs, why, and everything that speaks against it while one types.
public final class StartSheet {
    /// @param snapshot the newest
    public record Context(Environment environment, RunDesk desk, Background background, Supplier<Snapshot> snapshot,
            String actor) {}

    private final Context context;
    private final Runbook runbook;
    private final boolean toKnownGood;
    private final Map<String, Supplier<String>> inputs = new LinkedHashMap<>();
    private final TextField reason = new TextField();
    private final CheckBox guided = new CheckBox("Guided: every action waits for go");
    private final TextField confirmation = new TextField();
    private final VBox problems = new VBox(4);
    private final PauseTransition pause = new PauseTransition(Duration.millis(300));
    private final Button start;
    private Command.@Nullable Start ready;

    public StartSheet(Context context, Runbook runbook, boolean toKnownGood, Sheet sheet, Consumer<Command.Start> then) {
        this.context = context;
        this.runbook = runbook;
        this.toKnownGood = toKnownGood;
        this.start = Parts.button("start-run",
                "Start " + (toKnownGood ? "the rollback" : runbook.title().toLowerCase(Locale.ROOT)), () -> {
                    var command = ready;
                    if (command != null) {
                        sheet.close();
                        then.accept(command);
                    }
                }, "accent");
        start.setDisable(true);
        guided.setSelected(!toKnownGood);
        guided.setId("guided");
        reason.setId("reason");
        reason.setPromptText("why; stands in journal and report");
        reason.setAccessibleText("reason");
        pause.setOnFinished(_ -> prepare());
        sheet.show(toKnownGood ? "Roll back to known good" : runbook.title(), content(), problems, start);
        changed();
    }

    private List<Node> content() {
        var content = new ArrayList<Node>();
        content.add(Parts.wrapped("On " + context.environment().name() + ". " + runbook.about(), "muted"));
        var good = context.snapshot().get().knownGood();
        if (toKnownGood && good != null) {
            content.add(
                    Parts.wrapped("Known good since " + good.since() + " by " + good.actor() + ": " + good.words(), "strong"));
        }
        var grid = new GridPane(12, 8);
        GridPane.setHgrow(reason, Priority.ALWAYS);
        GridPane.setHgrow(confirmation, Priority.ALWAYS);
        int row = 0;
        for (var input : runbook.inputs()) {
            if (!toKnownGood) {
                var field = field(input);
                var label = name(input.name());
                label.setLabelFor(field);
                grid.addRow(row++, label, new VBox(2, field, Parts.wrapped(input.help(), "muted", "small")));
            }
        }
        grid.addRow(row++, name("reason"), reason);
        if (context.environment().tier() == Tier.PRODUCTION) {
            confirmation.setPromptText(context.environment().name());
            confirmation.setId("confirm-environment");
            confirmation.setAccessibleText("type the environment's name");
            confirmation.textProperty().addListener(_ -> changed());
            grid.addRow(row, Parts.wrapped("type the environment's name", "strong"), confirmation);
        }
        content.add(grid);
        content.add(guided);
        guided.selectedProperty().addListener(_ -> changed());
        reason.textProperty().addListener(_ -> changed());
        return content;
    }

    /// Whole, however long the help beside it is.
    private static Label name(String text) {
        var label = Parts.label(text, "strong");
        label.setMinWidth(Region.USE_PREF_SIZE);
        return label;
    }

    private Node field(Input input) {
        var choices = switch (input.type()) {
            case NODES -> {
                var nodes = new ArrayList<>(List.of("all"));
                nodes.addAll(context.environment().nodeNames());
                yield nodes;
            }
            case NODE -> context.environment().nodeNames();
            case VERSION -> context.environment().versions();
            default -> List.<String>of();
        };
        var fallback = input.fallback() == null ? "" : input.fallback();
        if (choices.isEmpty()) {
            var field = new TextField(fallback);
            field.setId("input-" + input.name());
            field.setAccessibleText(input.name());
            field.textProperty().addListener(_ -> changed());
            inputs.put(input.name(), field::getText);
            return field;
        }
        var box = new ComboBox<String>();
        box.getItems().setAll(choices);
        box.setEditable(input.type() == InputType.NODES);
        box.setId("input-" + input.name());
        box.setAccessibleText(input.name());
        if (input.type() != InputType.VERSION) {
            box.setMaxWidth(Double.MAX_VALUE); // names of nodes are long
        }
        box.setValue(fallback.isEmpty() && input.type() == InputType.NODE ? choices.getFirst() : fallback);
        if (box.isEditable()) {
            box.getEditor().textProperty().addListener(_ -> changed()); // its value follows when the focus leaves: a click on start must not undo itself
        } else {
            box.valueProperty().addListener(_ -> changed());
        }
        inputs.put(input.name(),
                () -> box.isEditable() ? box.getEditor().getText() : box.getValue() == null ? "" : box.getValue());
        return box;
    }

    private void changed() {
        ready = null;
        start.setDisable(true);
        pause.playFromStart();
    }

    private void prepare() {
        var given = new LinkedHashMap<String, String>();
        inputs.forEach((name, value) -> given.put(name, value.get()));
        given.values().removeIf(String::isBlank);
        var request = new RunRequest(context.actor(), reason.getText().strip(), runbook.id(), given, guided.isSelected(),
                toKnownGood);
        context.background().start(() -> context.desk().prepare(request, context.snapshot().get()), this::show,
                why -> problems.getChildren().setAll(Parts.wrapped(why, "warn-text")));
    }

    private void show(Prepared prepared) {
        problems.getChildren().clear();
        switch (prepared) {
            case Prepared.Refused(var why) ->
                why.forEach(problem -> problems.getChildren().add(Parts.wrapped(problem, "warn-text")));
            case Prepared.Ready(var command, var warnings) -> {
                warnings.forEach(warning -> problems.getChildren().add(Parts.wrapped("! " + warning, "warn-text")));
                boolean named = context.environment().tier() != Tier.PRODUCTION
                        || confirmation.getText().strip().equals(context.environment().name());
                if (!named) {
                    problems.getChildren().add(Parts.wrapped("Type the environment's name to start in production.", "muted"));
                }
                ready = named ? command : null;
                start.setDisable(!named);
            }
        }
    }
}
