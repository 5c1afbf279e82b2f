package io.lockkeeper.app.notify;

import io.lockkeeper.app.EventWords;
import io.lockkeeper.app.PersonWords;
import io.lockkeeper.domain.run.OpRun;
import io.lockkeeper.domain.run.RunState;
import io.lockkeeper.domain.run.StepRun;
import io.lockkeeper.domain.run.StepState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Why an open run does not go on by itself. Read off its state alone, so that a restarted console comes to the same.
final class Needs {
    /// @param key the same as long as it is the same need
    /// @param title completes "... of run x"
    record Need(String key, Instant since, String title, String text) {}

    private Needs() {}

    /// In the order in which a person would want to know.
    static List<Need> of(@Nullable RunState run) {
        if (run == null || !run.open()) {
            return List.of();
        }
        var needs = new ArrayList<Need>();
        run.undecided().stream().filter(op -> op.is(OpRun.Status.UNKNOWN)).forEach(op -> needs.add(unknown(op)));
        run.stopped().forEach(step -> needs.add(new Need(key(step), step.since(), step.state().words(),
                step.path() + " " + step.state().words() + ": " + step.words() + ".")));
        var held = run.held();
        if (held != null) {
            needs.add(new Need("held", held.since(), "held",
                    "HELD by " + held.actor() + (held.reason().isBlank() ? "" : ": " + held.reason()) + "."));
        }
        var current = run.current();
        current.stream().filter(step -> step.state() == StepState.AWAITING_PERSON)
                .forEach(step -> needs.add(waiting(run, step)));
        if (!current.isEmpty() && current.stream().allMatch(step -> step.state() == StepState.BLOCKED)) {
            current.forEach(step -> needs.add(
                    new Need(key(step), step.since(), "blocked", step.path() + " is blocked: " + step.words() + ".")));
        }
        return needs;
    }

    private static Need unknown(OpRun op) {
        return new Need("unknown " + op.op().id(), op.since(), "OUTCOME UNKNOWN", "OUTCOME UNKNOWN of "
                + EventWords.order(op.op()) + ": " + op.words() + ". Nothing is sent again; the target is looked at.");
    }

    private static Need waiting(RunState run, StepRun step) {
        var title = run.text(step.path()).map(one -> one.title()).orElse("");
        return new Need(key(step), step.since(), "waits for a person",
                step.path() + (title.isEmpty() ? "" : " (" + title + ")") + ": " + PersonWords.of(run, step) + ".");
    }

    private static String key(StepRun step) {
        return step.path() + " " + step.state() + " " + step.attempt();
    }
}
