package io.lockkeeper.cli;

import io.lockkeeper.app.ActionCatalog;
import io.lockkeeper.app.EnvironmentAccess;
import io.lockkeeper.app.SignedLine;
import io.lockkeeper.app.Snapshot;
import io.lockkeeper.app.Submitted;
import io.lockkeeper.domain.doc.Durations;
import io.lockkeeper.domain.run.Command;
import io.lockkeeper.domain.run.OpRun;
import io.lockkeeper.domain.run.RunState;
import io.lockkeeper.domain.run.StepRun;
import io.lockkeeper.domain.run.StepState;
import io.lockkeeper.domain.run.StragglerChoice;
import io.lockkeeper.domain.runbook.Readback;
import io.lockkeeper.domain.runbook.Step;
import java.time.Duration;
import java.util.Optional;

/// Asks the person at the terminal whatever the run asks. An empty answer leaves the question open.
final class AskedAnswers implements RunWatch.Answers {
    private final EnvironmentAccess access;
    private final String actor;
    private final Terminal terminal;
    private String asked = "";

    AskedAnswers(EnvironmentAccess access, String actor, Terminal terminal) {
        this.access = access;
        this.actor = actor;
        this.terminal = terminal;
    }

    @Override
    public Answer answer(RunState run, Snapshot snapshot) throws InterruptedException {
        for (var step : run.current()) {
            var command = step.state() == StepState.AWAITING_PERSON ? waiting(run, step) : Optional.<Command>empty();
            if (command.isPresent()) {
                return give(run, command.get());
            }
        }
        for (var step : run.stopped()) {
            var command = stopped(run, step);
            if (command.isPresent()) {
                return give(run, command.get());
            }
        }
        return asked.equals("detach") ? new Answer.Stop() : new Answer.Nothing();
    }

    private Answer give(RunState run, Command command) throws InterruptedException {
        switch (access.submit(run.run(), command)) {
            case Submitted.Taken(long seq) -> {
                asked = "";
                return new Answer.Given(seq);
            }
            case Submitted.Refused(var why) -> terminal.complain("not taken: " + why);
            case Submitted.Unknown(var why) ->
                terminal.complain("no answer: " + why + "; look at the journal before giving it again");
        }
        return new Answer.Nothing();
    }

    /// Asks each question once; after an answer that decides nothing the person is not asked the same again and again.
    private Optional<String> once(String key, String question) {
        if (asked.equals(key) || asked.equals("detach")) {
            return Optional.empty();
        }
        asked = key;
        var answer = terminal.ask(question);
        if (answer.isEmpty() || answer.get().equals("d")) {
            asked = "detach";
        }
        return answer.filter(text -> !text.isEmpty() && !text.equals("d"));
    }

    private Optional<Command> waiting(RunState run, StepRun step) {
        var key = step.path() + "/" + step.attempt() + "/" + step.since();
        if (step.drain() != null) {
            return stragglers(step, key);
        }
        return switch (run.text(step.path()).orElse(null)) {
            case Step.Checklist list -> list.items().stream().filter(item -> !step.ticks().containsKey(item.id())).findFirst()
                    .flatMap(item -> tick(step, item, key));
            case Step.PointOfNoReturn point -> once(key, "  " + point.text() + " From here on the way back is " + point.onward()
                    + ". Pass this point of no return? [y]es, [d]etach:").filter(answer -> answer.startsWith("y"))
                    .map(_ -> new Command.Go(actor, step.path()));
            case Step.Decision decision -> once(key + step.progress(), "  " + decision.title() + " "
                    + String.join(", ",
                            decision.choices().stream().map(choice -> choice.id() + " (" + choice.text() + ")").toList())
                    + ", [d]etach:").map(answer -> new Command.Choose(actor, step.path(), answer));
            case Step.Approval _ -> once(key, "  NAME and SIGNATURE of who approves (lockkeeper approve prints both), [d]etach:")
                    .flatMap(answer -> approval(step, answer));
            case Step.Action action -> once(key, "  " + action.verb().button() + " " + action.node()
                    + (action.version() == null ? "" : " " + action.version()) + "? [y]es, [d]etach:")
                    .filter(answer -> answer.startsWith("y"))
                    .map(_ -> new Command.Go(actor, step.path()));
            case Step.Errand errand when step.released() -> run.opsOf(step.path(), step.attempt()).stream()
                    .filter(op -> op.is(OpRun.Status.UNKNOWN)).findFirst().flatMap(op -> seen(errand, op, key));
            case Step.Errand errand -> once(key, "  " + ActionCatalog.button(errand) + ": "
                    + access.environment().errands().literal(errand.kind(), errand.name(), errand.node(),
                            errand.version() == null ? null : run.answer(errand.version()).orElse(null))
                    + "? [y]es, [d]etach:").filter(answer -> answer.startsWith("y"))
                    .map(_ -> new Command.Go(actor, step.path()));
            case null, default -> Optional.empty();
        };
    }

    /// What somebody sees is kept as they say it.
    private Optional<Command> seen(Step.Errand errand, OpRun op, String key) {
        var question = errand.confirm() instanceof Readback.Person(var words) ? words : "did it have its effect?";
        return once(key, "  " + errand.title() + ": " + question + " Look, then [y]es or [n]o and what you see, [d]etach:")
                .filter(answer -> answer.startsWith("y") || answer.startsWith("n"))
                .map(answer -> new Command.Settle(actor, op.op().id(), answer.startsWith("y"), answer));
    }

    private Optional<Command> approval(StepRun step, String answer) {
        return SignedLine.of(answer).map(signed -> new Command.Approve(actor, step.path(), signed.person(), signed.signature()));
    }

    private Optional<Command> tick(StepRun step, Step.Item item, String key) {
        var ask = item.ask() == null ? "[y]es" : item.ask();
        return once(key + item.id(), "  [ ] " + item.text() + " - " + ask + ", [d]etach:")
                .filter(answer -> item.ask() != null || answer.startsWith("y"))
                .map(answer -> new Command.Tick(actor, step.path(), item.id(), item.ask() == null ? "" : answer));
    }

    private Optional<Command> stragglers(StepRun step, String key) {
        int code = access.environment().closeCode();
        return once(key, "  [w]ait 1m, [c]lose 10 per second (clients see " + code + "), [g]ive up, [d]etach:")
                .flatMap(answer -> {
                    var choice = switch (answer.charAt(0)) {
                        case 'w' ->
                            new StragglerChoice.Wait(Durations.parse(answer.substring(1).strip()).orElse(Duration.ofMinutes(1)));
                        case 'c' -> new StragglerChoice.Close(10, code);
                        case 'g' -> new StragglerChoice.GiveUp();
                        default -> null;
                    };
                    return choice == null
                            ? Optional.empty()
                            : Optional.of(new Command.DecideStragglers(actor, step.path(), choice));
                });
    }

    private Optional<Command> stopped(RunState run, StepRun step) {
        boolean undecided = run.opsOf(step.path(), step.attempt()).stream().anyMatch(OpRun::undecided);
        if (undecided) {
            return Optional.empty();
        }
        return once(step.path() + "/" + step.attempt(), "  " + step.path() + " " + step.state().words()
                + ". [r]etry, [b]ack (roll back), [a]bort, [d]etach:").flatMap(answer -> switch (answer.charAt(0)) {
                    case 'r' -> Optional.of(new Command.Retry(actor, step.path()));
                    case 'b' -> Optional.of(new Command.RollBack(actor, "decided at the terminal"));
                    case 'a' -> Optional.of(new Command.Abort(actor, "decided at the terminal"));
                    default -> Optional.empty();
                });
    }
}
