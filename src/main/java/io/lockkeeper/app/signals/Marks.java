package io.lockkeeper.app.signals;

import io.lockkeeper.app.Recorded;
import io.lockkeeper.app.Snapshot;
import io.lockkeeper.domain.run.Outcome;
import io.lockkeeper.domain.run.RunEvent;
import io.lockkeeper.domain.run.RunState;
import io.lockkeeper.domain.runbook.Step;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The newest marks of all runs that were seen, bounded: the curves of an hour may belong to more than one run.
final class Marks {
    static final int MOST = 600;
    private final Deque<Mark> marks = new ArrayDeque<>();
    private long seen;
    private @Nullable List<Mark> told;

    void add(Snapshot snapshot) {
        var run = snapshot.run();
        var events = snapshot.events();
        if (run == null || events.isEmpty() || events.getLast().seq() <= seen) {
            return;
        }
        int from = events.size();
        while (from > 0 && events.get(from - 1).seq() > seen) {
            from--;
        }
        seen = events.getLast().seq();
        events.subList(from, events.size()).forEach(recorded -> of(recorded, run).ifPresent(this::add));
    }

    private void add(Mark mark) {
        told = null;
        if (marks.size() == MOST) {
            marks.removeFirst();
        }
        marks.addLast(mark);
    }

    List<Mark> list() {
        var current = told;
        if (current == null) {
            current = List.copyOf(new ArrayList<>(marks));
            told = current;
        }
        return current;
    }

    static Optional<Mark> of(Recorded recorded, RunState run) {
        return switch (recorded.event()) {
            case RunEvent.StepEntered(_, var path, int attempt) ->
                mark(recorded, Mark.Kind.BEGUN, title(run, path) + (attempt > 1 ? ", attempt " + attempt : ""));
            case RunEvent.StepSucceeded(_, var path, _) -> mark(recorded, Mark.Kind.ENDED, title(run, path) + ": done");
            case RunEvent.StepFailed(_, var path, var state, _) ->
                mark(recorded, Mark.Kind.BAD, state.words() + ": " + title(run, path));
            case RunEvent.StepBlocked(_, var path, _) -> mark(recorded, Mark.Kind.BAD, "blocked: " + title(run, path));
            case RunEvent.OpSettled(_, var op, Outcome.Unknown _) when isDisruptive(run, op) ->
                mark(recorded, Mark.Kind.BAD, "OUTCOME UNKNOWN: " + op.substring(op.indexOf('/') + 1));
            case RunEvent.DriftNoticed drift ->
                mark(recorded, Mark.Kind.BAD, "the ground shifted: " + drift.node() + " at " + drift.balancer());
            case RunEvent.RunStarted started ->
                mark(recorded, Mark.Kind.ACT, started.actor() + " started " + started.plan().title());
            case RunEvent.StepReleased(_, var path, var actor) ->
                mark(recorded, Mark.Kind.ACT, actor + ": go, " + title(run, path));
            case RunEvent.StepSkipped(_, var path, var actor, _) ->
                mark(recorded, Mark.Kind.ACT, actor + " skipped " + title(run, path));
            case RunEvent.NodeSkipped skipped -> mark(recorded, Mark.Kind.ACT, skipped.actor() + " skipped " + skipped.node());
            case RunEvent.Retried(_, var path, var actor, _) ->
                mark(recorded, Mark.Kind.ACT, actor + " tries again: " + title(run, path));
            case RunEvent.StragglersDecided(_, var path, var actor, _, _) ->
                mark(recorded, Mark.Kind.ACT, actor + " decided on stragglers");
            case RunEvent.VoteCast(_, _, var actor, var choice) -> mark(recorded, Mark.Kind.ACT, actor + " chose " + choice);
            case RunEvent.ApprovalGiven given -> mark(recorded, Mark.Kind.ACT, "approved by " + given.person());
            case RunEvent.Held(_, var actor, _) -> mark(recorded, Mark.Kind.ACT, "held by " + actor);
            case RunEvent.Continued(_, var actor) -> mark(recorded, Mark.Kind.ACT, actor + " lets it continue");
            case RunEvent.RunEnded(_, var ending, _, _, _) -> mark(recorded, Mark.Kind.ACT,
                    "the run " + (ending.words().startsWith("ended")
                            ? ending.words()
                            : "ended: " + ending.words()));
            case RunEvent.RollbackOrdered(_, var actor, _, _, _) -> mark(recorded, Mark.Kind.ALARM, "ROLL BACK by " + actor);
            case RunEvent.AbortOrdered(_, var actor, _) -> mark(recorded, Mark.Kind.ALARM, "ABORT by " + actor);
            default -> Optional.empty();
        };
    }

    private static Optional<Mark> mark(Recorded recorded, Mark.Kind kind, String words) {
        return Optional.of(new Mark(recorded.at(), kind, words));
    }

    private static boolean isDisruptive(RunState run, String op) {
        var known = run.ops().get(op);
        return known != null && known.op().order().disruptive();
    }

    private static String title(RunState run, String path) {
        return run.text(path).map(Step::title).orElse(path);
    }
}
