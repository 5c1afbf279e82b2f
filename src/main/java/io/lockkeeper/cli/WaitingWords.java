package io.lockkeeper.cli;

import io.lockkeeper.app.EventWords;
import io.lockkeeper.app.PersonWords;
import io.lockkeeper.domain.doc.Durations;
import io.lockkeeper.domain.run.Facts;
import io.lockkeeper.domain.run.GateJudge;
import io.lockkeeper.domain.run.OpRun;
import io.lockkeeper.domain.run.RunMachine;
import io.lockkeeper.domain.run.RunState;
import io.lockkeeper.domain.run.SoakReading;
import io.lockkeeper.domain.run.StepProgress;
import io.lockkeeper.domain.run.StepRun;
import io.lockkeeper.domain.run.StepState;
import io.lockkeeper.domain.runbook.Step;
import io.lockkeeper.domain.signal.Verdict;
import java.time.Duration;
import java.time.Instant;

/// What one step waits for: briefly, and with the figures behind it.
final class WaitingWords {
    private final RunState run;
    private final Facts facts;

    WaitingWords(RunState run, Facts facts) {
        this.run = run;
        this.facts = facts;
    }

    String briefly(StepRun step) {
        return switch (step.state()) {
            case OUTCOME_UNKNOWN -> "looking at the target, nothing is sent again"
                    + (run.holdsUpTheEnd(step.path()) ? "; the run does not end before this is known" : "");
            case BLOCKED -> "blocked: " + step.words();
            case AWAITING_PERSON -> person(step);
            default -> byItself(step);
        };
    }

    private String person(StepRun step) {
        if (step.drain() != null) {
            return left(step.drain()) + ": wait, close or give up?";
        }
        var approval = step.approval();
        return PersonWords.of(run, step) + (approval == null ? "" : ", " + until(approval.expires()));
    }

    private String byItself(StepRun step) {
        var drain = step.drain();
        if (drain != null) {
            return draining(drain);
        }
        var gate = step.gate();
        if (gate != null && run.text(step.path()).orElse(null) instanceof Step.Gate text) {
            return gate(text, gate);
        }
        var soak = step.soak();
        if (soak != null && run.text(step.path()).orElse(null) instanceof Step.Soak text) {
            var time = Durations.words(Duration.ofSeconds(soak.counted().toSeconds())) + " of " + Durations.words(text.hold());
            return soak.pausedSince() == null ? time : time + ", PAUSED: " + (soak.bad() ? "bad" : "no evidence");
        }
        return run.opsOf(step.path(), step.attempt()).stream().filter(op -> op.is(OpRun.Status.PENDING)).reduce((_, last) -> last)
                .map(op -> EventWords.order(op.op()) + " under way, " + until(op.op().deadline())).orElse("");
    }

    private String draining(StepProgress.DrainWatch watch) {
        var since = watch.emptySince();
        return left(watch) + ", "
                + (since == null ? until(watch.deadline()) : "all counts zero for " + seconds(since) + " of 10 s");
    }

    private String left(StepProgress.DrainWatch watch) {
        var proof = RunMachine.proof(watch, facts);
        var account = proof.account();
        if (account != null) {
            return account.stragglers() + " still there" + (account.away() > 0 ? ", " + account.away() + " on their way" : "")
                    + (account.lost() > 0 ? ", " + account.lost() + " LOST" : "");
        }
        return proof.fresh()
                ? proof.left() + " still there"
                : (proof.left() > 0 ? "at least " + proof.left() + " still there, " : "") + "counts not fresh";
    }

    private String gate(Step.Gate gate, StepProgress.GateWatch watch) {
        var verdict = GateJudge.judge(gate, run, facts).verdict();
        var since = watch.holdingSince();
        return words(verdict) + (since == null || verdict != Verdict.PASS
                ? ", " + until(watch.until())
                : " for " + seconds(since) + " of " + gate.hold().toSeconds() + " s");
    }

    private static String words(Verdict verdict) {
        return switch (verdict) {
            case PASS -> "PASS";
            case FAIL -> "FAIL";
            case INCONCLUSIVE -> "INCONCLUSIVE";
            case NO_DATA -> "NO DATA";
            case STALE -> "STALE";
        };
    }

    /// What the brief words rest on; empty where there is no more to say.
    String figures(StepRun step) {
        if (step.state().group() == StepState.Group.BAD || step.state() == StepState.OUTCOME_UNKNOWN) {
            return step.words();
        }
        var drain = step.drain();
        if (drain != null) {
            var proof = RunMachine.proof(drain, facts);
            var account = proof.account();
            return (account == null ? "" : account.words() + "; ") + String.join(", ", proof.counts());
        }
        if (step.soak() != null && run.text(step.path()).orElse(null) instanceof Step.Soak text) {
            return SoakReading.of(text, run, facts).reading().why();
        }
        return step.gate() != null && run.text(step.path()).orElse(null) instanceof Step.Gate text
                ? GateJudge.judge(text, run, facts).why()
                : "";
    }

    private long seconds(Instant since) {
        return Math.max(0, Duration.between(since, facts.now()).toSeconds());
    }

    private String until(Instant end) {
        long left = Duration.between(facts.now(), end).toSeconds();
        return left > 0 ? Durations.words(Duration.ofSeconds(left)) + " to go" : "its time is over";
    }
}
