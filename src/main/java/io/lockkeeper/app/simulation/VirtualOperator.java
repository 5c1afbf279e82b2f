package io.lockkeeper.app.simulation;

import io.lockkeeper.app.Submitted;
import io.lockkeeper.domain.run.Command;
import io.lockkeeper.domain.run.OpRun;
import io.lockkeeper.domain.run.RunState;
import io.lockkeeper.domain.run.StepRun;
import io.lockkeeper.domain.run.StepState;
import io.lockkeeper.domain.run.StragglerChoice;
import io.lockkeeper.domain.runbook.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A person who does what a run asks: ticks, says go, tries again, orders anew what was forgotten, and goes back when nothing helps.
public final class VirtualOperator {
    private static final String NAME = "operator";
    private static final Duration REACTS_WITHIN = Duration.ofSeconds(2);
    private static final Duration LOOKS_AGAIN = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final int ATTEMPTS = 3;

    private final Simulation simulation;
    private boolean awake;
    private boolean mayGoOn = true;

    private VirtualOperator(Simulation simulation) {
        this.simulation = simulation;
    }

    /// From now on somebody answers what the run asks.
    public static void attends(Simulation simulation) {
        simulation.onEvent(new VirtualOperator(simulation)::wake);
    }

    private void wake() {
        if (!awake) {
            awake = true;
            simulation.time().in(REACTS_WITHIN, this::answer);
        }
    }

    private void answer() {
        awake = false;
        var run = simulation.run().filter(RunState::open).orElse(null);
        if (run == null) {
            return;
        }
        var commands = commands(run);
        for (var command : commands) {
            boolean refused = simulation.submit(run.run(), command) instanceof Submitted.Refused;
            mayGoOn &= !(command instanceof Command.Continue) || !refused;
        }
        if (!awake && (!commands.isEmpty() || needsSomebody(run))) {
            awake = true;
            simulation.time().in(LOOKS_AGAIN, this::answer);
        }
    }

    private static boolean needsSomebody(RunState run) {
        return run.held() != null || !run.stopped().isEmpty() || run.current().stream()
                .anyMatch(step -> step.state() == StepState.AWAITING_PERSON || step.state() == StepState.BLOCKED
                        || step.state() == StepState.OUTCOME_UNKNOWN);
    }

    private List<Command> commands(RunState run) {
        var commands = new ArrayList<Command>();
        if (run.held() != null && (mayGoOn || run.rollingBack())) {
            commands.add(new Command.Continue(NAME));
        }
        run.drifts().values().stream().sorted((a, b) -> (a.node() + a.balancer()).compareTo(b.node() + b.balancer()))
                .forEach(drift -> commands.add(new Command.Reassert(NAME, drift.node(), drift.balancer())));
        run.ops().values().stream().filter(this::isHopeless).forEach(op -> commands.add(
                new Command.Settle(NAME, op.op().id(), false, "looked on the machine: it is not there")));
        for (var step : run.current()) {
            if (step.state() == StepState.AWAITING_PERSON) {
                asked(run, step, commands);
            }
        }
        var giveUp = whyNot(run);
        if (giveUp != null && !run.rollingBack()) {
            commands.add(run.start().wayBack() == null
                    ? new Command.Abort(NAME, giveUp)
                    : new Command.RollBack(NAME, giveUp));
        } else {
            run.stopped().forEach(step -> commands.add(new Command.Retry(NAME, step.path())));
        }
        return commands;
    }

    private void asked(RunState run, StepRun step, List<Command> commands) {
        if (step.drain() != null) {
            commands.add(new Command.DecideStragglers(NAME, step.path(),
                    new StragglerChoice.Close(10, simulation.service().model().environment().closeCode())));
            return;
        }
        switch (run.text(step.path()).orElse(null)) {
            case Step.Checklist list -> list.items().stream().filter(item -> !step.ticks().containsKey(item.id()))
                    .forEach(item -> commands.add(
                            new Command.Tick(NAME, step.path(), item.id(), item.ask() == null ? "" : "CHG-1")));
            case Step.Action action -> commands.add(new Command.Go(NAME, action.path()));
            case Step.Errand errand when !step.released() -> commands.add(new Command.Go(NAME, errand.path()));
            case Step.Errand errand -> run.opsOf(errand.path(), step.attempt()).stream().filter(op -> op.is(OpRun.Status.UNKNOWN))
                    .forEach(op -> commands.add(new Command.Settle(NAME, op.op().id(),
                            simulation.service().hasCarriedOut(op.op().order()), "looked at it")));
            case null, default -> {
                // waits for something that this operator does not know
            }
        }
    }

    /// Nobody answers there any more, long after everything could have settled.
    private boolean isHopeless(OpRun op) {
        return op.is(OpRun.Status.UNKNOWN) && op.op().order().disruptive()
                && op.op().deadline().plus(PATIENCE).isBefore(simulation.time().now());
    }

    private @Nullable String whyNot(RunState run) {
        if (run.held() != null && !mayGoOn) {
            return run.held().reason();
        }
        for (var step : run.stopped()) {
            if (step.attempt() >= ATTEMPTS) {
                return step.path() + " does not succeed: " + step.words();
            }
        }
        for (var step : run.current()) {
            if (step.state() == StepState.BLOCKED && step.since().plus(PATIENCE).isBefore(simulation.time().now())) {
                return step.path() + " stays blocked: " + step.words();
            }
        }
        return null;
    }
}
