package io.lockkeeper.cli;

import io.lockkeeper.app.RunRequest;
import io.lockkeeper.app.RunbookLibrary;
import io.lockkeeper.app.simulation.ModelEnvironment;
import io.lockkeeper.app.simulation.SimulatedRun;
import io.lockkeeper.domain.doc.Problem;
import io.lockkeeper.domain.runbook.Runbook;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "simulate", mixinStandardHelpOptions = true, description = {
        "Plays a runbook through on a model, in virtual time, and prints its timeline.",
        "Nothing is reached, ordered or written. The engine, its gates and its guards are the real ones."})
final class SimulateCommand implements Callable<Integer> {
    private static final Duration LONGEST = Duration.ofDays(60);

    @Parameters(paramLabel = "RUNBOOK", description = "a runbook file, or the id of a runbook")
    String runbook = "";

    @Option(names = "--env", paramLabel = "ENV", description = "with the nodes, balancers, versions, floor and people of this environment; else with a model of three nodes")
    String environment = "";

    @Option(names = "--nodes", paramLabel = "N", description = "without --env: how many nodes the model has")
    int nodes = 3;

    @Option(names = "--input", paramLabel = "NAME=VALUE", description = "an input of the runbook; may be given several times")
    Map<String, String> inputs = new LinkedHashMap<>();

    @Option(names = "--choose", paramLabel = "DECISION=CHOICE", description = "what is chosen at a decision; else the first choice that goes on")
    Map<String, String> choices = new LinkedHashMap<>();

    @Option(names = "--back-at", paramLabel = "STEP", description = "order the way back when this step begins, e.g. roll[ws-2]/ready")
    String backAt = "";

    @Option(names = "--faults", paramLabel = "PERCENT", description = "so many control calls of a hundred go wrong, and the service fails now and then")
    int faults;

    @Option(names = "--seed", paramLabel = "N", description = "what exactly goes wrong; the same seed gives the same timeline")
    long seed = 1;

    @Option(names = "--guided", description = "every action waits for go")
    boolean guided;

    @Option(names = "--to-known-good", description = "with the runbook `rollback`")
    boolean knownGood;

    @Option(names = "--json", description = "one JSON line per event")
    boolean json;

    private final Desk desk;
    private final Terminal terminal;

    SimulateCommand(Desk desk, Terminal terminal) {
        this.desk = desk;
        this.terminal = terminal;
    }

    /// The library with the given file in it.
    private record With(List<Runbook> runbooks, List<Problem> problems) implements RunbookLibrary {}

    @Override
    public Integer call() throws Desk.Unusable, InterruptedException {
        if (nodes < 1 || nodes > 1_000 || faults < 0 || faults > 100) {
            throw new Desk.Unusable("--nodes goes from 1 to 1000, --faults from 0 to 100");
        }
        var target = environment.isEmpty() ? ModelEnvironment.of(nodes) : desk.environment(environment);
        var library = new ArrayList<>(desk.library().runbooks());
        var id = runbook;
        if (Files.exists(Path.of(runbook))) {
            var read = desk.runbook(Path.of(runbook));
            if (read.runbook().isEmpty()) {
                read.problems().forEach(problem -> terminal.complain(problem.toString()));
                return Exit.USAGE;
            }
            var own = read.runbook().get();
            id = own.id();
            library.removeIf(known -> known.id().equals(own.id()));
            library.add(own);
        }
        var request = new RunRequest(desk.user(), "", id, inputs, guided, knownGood);
        var wish = new SimulatedRun.Wish(request, faults, seed, choices, backAt.isEmpty() ? null : backAt, LONGEST);
        return switch (SimulatedRun.of(target, new With(library, List.of()), wish)) {
            case SimulatedRun.Result.Refused(var problems) -> {
                problems.forEach(terminal::complain);
                yield Exit.USAGE;
            }
            case SimulatedRun.Result.Walked walked -> new Timeline(desk, terminal, json, faults, seed).tell(target, walked);
        };
    }
}
