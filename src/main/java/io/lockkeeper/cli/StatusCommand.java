package io.lockkeeper.cli;

import io.lockkeeper.domain.link.LinkState;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "status", mixinStandardHelpOptions = true, description = "Shows an environment's links, nodes and open run, each with its age.")
final class StatusCommand implements Callable<Integer> {
    @Parameters(paramLabel = "ENV", description = "`demo`, the name of an environment file at hand, or its path")
    String environment = "";

    @Option(names = "--json", description = "as one JSON object")
    boolean json;

    private final Desk desk;
    private final Terminal terminal;

    StatusCommand(Desk desk, Terminal terminal) {
        this.desk = desk;
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Desk.Unusable, InterruptedException {
        try (var opened = desk.look(environment)) {
            var snapshot = FirstReading.of(opened.access());
            var lines = json
                    ? List.of(desk.json(opened.access().environment(), snapshot))
                    : new StatusLines(snapshot, opened.access().environment()).words();
            lines.forEach(terminal::say);
            return snapshot.links().stream().allMatch(link -> link.state() instanceof LinkState.Live) ? Exit.GOOD : Exit.BAD;
        }
    }
}
