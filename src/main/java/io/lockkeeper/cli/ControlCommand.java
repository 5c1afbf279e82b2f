package io.lockkeeper.cli;

import io.lockkeeper.app.ActionCatalog;
import io.lockkeeper.domain.doc.Durations;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "control", mixinStandardHelpOptions = true, description = {
        "Takes control of an environment, or gives it back.",
        "Where an environment asks for that, nothing goes forward in it before; holding, aborting and the way back always do."})
final class ControlCommand implements Callable<Integer> {
    private final Desk desk;
    private final Terminal terminal;
    private final EnvironmentOrder order;

    ControlCommand(Desk desk, Terminal terminal) {
        this.desk = desk;
        this.terminal = terminal;
        this.order = new EnvironmentOrder(desk, terminal);
    }

    @Override
    public Integer call() {
        terminal.complain("say what: control take, or control give-back");
        return Exit.USAGE;
    }

    @Command(name = "take", mixinStandardHelpOptions = true, description = "Takes control for a time, in your name; taking it over from somebody needs a reason.")
    int take(@Mixin EnvironmentOption environment,
            @Option(names = "--for", paramLabel = "TIME", description = "for how long, from 10s to 12h; 1h unless you say so") String time,
            @Option(names = "--reason", paramLabel = "TEXT", defaultValue = "", description = "why; stands in the journal") String reason,
            @Option(names = "--actor", paramLabel = "NAME", defaultValue = "", description = "who is responsible; else the user of this computer") String actor)
            throws Desk.Unusable, InterruptedException {
        var duration = time == null
                ? ActionCatalog.CONTROL
                : Durations.parse(time)
                        .orElseThrow(() -> new Desk.Unusable("--for " + time + " is no duration; write it like 30m or 2h"));
        return submit(environment, new io.lockkeeper.domain.run.Command.TakeControl(order.who(actor), reason, duration),
                "control of " + environment.environment + " is with " + order.who(actor) + " for " + Durations.words(duration));
    }

    @Command(name = "give-back", mixinStandardHelpOptions = true, description = "Gives your control back; the environment is read-only again.")
    int giveBack(@Mixin EnvironmentOption environment,
            @Option(names = "--actor", paramLabel = "NAME", defaultValue = "", description = "who is responsible; else the user of this computer") String actor)
            throws Desk.Unusable, InterruptedException {
        return submit(environment, new io.lockkeeper.domain.run.Command.GiveBackControl(order.who(actor)),
                "nobody has control of " + environment.environment + " any more");
    }

    private int submit(EnvironmentOption environment, io.lockkeeper.domain.run.Command command, String done)
            throws Desk.Unusable, InterruptedException {
        if (!desk.environment(environment.environment).guards().control()) {
            terminal.complain(
                    "Note: " + environment.environment + " asks for no control; its file can, with `control: required`.");
        }
        return order.give(environment, command, done);
    }
}
