package io.lockkeeper.cli;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "window", mixinStandardHelpOptions = true, description = "Opens the console's window.")
final class WindowCommand implements Callable<Integer> {
    @Option(names = "--demo", description = "open it on the demo")
    boolean demo;

    @Option(names = "--smoke", description = "end with 0 after the first frame: shows that the window can be opened here")
    boolean smoke;

    private final Desk desk;
    private final Terminal terminal;

    WindowCommand(Desk desk, Terminal terminal) {
        this.desk = desk;
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Desk.Unusable, InterruptedException {
        var reason = desk.noDisplay();
        if (reason.isEmpty()) {
            return desk.window(demo, smoke);
        }
        terminal.say("No window can be opened here: " + reason.get() + ".");
        if (!demo || smoke) {
            terminal.say("Use the other commands instead; `lockkeeper --help` lists them.");
            return Exit.USAGE;
        }
        terminal.say(
                "Walking a rolling deploy of the demo in the terminal instead, from v1 to v2, with every question answered yes.");
        var run = new RunCommand(desk, terminal);
        run.environment.environment = "demo";
        run.runbook = "rolling-deploy";
        run.inputs = Map.of("version", "v2", "deadline", "3s");
        run.reason = "shown by mvn without a display";
        run.answers.yes = true;
        run.answers.stragglers = AnswerOptions.Stragglers.CLOSE;
        run.fresh = List.of("v1", "v2");
        return run.call();
    }
}
