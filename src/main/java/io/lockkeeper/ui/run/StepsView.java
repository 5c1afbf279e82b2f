package io.lockkeeper.ui.run;

import io.lockkeeper.domain.run.RunState;
import io.lockkeeper.domain.run.StepState;
import io.lockkeeper.domain.runbook.Plan;
import io.lockkeeper.domain.runbook.Step;
import io.lockkeeper.ui.control.Parts;
import io.lockkeeper.ui.control.Words;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javafx.css.PseudoClass;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/// The plan from top to bottom with each step's state. Built once per plan; states are updated in place.
final class StepsView extends ScrollPane {
    private static final PseudoClass CURRENT = PseudoClass.getPseudoClass("current");
    private final VBox list = new VBox();
    private final Map<String, Line> lines = new LinkedHashMap<>();
    private Plan shown = new Plan("", "", List.of());

    private record Line(HBox box, Label state, Label took) {}

    StepsView() {
        setContent(list);
        setFitToWidth(true);
        getStyleClass().add("steps");
        list.setId("steps");
        list.setAccessibleText("Steps of the run");
    }

    void show(RunState run, Instant now) {
        if (!shown.equals(run.activePlan())) {
            build(run);
        }
        var current = run.current().stream().map(step -> step.path()).toList();
        var notChosen = run.notChosen();
        lines.forEach((path, line) -> {
            var step = run.step(path);
            Parts.show(line.state(), notChosen.contains(path) ? Words.NOT_CHOSEN : Words.of(step));
            boolean isCurrent = current.contains(path);
            if (isCurrent && !line.box().getPseudoClassStates().contains(CURRENT)) {
                reveal(line.box());
            }
            line.box().pseudoClassStateChanged(CURRENT, isCurrent);
            var entered = step.enteredAt();
            line.took()
                    .setText(entered == null ? "" : Words.age(entered, step.state().open() && run.open() ? now : step.since()));
        });
    }

    /// Scrolls so that the step that has just begun is in sight.
    private void reveal(HBox box) {
        double hidden = list.getHeight() - getViewportBounds().getHeight();
        if (hidden > 0) {
            double wanted = list.sceneToLocal(box.localToScene(box.getBoundsInLocal())).getMinY()
                    - getViewportBounds().getHeight() / 3;
            setVvalue(Math.clamp(wanted / hidden, 0, 1));
        }
    }

    private void build(RunState run) {
        shown = run.activePlan();
        list.getChildren().clear();
        lines.clear();
        if (run.rollingBack()) {
            list.getChildren().add(Parts.wrapped("Way back", "lane-title", "bad"));
        }
        add(list, shown.steps());
    }

    private void add(VBox into, List<Step> steps) {
        for (var step : steps) {
            switch (step) {
                case Step.ForEach each -> {
                    into.getChildren().add(Parts.wrapped(each.title(), "group-title"));
                    for (var lane : each.lanes()) {
                        into.getChildren().add(Parts.wrapped(lane.node(), "lane-title"));
                        add(into, lane.steps());
                    }
                }
                case Step.Decision decision -> {
                    leaf(into, decision);
                    decision.choices().stream().filter(choice -> !choice.steps().isEmpty())
                            .forEach(choice -> branch(into, choice));
                }
                default -> leaf(into, step);
            }
        }
    }

    /// Set in, so that what comes after the decision is not taken for a part of it.
    private void branch(VBox into, Step.Choice choice) {
        var inner = new VBox(Parts.wrapped("If: " + choice.text(), "group-title"));
        inner.getStyleClass().add("branch");
        add(inner, choice.steps());
        into.getChildren().add(inner);
    }

    private void leaf(VBox into, Step step) {
        var state = Parts.state(Words.of(StepState.NOT_STARTED));
        var took = Parts.label("", "muted", "small");
        var title = Parts.wrapped(step.title());
        var box = new HBox(8, new VBox(title, new HBox(8, state, took)));
        box.getStyleClass().add("step");
        box.setAccessibleText(step.title());
        lines.put(step.path(), new Line(box, state, took));
        into.getChildren().add(box);
    }
}
