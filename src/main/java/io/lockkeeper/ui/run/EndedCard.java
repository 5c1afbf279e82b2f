package io.lockkeeper.ui.run;

import io.lockkeeper.app.ActionCatalog;
import io.lockkeeper.domain.run.OpRun;
import io.lockkeeper.domain.run.RunEvent;
import io.lockkeeper.domain.run.RunState;
import io.lockkeeper.domain.run.StepState;
import io.lockkeeper.domain.runbook.Plan;
import io.lockkeeper.domain.runbook.Step;
import io.lockkeeper.ui.control.Parts;
import io.lockkeeper.ui.control.Words;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.layout.VBox;

/// How a run ended, and what it rests on: the evidence of every action, and everything that is not known or was passed over.
final class EndedCard extends VBox {
    EndedCard(RunState run, RunEvent.RunEnded ended) {
        getStyleClass().addAll("panel", "step-card");
        setSpacing(8);
        var ending = ended.ending().words();
        getChildren().addAll(Parts.wrapped("The run " + (ending.startsWith("ended") ? "" : "ended: ") + ending, "step-title"),
                Parts.wrapped(ended.summary()),
                Parts.wrapped("Took " + Words.age(run.start().at(), ended.at()) + ", until " + Words.time(ended.at()), "muted"));
        doubts(run).forEach(doubt -> getChildren().add(Parts.wrapped("! " + doubt, "warn-text")));
        var evidence = evidence(run);
        if (!evidence.isEmpty()) {
            getChildren().add(Parts.label("What it rests on", "strong"));
            evidence.forEach(words -> getChildren().add(Parts.wrapped(words)));
        }
    }

    private static List<String> doubts(RunState run) {
        var doubts = new ArrayList<String>();
        run.ops().values().stream().filter(op -> op.is(OpRun.Status.UNKNOWN) && op.op().order().disruptive())
                .forEach(op -> doubts.add("OUTCOME UNKNOWN: " + op.op().order().verb() + " " + op.op().order().target()));
        for (var plan : plans(run)) {
            for (var step : plan.leaves()) {
                var state = run.step(step.path());
                if (state.state() == StepState.SKIPPED && !state.words().isEmpty()) {
                    boolean ofItsNode = run.skippedLanes().stream().anyMatch(lane -> step.path().startsWith(lane + "/"));
                    doubts.add(step.path() + (ofItsNode ? ": " : " passed WITHOUT VERIFICATION: ") + state.words());
                }
            }
        }
        return doubts;
    }

    /// What somebody did, decided or watched, and what clients of ours felt in the end; other gates look only at what these brought about.
    private static boolean isEvidence(Step step) {
        return switch (step) {
            case Step.Action _,Step.Errand _,Step.Soak _,Step.Decision _,Step.Approval _,Step.PointOfNoReturn _ -> true;
            case Step.Gate gate -> gate.signal().ofClients() && ActionCatalog.lane(gate.path()).isEmpty();
            case Step.Checklist _,Step.Note _,Step.ForEach _ -> false;
        };
    }

    private static List<String> evidence(RunState run) {
        var evidence = new ArrayList<String>();
        for (var step : run.activePlan().leaves()) { // of a way back alone: what went before is undone
            var state = run.step(step.path());
            if (isEvidence(step) && state.state() == StepState.SUCCEEDED && !state.words().isEmpty()) {
                evidence.add(step instanceof Step.Action
                        ? state.words()
                        : step.title() + (step.title().endsWith("?") ? " " : ": ") + state.words());
            }
        }
        return evidence;
    }

    /// What was walked, in the order it was.
    private static List<Plan> plans(RunState run) {
        var back = run.wayBack();
        return back == null ? List.of(run.start().plan()) : List.of(run.start().plan(), back.plan());
    }
}
