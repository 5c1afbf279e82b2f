package io.lockkeeper.cli;

import io.lockkeeper.app.EnvironmentAccess;
import io.lockkeeper.app.Snapshot;
import io.lockkeeper.app.Submitted;
import io.lockkeeper.domain.run.Command;
import io.lockkeeper.domain.run.OpRun;
import io.lockkeeper.domain.run.Order;
import io.lockkeeper.domain.run.RunState;
import io.lockkeeper.domain.run.StepRun;
import io.lockkeeper.domain.run.StepState;
import io.lockkeeper.domain.run.StragglerChoice;
import io.lockkeeper.domain.runbook.Step;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/// `--yes`: ticks, says go, and tries once more what was seen not to have been applied. It never settles an unknown outcome, never skips,
/// never passes a gate; a step that failed for any other reason is left to a person.
final class AutomaticAnswers implements RunWatch.Answers {
    private final EnvironmentAccess access;
    private final String actor;
    private final boolean closeStragglers;
    private final Terminal terminal;
    private final Set<String> retried = new HashSet<>();
    private final Set<String> refusals = new HashSet<>();

    AutomaticAnswers(EnvironmentAccess access, String actor, boolean closeStragglers, Terminal terminal) {
        this.access = access;
        this.actor = actor;
        this.closeStragglers = closeStragglers;
        this.terminal = terminal;
    }

    @Override
    public Answer answer(RunState run, Snapshot snapshot) throws InterruptedException {
        for (var step : run.current()) {
            if (step.state() == StepState.AWAITING_PERSON) {
                var given = waiting(run, step);
                if (given.isPresent()) {
                    return new Answer.Given(given.getAsLong());
                }
            }
        }
        var last = OptionalLong.empty();
        for (var step : run.stopped()) {
            last = retry(run, step);
            if (last.isEmpty()) {
                return new Answer.Stop();
            }
        }
        return last.isPresent() ? new Answer.Given(last.getAsLong()) : new Answer.Nothing();
    }

    private OptionalLong waiting(RunState run, StepRun step) throws InterruptedException {
        if (step.drain() != null) {
            return closeStragglers
                    ? give(run, new Command.DecideStragglers(actor, step.path(),
                            new StragglerChoice.Close(10, access.environment().closeCode())))
                    : OptionalLong.empty();
        }
        return switch (run.text(step.path()).orElse(null)) {
            case Step.Checklist list -> tick(run, step, list.items());
            case Step.Errand _ when step.released() -> OptionalLong.empty(); // what became of it is for somebody who looks
            case Step.Action _,Step.Errand _,Step.PointOfNoReturn _ -> give(run, new Command.Go(actor, step.path()));
            case Step.Decision _,Step.Approval _ -> OptionalLong.empty(); // --yes is one person's word; these want a choice, or somebody else
            case null, default -> OptionalLong.empty();
        };
    }

    /// A typed value has to be one; it cannot be made up.
    private static String value(Step.Item item) {
        return item.ask() == null ? "" : "given with --yes";
    }

    private OptionalLong tick(RunState run, StepRun step, List<Step.Item> items) throws InterruptedException {
        var last = OptionalLong.empty();
        for (var item : items) {
            if (!step.ticks().containsKey(item.id())) {
                var given = give(run, new Command.Tick(actor, step.path(), item.id(), value(item)));
                last = given.isPresent() ? given : last;
            }
        }
        return last;
    }

    private OptionalLong retry(RunState run, StepRun step) throws InterruptedException {
        boolean notApplied = run.opsOf(step.path(), step.attempt()).stream()
                .anyMatch(op -> op.is(OpRun.Status.NOT_APPLIED) && !(op.op().order() instanceof Order.Errand)); // may be half done
        return notApplied && retried.add(step.path()) ? give(run, new Command.Retry(actor, step.path())) : OptionalLong.empty();
    }

    /// @return up to where the journal has it; empty where it was not taken
    private OptionalLong give(RunState run, Command command) throws InterruptedException {
        var answer = access.submit(run.run(), command);
        if (answer instanceof Submitted.Refused(var why) && refusals.add(why)) {
            terminal.complain("not taken: " + why);
        }
        return answer instanceof Submitted.Taken(long seq) ? OptionalLong.of(seq) : OptionalLong.empty();
    }
}
