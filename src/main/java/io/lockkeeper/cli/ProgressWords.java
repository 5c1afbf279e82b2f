package io.lockkeeper.cli;

import io.lockkeeper.app.EventWords;
import io.lockkeeper.app.Snapshot;
import io.lockkeeper.domain.doc.Durations;
import io.lockkeeper.domain.environment.Environment;
import io.lockkeeper.domain.run.Facts;
import io.lockkeeper.domain.run.OpRun;
import io.lockkeeper.domain.run.RunState;
import io.lockkeeper.domain.run.StepRun;
import io.lockkeeper.domain.run.StepState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// A snapshot's run as one line: a pure function of snapshot, environment and now. What is unknown comes first, then what holds the run
/// up, then the step with what it waits for, then links, then the figures: a narrow terminal loses the least.
final class ProgressWords {
    /// A holder that lives tells something more often than this.
    private static final Duration NEWS = Duration.ofSeconds(10);

    private final Snapshot snapshot;
    private final RunState run;
    private final Facts facts;
    private final List<String> parts = new ArrayList<>();
    private boolean alarm;

    private ProgressWords(Snapshot snapshot, RunState run, Facts facts) {
        this.snapshot = snapshot;
        this.run = run;
        this.facts = facts;
    }

    /// Nothing once the run has ended, or where there is none.
    static Progress of(Snapshot snapshot, Environment environment, Instant now) {
        var run = snapshot.run();
        return run == null || !run.open()
                ? Progress.NONE
                : new ProgressWords(snapshot, run, snapshot.facts(environment, now)).progress();
    }

    private Progress progress() {
        unknown();
        holder();
        var steps = steps();
        var waiting = new WaitingWords(run, facts);
        if (steps.isEmpty()) {
            parts.add(run.start().plan().title());
        } else {
            parts.add(step(steps.getFirst(), waiting) + (steps.size() > 1 ? " (+" + (steps.size() - 1) + " more)" : ""));
        }
        ground();
        LinkTrouble.words(snapshot.links()).ifPresent(parts::add);
        steps.stream().findFirst().map(waiting::figures).filter(words -> !words.isEmpty()).ifPresent(parts::add);
        return new Progress(String.join(" | ", parts), alarm);
    }

    private void unknown() {
        var unknown = run.ops().values().stream()
                .filter(op -> op.is(OpRun.Status.UNKNOWN) && op.op().order().disruptive()).toList();
        if (!unknown.isEmpty()) {
            alarm("OUTCOME UNKNOWN: " + String.join(", ", unknown.stream().map(op -> EventWords.order(op.op())).toList())
                    + ", for "
                    + age(unknown.getFirst().since()));
        }
    }

    private void holder() {
        if (!snapshot.following()) {
            alarm("NOBODY HOLDS THE RUN, last seen " + age(snapshot.at()) + " ago");
        } else if (snapshot.at().plus(NEWS).isBefore(facts.now())) {
            alarm("nothing new for " + age(snapshot.at()));
        }
        var held = run.held();
        if (held != null) {
            parts.add("HELD by " + held.actor() + " for " + age(held.since()));
        }
    }

    private void ground() {
        if (!run.drifts().isEmpty()) {
            alarm("the ground shifted at " + String.join(", ", run.drifts().keySet().stream().sorted().toList()));
        }
    }

    private void alarm(String words) {
        parts.add(words);
        alarm = true;
    }

    /// Where somebody is needed comes first.
    private List<StepRun> steps() {
        return Stream.concat(run.stopped().stream(), run.current().stream())
                .sorted(Comparator.comparingInt(step -> urgency(step.state()))).toList();
    }

    private static int urgency(StepState state) {
        return switch (state) {
            case OUTCOME_UNKNOWN -> 0;
            case FAILED, TIMED_OUT -> 1;
            case AWAITING_PERSON -> 2;
            case BLOCKED -> 3;
            default -> 4;
        };
    }

    private String step(StepRun step, WaitingWords waiting) {
        if (step.state().group() == StepState.Group.BAD) {
            alarm = true;
            return step.path() + " " + step.state().words() + " " + age(step.since()) + " ago, somebody has to decide";
        }
        var entered = step.enteredAt();
        var words = waiting.briefly(step);
        return step.path() + " " + age(entered == null ? step.since() : entered) + (words.isEmpty() ? "" : ": " + words);
    }

    private String age(Instant since) {
        return Durations.words(Duration.ofSeconds(Math.max(0, Duration.between(since, facts.now()).toSeconds())));
    }
}
