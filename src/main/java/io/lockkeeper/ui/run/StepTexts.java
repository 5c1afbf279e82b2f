package io.lockkeeper.ui.run;

import io.lockkeeper.domain.doc.Durations;
import io.lockkeeper.domain.environment.Person;
import io.lockkeeper.domain.run.Facts;
import io.lockkeeper.domain.run.GateJudge;
import io.lockkeeper.domain.run.OpRun;
import io.lockkeeper.domain.run.Order;
import io.lockkeeper.domain.run.Outcome;
import io.lockkeeper.domain.run.RunMachine;
import io.lockkeeper.domain.run.RunState;
import io.lockkeeper.domain.run.SoakReading;
import io.lockkeeper.domain.run.StepProgress;
import io.lockkeeper.domain.run.StepRun;
import io.lockkeeper.domain.runbook.Readback;
import io.lockkeeper.domain.runbook.Step;
import io.lockkeeper.domain.signal.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// What is going on in one step, in sentences made of facts: for the middle of the run's screen, several times a second.
final class StepTexts {
    private final RunState run;
    private final Facts facts;

    StepTexts(RunState run, Facts facts) {
        this.run = run;
        this.facts = facts;
    }

    List<String> of(StepRun step) {
        var lines = new ArrayList<String>();
        var open = run.opsOf(step.path(), step.attempt()).stream().filter(OpRun::undecided).toList();
        boolean saidBelow = open.stream().anyMatch(op -> op.words().equals(step.words()));
        if (!step.words().isEmpty() && step.drain() == null && !saidBelow) {
            lines.add(step.words());
        }
        open.forEach(op -> lines.add(inFlight(op)));
        if (run.holdsUpTheEnd(step.path())) {
            lines.add("The run does not end before this is known.");
        }
        var drain = step.drain();
        if (drain != null && step.state().open()) {
            drain(drain, lines);
        }
        var gate = step.gate();
        if (gate != null && step.state().open() && run.text(step.path()).orElse(null) instanceof Step.Gate text) {
            gate(text, gate, lines);
        }
        var soak = step.soak();
        if (soak != null && step.state().open() && run.text(step.path()).orElse(null) instanceof Step.Soak text) {
            soak(text, soak, lines);
        }
        switch (run.text(step.path()).orElse(null)) {
            case Step.Note note -> run.answer(note.text()).ifPresent(lines::add);
            case Step.PointOfNoReturn point when step.state().open() -> {
                lines.add(point.text());
                lines.add("From here on, roll back walks " + point.onward() + " instead of the way back.");
            }
            case Step.Decision decision when step.state().open() -> decision(decision, step, lines);
            case Step.Approval approval when step.state().open() -> approval(approval, step, lines);
            case null, default -> {
                // said above
            }
        }
        return lines;
    }

    private void decision(Step.Decision decision, StepRun step, List<String> lines) {
        if (decision.votes() > 1) {
            lines.add(decision.votes() + " people must choose the same.");
        }
        if (step.progress() instanceof StepProgress.Votes votes) {
            votes.chosen().forEach((who, choice) -> lines.add(who + " chose " + choice));
        }
    }

    private void approval(Step.Approval approval, StepRun step, List<String> lines) {
        var able = facts.environment().people().stream().filter(person -> person.may(approval.may())).map(Person::name)
                .filter(name -> !name.equals(run.start().actor())).toList();
        lines.add("Needs the signature of " + (able.isEmpty() ? "somebody on the roster" : String.join(" or ", able)) + ".");
        if (step.approval() != null) {
            lines.add("The request expires in " + Durations.words(left(step.approval().expires())));
        }
    }

    private void soak(Step.Soak text, StepProgress.SoakWatch soak, List<String> lines) {
        var reading = SoakReading.of(text, run, facts).reading();
        lines.add(Durations.words(Duration.ofSeconds(soak.counted().toSeconds())) + " of " + Durations.words(text.hold())
                + " with evidence, " + soak.samples() + " readings; counted up every 30 s");
        lines.add("Verdict now: " + verdict(reading.verdict()) + " - " + reading.why());
        var since = soak.pausedSince();
        if (since != null) {
            var limit = since.plus(soak.bad() ? text.tolerate() : text.patience());
            lines.add((soak.bad() ? "Bad for " : "No evidence for ") + Duration.between(since, facts.now()).toSeconds()
                    + " s: no time counts. " + (soak.bad() ? "Fails in " : "Asks you in ") + Durations.words(left(limit)));
        }
    }

    private String inFlight(OpRun op) {
        var order = op.op().order().verb() + " " + op.op().order().target();
        if (op.is(OpRun.Status.UNKNOWN) && op.op().order() instanceof Order.Errand errand
                && errand.confirm() instanceof Readback.Person(var question)) {
            return "You are asked, about " + order + ": " + question + " Look, and say what you see. So far: " + op.words()
                    + ". Nothing is sent again.";
        }
        if (op.is(OpRun.Status.UNKNOWN)) {
            var told = op.outcome() instanceof Outcome.Unknown(var why) && !why.equals(op.words()) ? why + ". Looked: " : "";
            return "OUTCOME UNKNOWN: " + order + ". " + told + op.words()
                    + ". The target is being looked at; nothing is sent again.";
        }
        return order + " is under way, answer expected within " + Durations.words(left(op.op().deadline()));
    }

    private Duration left(Instant until) {
        var left = Duration.between(facts.now(), until);
        return left.isNegative() ? Duration.ZERO : Duration.ofSeconds(left.toSeconds());
    }

    private void drain(StepProgress.DrainWatch watch, List<String> lines) {
        var proof = RunMachine.proof(watch, facts);
        var account = proof.account();
        lines.add(account != null
                ? "Proof by session: of " + watch.sessions().size() + " sessions " + account.words()
                : "Proof by count" + (watch.bySession() ? " (the event feed is lost)" : "") + ": at least " + proof.left()
                        + " left");
        lines.add("Counts: " + String.join(", ", proof.counts()) + (proof.fresh() ? "" : " - not all of them fresh"));
        var since = watch.emptySince();
        if (since != null) {
            lines.add("All counts are zero since " + Duration.between(since, facts.now()).toSeconds() + " of 10 s");
        } else if (watch.deadline().isAfter(facts.now())) {
            lines.add("Clients may leave for another " + Durations.words(left(watch.deadline())));
        } else {
            lines.add("The deadline has passed");
        }
    }

    private void gate(Step.Gate gate, StepProgress.GateWatch watch, List<String> lines) {
        var reading = GateJudge.judge(gate, run, facts);
        lines.add("Condition: " + gate.check().name() + (gate.node() == null ? "" : " of " + gate.node()) + " "
                + gate.condition().words()
                + (gate.hold().isZero() ? "" : ", for " + Durations.words(gate.hold())));
        lines.add("Verdict now: " + verdict(reading.verdict()) + " - " + reading.why());
        var since = watch.holdingSince();
        if (since != null) {
            lines.add("Holds for " + Duration.between(since, facts.now()).toSeconds() + " of " + gate.hold().toSeconds() + " s");
        }
        lines.add("Last verdict in " + Durations.words(left(watch.until())) + (watch.extended() ? " (extended once)" : ""));
    }

    private static String verdict(Verdict verdict) {
        return switch (verdict) {
            case PASS -> "PASS";
            case FAIL -> "FAIL";
            case INCONCLUSIVE -> "INCONCLUSIVE";
            case NO_DATA -> "NO DATA (does not pass)";
            case STALE -> "STALE (does not pass)";
        };
    }
}
