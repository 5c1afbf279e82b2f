package io.lockkeeper.cli;

import io.lockkeeper.app.EventWords;
import io.lockkeeper.domain.run.Command;
import io.lockkeeper.domain.run.OpRun;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

@picocli.CommandLine.Command(name = "settle", mixinStandardHelpOptions = true, description = {
        "Says what became of an order whose outcome is unknown, after somebody has looked at the target.",
        "It stands in the journal as a person's word. Where the target answers, Lockkeeper settles it by itself."})
final class SettleCommand extends OrderCommands {
    @ArgGroup(exclusive = true, multiplicity = "1")
    Outcome outcome = new Outcome();

    static final class Outcome {
        @Option(names = "--applied", required = true, description = "it was carried out")
        boolean applied;

        @Option(names = "--not-applied", required = true, description = "it was not, and will not be any more")
        boolean notApplied;
    }

    @Option(names = "--saw", required = true, paramLabel = "TEXT", description = "what you saw, and where")
    String saw = "";

    @Option(names = "--op", paramLabel = "ID", description = "which order, where several are unknown")
    String op = "";

    SettleCommand(Desk desk, Terminal terminal) {
        super(desk, terminal);
    }

    @Override
    Optional<String> missing(Desk.Opened opened, String actor) {
        var run = opened.access().snapshot().run();
        var unknown = run == null
                ? List.<OpRun>of()
                : run.undecided().stream().filter(one -> one.is(OpRun.Status.UNKNOWN)).toList();
        if (!op.isEmpty()) {
            return Optional.empty();
        }
        if (unknown.size() == 1) {
            op = unknown.getFirst().op().id();
            return Optional.empty();
        }
        return Optional.of(unknown.isEmpty()
                ? "no outcome is unknown in this run"
                : "several outcomes are unknown; say which with --op:\n" + unknown.stream()
                        .map(one -> "  " + one.op().id() + "  (" + EventWords.order(one.op()) + ": " + one.words() + ")")
                        .collect(Collectors.joining("\n")));
    }

    @Override
    Command order(String actor) {
        return new Command.Settle(actor, op, outcome.applied, saw);
    }

    @Override
    int then(Desk.Opened opened, String id, long seq) {
        hintWhereNobodyHolds(opened, id);
        return Exit.GOOD;
    }
}
