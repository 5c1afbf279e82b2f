package io.lockkeeper.cli;

import io.lockkeeper.domain.journal.Entry;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "wayback", mixinStandardHelpOptions = true, description = "The way back of a run as literal commands, for the moment when Lockkeeper is dead.")
final class WayBackCommand implements Callable<Integer> {
    @Mixin
    EnvironmentOption environment = new EnvironmentOption();

    @Parameters(arity = "0..1", paramLabel = "RUN", description = "id of the run; else the newest")
    String run = "";

    @Option(names = "--print", description = "print it (the only thing this command does)")
    boolean print;

    private final Desk desk;
    private final Terminal terminal;

    WayBackCommand(Desk desk, Terminal terminal) {
        this.desk = desk;
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Desk.Unusable {
        var id = run.isEmpty()
                ? desk.records().entries(environment.environment).stream().map(Entry::run).filter(Objects::nonNull)
                        .reduce((_, last) -> last)
                        .orElseThrow(() -> new Desk.Unusable("environment " + environment.environment + " never had a run"))
                : run;
        terminal.say(desk.records().wayBack(environment.environment, id));
        return Exit.GOOD;
    }
}
