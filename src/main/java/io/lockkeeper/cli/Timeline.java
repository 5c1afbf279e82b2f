package io.lockkeeper.cli;

import io.lockkeeper.app.simulation.SimulatedRun;
import io.lockkeeper.domain.doc.Durations;
import io.lockkeeper.domain.environment.Environment;
import io.lockkeeper.domain.run.Ending;
import io.lockkeeper.domain.run.RunEvent;
import io.lockkeeper.domain.run.StepState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// A simulated run as people read it: what happened when, and what it comes to.
final class Timeline {
    private final Desk desk;
    private final Terminal terminal;
    private final boolean json;
    private final int faults;
    private final long seed;

    /// @param faults how many of a hundred calls went wrong
    Timeline(Desk desk, Terminal terminal, boolean json, int faults, long seed) {
        this.desk = desk;
        this.terminal = terminal;
        this.json = json;
        this.faults = faults;
        this.seed = seed;
    }

    int tell(Environment target, SimulatedRun.Result.Walked walked) {
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
                    .forEach(one -> terminal
                            .say(terminal.dim(since(from, one.at())) + " " + EventPaint.of(terminal, one.event())));
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
