package io.lockkeeper.ui.run;

import io.lockkeeper.domain.doc.Durations;
import io.lockkeeper.domain.environment.Environment;
import io.lockkeeper.domain.fleet.Fleet;
import io.lockkeeper.domain.run.Facts;
import io.lockkeeper.domain.run.GateJudge;
import io.lockkeeper.domain.run.OpRun;
import io.lockkeeper.domain.run.RunMachine;
import io.lockkeeper.domain.run.RunState;
import io.lockkeeper.domain.run.StepRun;
import io.lockkeeper.domain.runbook.Condition;
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

    StepTexts(RunState run, Environment environment, Fleet fleet, Instant now) {
        this.run = run;
        this.facts = new Facts(environment, fleet, now);
    }

    List<String> of(StepRun step) {
        var lines = new ArrayList<String>();
        if (!step.words().isEmpty() && step.drain() == null) {
            lines.add(step.words());
        }
        for (var op : run.opsOf(step.path(), step.attempt())) {
            if (op.undecided()) {
                lines.add(inFlight(op));
            }
        }
        var drain = step.drain();
        if (drain != null && step.state().open()) {
            drain(drain, lines);
        }
        var gate = step.gate();
        if (gate != null && step.state().open() && run.text(step.path()).orElse(null) instanceof Step.Gate text) {
            gate(text, gate, lines);
        }
        return lines;
    }

    private String inFlight(OpRun op) {
        var order = op.op().order().verb() + " " + op.op().order().target();
        if (op.is(OpRun.Status.UNKNOWN)) {
            return "OUTCOME UNKNOWN: " + order + ". " + op.words() + ". The target is being looked at; nothing is sent again.";
        }
        return order + " is under way, answer expected within " + Durations.words(left(op.op().deadline()));
    }

    private Duration left(Instant until) {
        var left = Duration.between(facts.now(), until);
        return left.isNegative() ? Duration.ZERO : Duration.ofSeconds(left.toSeconds());
    }

    private void drain(StepRun.DrainWatch watch, List<String> lines) {
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

    private void gate(Step.Gate gate, StepRun.GateWatch watch, List<String> lines) {
        var reading = GateJudge.judge(gate, run, facts);
        lines.add("Condition: " + gate.signal().key() + (gate.node() == null ? "" : " of " + gate.node()) + " "
                + condition(gate.condition())
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

    private static String condition(Condition condition) {
        return switch (condition) {
            case Condition.IsTrue(boolean expected) -> "is " + expected;
            case Condition.IsText(var expected) -> "is " + expected;
            case Condition.Accounted(long lost) -> "at most " + lost + " lost, none left behind";
            case Condition.Resumed(int atLeast) -> "at least " + atLeast + " in a row";
            case Condition.Count(var atLeast, var atMost, var moreThan, var lessThan) -> {
                var limits = new ArrayList<String>();
                if (atLeast != null) {
                    limits.add("at least " + atLeast);
                }
                if (atMost != null) {
                    limits.add("at most " + atMost);
                }
                if (moreThan != null) {
                    limits.add("more than " + moreThan);
                }
                if (lessThan != null) {
                    limits.add("less than " + lessThan);
                }
                yield String.join(" and ", limits);
            }
        };
    }
}
