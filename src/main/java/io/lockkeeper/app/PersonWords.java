package io.lockkeeper.app;

import io.lockkeeper.domain.run.RunState;
import io.lockkeeper.domain.run.StepProgress;
import io.lockkeeper.domain.run.StepRun;
import io.lockkeeper.domain.runbook.Readback;
import io.lockkeeper.domain.runbook.Step;
import java.util.Map;

/// What a step that waits for a person waits for.
public final class PersonWords {
    private PersonWords() {}

    /// A part of a sentence; without times, so that it stays as it is while nothing happens.
    public static String of(RunState run, StepRun step) {
        if (step.drain() != null) {
            return "some are still there: wait, close or give up?";
        }
        return switch (run.text(step.path()).orElse(null)) {
            case Step.Checklist list -> list.items().stream().filter(item -> !step.ticks().containsKey(item.id()))
                    .count() + " of " + list.items().size() + " items to be ticked";
            case Step.Decision decision -> "to be decided: "
                    + String.join(" or ", decision.choices().stream().map(Step.Choice::id).toList()) + votes(step, decision);
            case Step.Approval approval -> "waits for an approval by who may " + approval.may();
            case Step.Errand errand when step.released() && errand.confirm() instanceof Readback.Person(var question) ->
                "somebody has to look: " + question;
            case Step.PointOfNoReturn _ -> "a point of no return: waits for go";
            case null, default -> "waits for go";
        };
    }

    private static String votes(StepRun step, Step.Decision decision) {
        if (decision.votes() == 1) {
            return "";
        }
        var cast = step.progress() instanceof StepProgress.Votes votes ? votes.chosen() : Map.<String, String>of();
        return ", " + decision.votes() + " who agree are needed" + (cast.isEmpty() ? "" : ", so far " + cast);
    }
}
