package io.lockkeeper.ui.run;

import io.lockkeeper.domain.run.RunState;
import io.lockkeeper.domain.run.StepState;
import io.lockkeeper.domain.runbook.Plan;
import io.lockkeeper.domain.runbook.Step;
import io.lockkeeper.ui.control.Parts;
import io.lockkeeper.ui.control.Words;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/// The plan from top to bottom with each step's state. Built once per plan; states are updated in place.
final class StepsView extends StackPane {
    private static final PseudoClass CURRENT = PseudoClass.getPseudoClass("current");
    private final VBox list = new VBox();
    private final ScrollPane scroll = new ScrollPane(list);
    private final List<Heading> headings = new ArrayList<>();
    private final Label where = Parts.label("", "lane-title", "where");
    private final Map<String, Line> lines = new LinkedHashMap<>();
    private Plan shown = new Plan("", "", List.of());

    private record Line(HBox box, Label state, Label took) {}

    /// @param words the node's name; empty where what follows is of no node
    private record Heading(Label label, String words) {}

    StepsView() {
        scroll.setFitToWidth(true);
        getStyleClass().add("steps");
        list.setId("steps");
        list.setAccessibleText("Steps of the run");
        where.setId("steps-where");
        where.setMaxWidth(Double.MAX_VALUE);
        where.setMinWidth(0);
        where.setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
        where.setVisible(false);
        where.setMouseTransparent(true);
        StackPane.setAlignment(where, Pos.TOP_LEFT);
        getChildren().addAll(scroll, where);
        scroll.vvalueProperty().subscribe(this::sayWhere);
        scroll.viewportBoundsProperty().subscribe(this::sayWhere);
        list.heightProperty().subscribe(this::sayWhere);
    }

    private double top() {
        return Math.max(0, (list.getHeight() - scroll.getViewportBounds().getHeight()) * scroll.getVvalue());
    }

    /// Of which node the uppermost steps are, where its heading has been scrolled away.
    private void sayWhere() {
        double top = top();
        var above = headings.stream().filter(one -> list.sceneToLocal(one.label().localToScene(0, 0)).getY() < top - 2)
                .reduce((_, later) -> later);
        var words = above.map(Heading::words).orElse("");
        where.setText(words);
        where.setVisible(!words.isEmpty());
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
        double hidden = list.getHeight() - scroll.getViewportBounds().getHeight();
        if (hidden > 0) {
            double wanted = list.sceneToLocal(box.localToScene(box.getBoundsInLocal())).getMinY()
                    - scroll.getViewportBounds().getHeight() / 3;
            scroll.setVvalue(Math.clamp(wanted / hidden, 0, 1));
        }
    }

    private void build(RunState run) {
        shown = run.activePlan();
        list.getChildren().clear();
        lines.clear();
        headings.clear();
        if (run.rollingBack()) {
            list.getChildren().add(Parts.wrapped("Way back", "lane-title", "bad"));
        }
        add(list, shown.steps());
        sayWhere();
    }

    private void add(VBox into, List<Step> steps) {
        for (var step : steps) {
            switch (step) {
                case Step.ForEach each -> {
                    into.getChildren().add(Parts.wrapped(each.title(), "group-title"));
                    for (var lane : each.lanes()) {
                        var node = Parts.wrapped(lane.node(), "lane-title");
                        into.getChildren().add(node);
                        headings.add(new Heading(node, lane.node()));
                        add(into, lane.steps());
                    }
                    headings.add(new Heading(end(into), ""));
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

    /// What comes behind it is of no node.
    private static Label end(VBox into) {
        var end = new Label();
        end.setMinHeight(0);
        end.setPrefHeight(0);
        into.getChildren().add(end);
        return end;
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
