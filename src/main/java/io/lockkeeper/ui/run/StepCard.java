package io.lockkeeper.ui.run;

import io.lockkeeper.app.ActionCatalog;
import io.lockkeeper.app.ActionItem;
import io.lockkeeper.domain.environment.Environment;
import io.lockkeeper.domain.run.Command;
import io.lockkeeper.domain.run.OpRun;
import io.lockkeeper.domain.run.Order;
import io.lockkeeper.domain.run.RunState;
import io.lockkeeper.domain.run.StepRun;
import io.lockkeeper.domain.run.StepState;
import io.lockkeeper.domain.run.StragglerChoice;
import io.lockkeeper.domain.runbook.Step;
import io.lockkeeper.ui.control.Parts;
import io.lockkeeper.ui.control.Words;
import java.time.Duration;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// One step that needs attention: what it is, how it stands, and the button for what a person can do. Built anew only when there is
/// something else to do; its live lines are updated in place.
final class StepCard extends VBox {
    private final RunActs acts;
    private final VBox lines = new VBox(4);
    private final Label state;

    StepCard(RunState run, StepRun step, Environment environment, List<ActionItem> items, RunActs acts) {
        this.acts = acts;
        this.state = Parts.state(Words.of(step));
        getStyleClass().addAll("panel", "step-card");
        setSpacing(10);
        setId("card-" + step.path());
        var text = run.text(step.path()).orElse(null);
        var title = text == null ? step.path() : text.title();
        getChildren().addAll(Parts.label(where(step.path()), "muted"), Parts.wrapped(title, "step-title"), state, lines);
        switch (text) {
            case Step.Checklist list -> checklist(list, step);
            case Step.Action _ when step.state() == StepState.AWAITING_PERSON && step.drain() == null ->
                primary("go." + step.path(), items);
            case Step.Action _ when step.drain() != null && step.state().open() -> stragglers(step, environment);
            case Step.Errand _ when step.state() == StepState.AWAITING_PERSON && !step.released() ->
                primary("go." + step.path(), items);
            case Step.PointOfNoReturn _ when step.state() == StepState.AWAITING_PERSON -> primary("go." + step.path(), items);
            case Step.Decision _ when step.state() == StepState.AWAITING_PERSON -> choices(step, items);
            case Step.Approval _ when step.approval() != null && step.state() == StepState.AWAITING_PERSON ->
                getChildren().add(new ApprovalBox(step.path(), step.approval(), items, acts));
            case null, default -> {
                // nothing for a person to do but to watch
            }
        }
        unknowns(run, step);
        if (step.state() == StepState.FAILED || step.state() == StepState.TIMED_OUT) {
            var lane = ActionCatalog.lane(step.path()).orElse("");
            buttons(items.stream().filter(item -> item.id().equals("retry." + step.path()) || item.id().equals("skip." + lane)
                    || item.id().equals("unverified." + step.path()) || item.id().equals("run.rollback")
                    || item.id().equals("log." + node(text))).toList());
        }
    }

    private static String node(@Nullable Step text) {
        return switch (text) {
            case Step.Action action -> action.node();
            case Step.Errand errand -> String.valueOf(errand.node());
            case Step.Gate gate -> String.valueOf(gate.node());
            case null, default -> "";
        };
    }

    private static String where(String path) {
        return ActionCatalog.lane(path).map(lane -> lane.substring(lane.indexOf('[') + 1, lane.length() - 1)).orElse("This run");
    }

    void update(StepRun step, List<String> texts) {
        Parts.show(state, Words.of(step));
        for (int i = 0; i < texts.size(); i++) {
            if (i >= lines.getChildren().size()) {
                lines.getChildren().add(Parts.wrapped(texts.get(i), "live"));
            } else if (lines.getChildren().get(i) instanceof Label label) {
                label.setText(texts.get(i));
            }
        }
        lines.getChildren().remove(texts.size(), lines.getChildren().size());
        lines.getChildren().forEach(line -> {
            if (line instanceof Label label) {
                boolean loud = label.getText().startsWith("OUTCOME UNKNOWN");
                label.getStyleClass().setAll("label", "live", loud ? "bad" : "live");
            }
        });
    }

    /// All choices look alike: none is the one to press.
    private void choices(StepRun step, List<ActionItem> items) {
        var column = new VBox(8);
        items.stream().filter(item -> item.id().startsWith("choose." + step.path() + ".")).forEach(item -> {
            var button = Parts.wrappedButton(item.id(), item.words(), () -> acts.perform(item), "button-outlined", "large",
                    "choice");
            button.setMaxWidth(Double.MAX_VALUE);
            column.getChildren().add(item.disabledBecause().map(why -> Parts.withReason(button, why)).orElse(button));
        });
        getChildren().add(column);
    }

    private void primary(String id, List<ActionItem> items) {
        items.stream().filter(item -> item.id().equals(id)).findFirst().ifPresent(item -> {
            var button = Parts.wrappedButton("primary", item.words() + Parts.ASKS, () -> acts.perform(item), "accent", "large");
            getChildren().add(item.disabledBecause().map(why -> Parts.withReason(button, why)).orElse(button));
        });
    }

