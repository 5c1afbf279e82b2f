package io.lockkeeper.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(name = "demo", mixinStandardHelpOptions = true, description = "Starts the demo service, or finds the one that runs, and says where it is.")
final class DemoCommand implements Callable<Integer> {
    private final Desk desk;
    private final Terminal terminal;

    DemoCommand(Desk desk, Terminal terminal) {
        this.desk = desk;
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Desk.Unusable, InterruptedException {
        terminal.say(desk.demo());
        return Exit.GOOD;
    }
}
