package io.lockkeeper.cli;

import io.lockkeeper.domain.run.Ending;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The commands that give one order to a run, whoever holds it.
abstract class OrderCommands implements Callable<Integer> {
    @Mixin
    RunOption run = new RunOption();

    @Option(names = "--reason", paramLabel = "TEXT", description = "why; stands in journal and report")
    String reason = "";

    @Mixin
    AnswerOptions answers = new AnswerOptions();

    private final Desk desk;
    private final Terminal terminal;

    OrderCommands(Desk desk, Terminal terminal) {
        this.desk = desk;
        this.terminal = terminal;
    }

    abstract io.lockkeeper.domain.run.Command order(String actor);

    /// What follows once the order was taken.
    int then(Desk.Opened opened, String id, long seq) throws InterruptedException {
        return Exit.GOOD;
    }

    /// What has to be done before; empty where the order can be given.
    Optional<String> missing(Desk.Opened opened, String actor) {
        return Optional.empty();
    }

    void hintWhereNobodyHolds(Desk.Opened opened, String id) {
        if (!answers.json && opened.access().snapshot().holder().contains("(pid " + ProcessHandle.current().pid() + ")")) {
            terminal.complain("Nobody holds the run, so nothing moves yet. Go on with: lockkeeper attach " + id + " --env "
                    + run.environment.environment);
        }
    }

    Following following(Desk.Opened opened, String id) {
        answers.yes = true;
        answers.stragglers = AnswerOptions.Stragglers.CLOSE;
        return new Following(desk, terminal, opened.access(), id, answers);
    }

    @Override
    public Integer call() throws Desk.Unusable, InterruptedException {
        try (var opened = desk.look(run.environment.environment)) {
            FirstReading.of(opened.access());
            var id = run.in(opened.access().snapshot());
            var missing = missing(opened, answers.actor(desk));
            if (missing.isPresent()) {
                terminal.complain(missing.get());
                return Exit.USAGE;
            }
            return Exit.of(opened.access().submit(id, order(answers.actor(desk))), terminal, seq -> {
                var name = getClass().getAnnotation(picocli.CommandLine.Command.class).name();
                terminal.say(answers.json
                        ? "{\"taken\":\"" + name + "\",\"run\":\"" + id + "\"}"
                        : "taken: " + name + " " + id);
                return then(opened, id, seq);
            });
        }
    }

    @picocli.CommandLine.Command(name = "hold", mixinStandardHelpOptions = true, description = "Holds a run: the call in flight ends, nothing more is sent.")
    static final class HoldCommand extends OrderCommands {
        HoldCommand(Desk desk, Terminal terminal) {
            super(desk, terminal);
        }

        @Override
        io.lockkeeper.domain.run.Command order(String actor) {
            return new io.lockkeeper.domain.run.Command.Hold(actor, reason);
        }
    }

    @picocli.CommandLine.Command(name = "continue", mixinStandardHelpOptions = true, description = "Lets a held run go on.")
    static final class ContinueCommand extends OrderCommands {
        ContinueCommand(Desk desk, Terminal terminal) {
            super(desk, terminal);
        }

        @Override
        io.lockkeeper.domain.run.Command order(String actor) {
            return new io.lockkeeper.domain.run.Command.Continue(actor);
        }

        @Override
        Optional<String> missing(Desk.Opened opened, String actor) {
            return MissingControl.words(opened.access().snapshot(), opened.access().environment(), run.environment.environment,
                    actor);
        }

        @Override
        int then(Desk.Opened opened, String id, long seq) {
            hintWhereNobodyHolds(opened, id);
            return Exit.GOOD;
        }
    }

    @picocli.CommandLine.Command(name = "rollback", mixinStandardHelpOptions = true, description = {
            "Walks the way back of a run to its end.",
            "Every node it touched is put back to what it was before."})
    static final class RollbackCommand extends OrderCommands {
        RollbackCommand(Desk desk, Terminal terminal) {
            super(desk, terminal);
        }

        @Override
        io.lockkeeper.domain.run.Command order(String actor) {
            return new io.lockkeeper.domain.run.Command.RollBack(actor, reason);
        }

        @Override
        int then(Desk.Opened opened, String id, long seq) throws InterruptedException {
            return following(opened, id).toTheEnd(Ending.ROLLED_BACK, run.environment.environment, seq);
        }
    }

    @picocli.CommandLine.Command(name = "abort", mixinStandardHelpOptions = true, description = "Ends a run here and leaves everything as it is.")
    static final class AbortCommand extends OrderCommands {
        AbortCommand(Desk desk, Terminal terminal) {
            super(desk, terminal);
        }

        @Override
        io.lockkeeper.domain.run.Command order(String actor) {
            return new io.lockkeeper.domain.run.Command.Abort(actor, reason);
        }
    }
}
