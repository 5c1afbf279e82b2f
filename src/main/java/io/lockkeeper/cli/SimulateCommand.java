package io.lockkeeper.cli;

import io.lockkeeper.app.EventWords;
import io.lockkeeper.app.RunRequest;
import io.lockkeeper.app.RunbookLibrary;
import io.lockkeeper.app.simulation.ModelEnvironment;
import io.lockkeeper.app.simulation.SimulatedRun;
import io.lockkeeper.domain.doc.Durations;
import io.lockkeeper.domain.doc.Problem;
import io.lockkeeper.domain.environment.Environment;
import io.lockkeeper.domain.run.Ending;
import io.lockkeeper.domain.run.RunEvent;
import io.lockkeeper.domain.run.StepState;
import io.lockkeeper.domain.runbook.Runbook;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
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
            case SimulatedRun.Result.Walked walked -> tell(target, walked);
        };
    }

    private int tell(Environment target, SimulatedRun.Result.Walked walked) {
        var state = walked.state();
        if (json) {
            walked.events().forEach(one -> terminal.say(desk.json(one.seq(), one.run(), one.event())));
        } else {
            terminal.say("SIMULATION of " + state.start().plan().title() + " on " + target.name()
                    + ": nothing is reached or ordered.");
            terminal.say(terminal.dim("Assumed: " + SimulatedRun.CLIENTS_PER_NODE
                    + " clients on each node, who leave within 12 s but for "
                    + SimulatedRun.STUBBORN_PERCENT + " %; a process starts in 2 s; people answer in 2 s"
                    + (faults == 0 ? "; nothing goes wrong" : "; " + faults + " % of the calls go wrong, seed " + seed) + "."));
            walked.warnings().forEach(warning -> terminal.complain("note: " + warning));
            var from = state.start().at();
            walked.events().stream().filter(one -> isTold(one.event()))
                    .forEach(one -> terminal.say(terminal.dim(since(from, one.at())) + " " + paint(one.event())));
            summary(walked).forEach(terminal::say);
        }
        var ended = state.ended();
        return ended != null && ended.ending() == Ending.SUCCEEDED ? Exit.GOOD : Exit.BAD;
    }

    private static boolean isTold(RunEvent event) {
        return switch (event) {
            case RunEvent.SoakEvidence _,RunEvent.GateHolding _,RunEvent.Resumed _ -> false;
            case RunEvent.OpIntended(_, var op) -> op.order().disruptive();
            case RunEvent.OpSettled(_, var op, _) -> !op.contains("/probe/");
            default -> true;
        };
    }

    private String paint(RunEvent event) {
        var words = EventWords.of(event);
        return switch (event) {
            case RunEvent.StepFailed _,RunEvent.Held _,RunEvent.RollbackOrdered _,RunEvent.DriftNoticed _,RunEvent.StragglersFound _,RunEvent.StepBlocked _ ->
                terminal.loud(words);
            case RunEvent.StepSucceeded _ -> terminal.good(words);
            default -> words;
        };
    }

    private static String since(Instant from, Instant at) {
        var time = Duration.between(from, at);
        return "%3d:%02d:%02d".formatted(time.toHours(), time.toMinutesPart(), time.toSecondsPart());
    }

    private static List<String> summary(SimulatedRun.Result.Walked walked) {
        var lines = new ArrayList<String>();
        var state = walked.state();
        var ended = state.ended();
        var took = Durations.words(Duration.ofSeconds(walked.passed().toSeconds()));
        lines.add("");
        lines.add(ended == null
                ? "It would still be open after " + took + ": " + state.current().stream()
                        .filter(step -> step.state() != StepState.NOT_STARTED)
                        .map(step -> step.path() + " " + step.state().words()
                                + (step.words().isEmpty() ? "" : " (" + step.words() + ")"))
                        .collect(Collectors.joining("; "))
                : "It would end " + ended.ending().words() + " after " + took + ".");
        var orders = new TreeMap<String, Long>();
        state.ops().values().stream().filter(op -> op.op().order().disruptive())
                .forEach(op -> orders.merge(op.op().order().verb(), 1L, Long::sum));
        lines.add("Orders: " + (orders.isEmpty()
                ? "none"
                : orders.entrySet().stream().map(order -> order.getValue() + " × " + order.getKey())
                        .collect(Collectors.joining(", ")))
                + ". " + "People answer " + answers(walked) + " times.");
        return lines;
    }

    private static long answers(SimulatedRun.Result.Walked walked) {
        return walked.events().stream().map(one -> one.event()).filter(event -> switch (event) {
            case RunEvent.ItemTicked _,RunEvent.StepReleased _,RunEvent.VoteCast _,RunEvent.ApprovalGiven _,RunEvent.Retried _,RunEvent.Continued _,RunEvent.RollbackOrdered _ ->
                true;
            case RunEvent.StragglersDecided decided -> !decided.actor().equals("runbook");
            default -> false;
        }).count();
    }
}
