package io.lockkeeper.ui.run;

import io.lockkeeper.app.ActionItem;
import io.lockkeeper.app.Recorded;
import io.lockkeeper.app.Snapshot;
import io.lockkeeper.domain.environment.Environment;
import io.lockkeeper.domain.run.OpRun;
import io.lockkeeper.domain.run.RunEvent;
import io.lockkeeper.domain.run.RunState;
import io.lockkeeper.domain.run.StepRun;
import io.lockkeeper.domain.runbook.Step;
import io.lockkeeper.ui.control.JournalList;
import io.lockkeeper.ui.control.Parts;
import io.lockkeeper.ui.fleet.FleetRows;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import javafx.geometry.Orientation;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.SplitPane;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.VBox;

/// A run being walked: its steps, the current one with its one button, the way back, and the journal as it grows.
public final class RunView extends BorderPane {
    private final Environment environment;
    private final RunActs acts;
    private final StepsView steps = new StepsView();
    private final VBox cards = new VBox(12);
    private final NodesNow nodes = new NodesNow();
    private final WayBackPanel side = new WayBackPanel();
    private final JournalList journal = new JournalList();
    private final Label title = Parts.wrapped("No run yet", "screen-title");
    private final Label about = Parts.wrapped("Start one from the runbooks.", "muted");
    private final Map<String, StepCard> shown = new LinkedHashMap<>();
    private String key = "";

    public RunView(Environment environment, RunActs acts) {
        this.environment = environment;
        this.acts = acts;
        getStyleClass().add("screen");
        var head = new VBox(2, title, about);
        head.getStyleClass().add("run-head");
        setTop(head);
        var middle = new ScrollPane(new VBox(12, cards, nodes));
        middle.setFitToWidth(true);
        middle.getContent().getStyleClass().add("cards");
        nodes.setVisible(false);
        var upper = new SplitPane(steps, middle, side);
        upper.setDividerPositions(0.27, 0.74);
        var all = new SplitPane(upper, journal);
        all.setOrientation(Orientation.VERTICAL);
        all.setDividerPositions(0.72);
        setCenter(all);
    }

    public void show(Snapshot snapshot, List<ActionItem> items, Instant now) {
        var run = snapshot.run();
        if (run == null) {
            return;
        }
        nodes.setVisible(true);
        title.setText(run.start().plan().title()
                + (run.rollingBack() ? run.open() ? " - rolling back" : " - its way back" : ""));
        about.setText(headline(run) + unverified(snapshot));
        steps.show(run, now);
        side.show(run, items, acts);
        journal.show(run.run(), snapshot.events());
        nodes.show(FleetRows.of(environment, snapshot, now), nodes(run));
        var attention = attention(run);
        rebuild(run, attention, items);
        var texts = new StepTexts(run, snapshot.facts(environment, now));
        attention.forEach(step -> {
            var card = shown.get(step.path());
            if (card != null) {
                card.update(step, texts.of(step));
            }
        });
    }

    private static String headline(RunState run) {
        var ended = run.ended();
        var who = run.run() + ", started by " + run.start().actor()
                + (run.start().reason().isBlank() ? "" : " (" + run.start().reason() + ")");
        if (ended != null) {
            return who + " - " + ended.ending().words().toUpperCase(Locale.ROOT) + ": " + ended.summary();
        }
        long unknown = run.ops().values().stream().filter(op -> op.is(OpRun.Status.UNKNOWN) && op.op().order().disruptive())
                .count();
        return who + (unknown > 0 ? " - " + unknown + " OUTCOME UNKNOWN" : "");
    }

    private static String unverified(Snapshot snapshot) {
        var skipped = snapshot.events().stream().map(Recorded::event).filter(RunEvent.StepSkipped.class::isInstance)
                .map(RunEvent.StepSkipped.class::cast).map(one -> one.path() + " by " + one.actor()).toList();
        return skipped.isEmpty() ? "" : " - WITHOUT VERIFICATION: " + String.join(", ", skipped);
    }

    /// What went wrong first, then what is under way.
    private static List<StepRun> attention(RunState run) {
        var steps = new ArrayList<StepRun>();
        if (run.open()) {
            steps.addAll(run.stopped());
            steps.addAll(run.current());
        }
        return steps;
    }

    private void rebuild(RunState run, List<StepRun> attention, List<ActionItem> items) {
        var next = run.run() + run.ended()
                + attention.stream().map(step -> step.path() + step.state() + step.attempt() + step.ticks().keySet()
                        + (step.drain() != null) + (step.approval() != null)
                        + run.opsOf(step.path(), step.attempt()).stream().filter(op -> op.is(OpRun.Status.UNKNOWN)).count())
                        .toList()
                + items.stream().filter(item -> !item.enabled()).map(ActionItem::id).toList();
        if (next.equals(key)) {
            return;
        }
        key = next;
        shown.clear();
        cards.getChildren().clear();
        for (var step : attention) {
            var card = new StepCard(run, step, environment, items, acts);
            shown.put(step.path(), card);
            cards.getChildren().add(card);
        }
        if (attention.isEmpty()) {
            cards.getChildren().add(ending(run));
        }
    }

    private static VBox ending(RunState run) {
        var ended = run.ended();
        return ended == null
                ? Parts.card("",
                        Parts.wrapped(run.held() == null ? "The next step begins." : "Held: nothing more is sent.", "step-title"))
                : new EndedCard(run, ended);
    }

    /// Those that the run is about, and those that what it watches now is about; the whole fleet, told by an empty set, when that is all of
    /// them or none.
    private static Set<String> nodes(RunState run) {
        var watched = Stream.concat(run.current().stream(), run.stopped().stream())
                .flatMap(step -> checks(run.text(step.path()).orElse(null)).stream()).toList();
        if (watched.stream().anyMatch(check -> check.node() == null)) {
            return Set.of();
        }
        var ofThePlan = run.start().plan().leaves().stream().flatMap(step -> switch (step) {
            case Step.Action action -> Stream.of(action.node());
            case Step.Errand errand -> Stream.ofNullable(errand.node());
            default -> Stream.<String>empty();
        });
        return Stream.concat(ofThePlan, watched.stream().map(Step.Check::node)).collect(Collectors.toSet());
    }

    private static List<Step.Check> checks(@Nullable Step step) {
        return switch (step) {
            case Step.Gate gate -> List.of(gate.check());
            case Step.Soak soak -> soak.checks();
            case null, default -> List.of();
        };
    }
}
