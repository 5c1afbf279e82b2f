package io.lockkeeper.cli;

import io.lockkeeper.domain.trigger.Report;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "report", mixinStandardHelpOptions = true, description = {
        "Tells the triggers of an environment what no client of ours can see, in your name.",
        "It is in the journal before it counts, whoever holds the environment; a trigger that goes by it fires at once."})
final class ReportCommand implements Callable<Integer> {
    private final Teller teller;
    private final Terminal terminal;

    ReportCommand(Desk desk, Terminal terminal) {
        this.teller = new Teller(desk, terminal);
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        terminal.complain("say what: triggers report tickets, triggers report customer, or triggers report data-loss");
        return Exit.USAGE;
    }

    @Command(name = "tickets", mixinStandardHelpOptions = true, description = {
            "WebSocket-related tickets are so many percent over their baseline.",
            "Everybody's last figure counts: a lower one takes yours back, as long as the trigger has not fired."})
    int tickets(@Mixin Said said,
            @Option(names = "--percent", required = true, paramLabel = "N", description = "over the baseline, such as 25") int percent)
            throws Desk.Unusable, InterruptedException {
        return teller.tell(said, (actor, at) -> new Report.TicketsRose(at, actor, said.reason, percent));
    }

    @Command(name = "customer", mixinStandardHelpOptions = true, description = "The SLA of an enterprise customer is breached.")
    int customer(@Mixin Said said,
            @Option(names = "--customer", required = true, paramLabel = "NAME", description = "which") String customer)
            throws Desk.Unusable, InterruptedException {
        return teller.tell(said, (actor, at) -> new Report.CustomerBreached(at, actor, said.reason, customer));
    }

    @Command(name = "data-loss", mixinStandardHelpOptions = true, description = "Data was lost, or came twice: seen by somebody, or by a counter of the application.")
    int dataLoss(@Mixin Said said) throws Desk.Unusable, InterruptedException {
        return teller.tell(said, (actor, at) -> new Report.DataLost(at, actor, said.reason));
    }

    /// Where, why and by whom.
    static final class Said {
        @Mixin
        EnvironmentOption environment = new EnvironmentOption();

        @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "why; stands in the journal")
        String reason = "";

        @Option(names = "--actor", paramLabel = "NAME", defaultValue = "", description = "who says so; else the user of this computer")
        String actor = "";
    }

    @Command(name = "vote", mixinStandardHelpOptions = true, description = {
            "Says in your name whether this should be rolled back. Everybody's last vote counts.",
            "Enough votes for it and none against let the trigger `consensus` fire; nothing is rolled back by itself."})
    static final class VoteCommand implements Callable<Integer> {
        private final Teller teller;

        @Mixin
        Said said = new Said();

        @ArgGroup(exclusive = true, multiplicity = "1")
        Vote vote = new Vote();

        VoteCommand(Desk desk, Terminal terminal) {
            this.teller = new Teller(desk, terminal);
        }

        static final class Vote {
            @Option(names = "--for", required = true, description = "going back")
            boolean inFavour;

            @Option(names = "--against", required = true, description = "going back")
            boolean against;
        }

        @Override
        public Integer call() throws Desk.Unusable, InterruptedException {
            return teller.tell(said, (actor, at) -> new Report.Voted(at, actor, said.reason, vote.inFavour));
        }
    }

    /// Hands a report to whoever holds the environment.
    private record Teller(Desk desk, Terminal terminal) {
        int tell(Said said, BiFunction<String, Instant, Report> report) throws Desk.Unusable, InterruptedException {
            var order = new EnvironmentOrder(desk, terminal);
            var told = report.apply(order.who(said.actor), desk.now());
            return order.give(said.environment, new io.lockkeeper.domain.run.Command.Tell(told), "recorded: " + told.words());
        }
    }
}