    private void buttons(List<ActionItem> items) {
        var row = new FlowPane(8, 8);
        for (var item : items) {
            var button = Parts.wrappedButton("act-" + item.id(), item.words() + Parts.ASKS, () -> acts.perform(item),
                    item.id().equals("run.rollback") ? "danger" : "button-outlined");
            button.maxWidthProperty().bind(row.widthProperty());
            row.getChildren().add(item.disabledBecause().map(why -> Parts.withReason(button, why)).orElse(button));
        }
        getChildren().add(row);
    }

    private void checklist(Step.Checklist list, StepRun step) {
        for (var item : list.items()) {
            var tick = step.ticks().get(item.id());
            var box = new CheckBox(item.text());
            box.setId("tick-" + item.id());
            box.setWrapText(true);
            box.setSelected(tick != null);
            box.setDisable(step.state() != StepState.AWAITING_PERSON);
            getChildren().add(item.ask() == null ? plain(item, tick, step, box) : asking(item, item.ask(), tick, step, box));
        }
    }

    private Node plain(Step.Item item, StepRun.@Nullable Tick tick, StepRun step, CheckBox box) {
        if (tick == null) {
            box.setOnAction(_ -> acts.give(new Command.Tick(acts.actor(), step.path(), item.id(), "")));
            return box;
        }
        untick(item, step, box);
        var by = Parts.label("by " + tick.actor(), "muted");
        by.setMinWidth(Region.USE_PREF_SIZE);
        return new HBox(8, box, by);
    }

    /// What is asked stands below the item, and what was said then stands in the same place: a tick moves nothing else under the pointer.
    private Node asking(Step.Item item, String ask, StepRun.@Nullable Tick tick, StepRun step, CheckBox box) {
        var place = new VBox();
        place.getStyleClass().add("item-value");
        if (tick == null) {
            place.getChildren().add(value(item, ask, step, box));
        } else {
            untick(item, step, box);
            place.getChildren().add(Parts.wrapped(tick.value() + ", by " + tick.actor(), "muted"));
        }
        return new VBox(4, box, place);
    }

    private TextField value(Step.Item item, String ask, StepRun step, CheckBox box) {
        var value = new TextField();
        value.setId("value-" + item.id());
        value.setPromptText(ask);
        value.setAccessibleText(ask);
        box.setOnAction(_ -> {
            if (value.getText().isBlank()) {
                box.setSelected(false);
                value.requestFocus();
            } else {
                acts.give(new Command.Tick(acts.actor(), step.path(), item.id(), value.getText().strip()));
            }
        });
        value.setOnAction(_ -> box.fire());
        return value;
    }

    private void untick(Step.Item item, StepRun step, CheckBox box) {
        box.setOnAction(_ -> acts.give(new Command.Untick(acts.actor(), step.path(), item.id())));
    }

    private void stragglers(StepRun step, Environment environment) {
        boolean asked = step.state() == StepState.AWAITING_PERSON;
        int code = environment.closeCode();
        var rate = new TextField("10");
        rate.setId("rate");
        rate.setPrefColumnCount(4);
        rate.setMinWidth(70);
        rate.setAccessibleText("sessions per second");
        var close = Parts.button("close-sessions", "Close the rest",
                () -> acts.give(new Command.DecideStragglers(acts.actor(), step.path(),
                        new StragglerChoice.Close(number(rate.getText()), code))),
                asked ? "accent" : "button-outlined");
        var row = new HBox(8, close, rate, Parts.wrapped("per second; clients see " + code + (code == 1006
                ? " (cut without a close frame)"
                : ""), "muted"));
        row.getStyleClass().add("row");
        getChildren().add(row);
        if (asked) {
            getChildren().add(new HBox(8,
                    Parts.button("wait-longer", "Wait 1 minute more",
                            () -> acts.give(new Command.DecideStragglers(acts.actor(), step.path(),
                                    new StragglerChoice.Wait(Duration.ofMinutes(1)))),
                            "button-outlined"),
                    Parts.button("give-up", "Give up, leave them there",
                            () -> acts.give(new Command.DecideStragglers(acts.actor(), step.path(),
                                    new StragglerChoice.GiveUp())),
                            "button-outlined")));
        }
    }

    private static int number(String text) {
        return text.strip().matches("\\d{1,5}") ? Integer.parseInt(text.strip()) : 0;
    }

    private static boolean asks(OpRun op) {
        return op.op().order() instanceof Order.Errand errand && errand.asksPerson();
    }

    /// A person who looked says what became of an order.
    private void unknowns(RunState run, StepRun step) {
        for (var op : run.opsOf(step.path(), step.attempt())) {
            if (op.is(OpRun.Status.UNKNOWN)) {
                var seen = new TextField();
                seen.setPromptText("what you saw");
                seen.setAccessibleText("what you saw");
                seen.setId("seen");
                HBox.setHgrow(seen, Priority.ALWAYS);
                getChildren().add(Parts.row(seen,
                        Parts.button("was-applied", asks(op) ? "Yes" : "It was applied",
                                () -> acts.give(new Command.Settle(acts.actor(), op.op().id(), true,
                                        seen.getText())),
                                "button-outlined"),
                        Parts.button("was-not-applied", asks(op) ? "No" : "It was not",
                                () -> acts.give(new Command.Settle(acts.actor(), op.op().id(), false,
                                        seen.getText())),
                                "button-outlined")));
            }
        }
    }
}
