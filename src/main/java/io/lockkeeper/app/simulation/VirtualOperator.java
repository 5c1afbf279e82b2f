package io.lockkeeper.app.simulation;

import io.lockkeeper.app.Submitted;
import io.lockkeeper.domain.run.Command;
import io.lockkeeper.domain.run.OpRun;
import io.lockkeeper.domain.run.RunState;
import io.lockkeeper.domain.run.StepRun;
import io.lockkeeper.domain.run.StepState;
import io.lockkeeper.domain.run.StragglerChoice;
import io.lockkeeper.domain.runbook.ChoiceExit;
import io.lockkeeper.domain.runbook.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A person who does what a run asks: ticks, says go, chooses, has it approved, tries again, orders anew what was forgotten, and goes back
/// when nothing helps.
public final class VirtualOperator {
    /// How this one answers.
    ///
    /// @param name whose orders they are
    /// @param people who can sign approvals
    /// @param choices by path or id of a decision; for any other the first choice that goes on
    /// @param backAt path of a step: goes back when it begins; `null` for never
    public record Ways(String name, SimulatedPeople people, Map<String, String> choices, @Nullable String backAt) {}

    private static final Duration CONTROL = Duration.ofHours(12);
    private static final Duration REACTS_WITHIN = Duration.ofSeconds(2);
    private static final Duration LOOKS_AGAIN = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final int ATTEMPTS = 3;
    /// Of a step of the way back: from there one cannot go back any more.
    private static final int HOPELESS = 20;

    private final Simulation simulation;
    private final Ways ways;
    private boolean awake;
    private boolean mayGoOn = true;

    private VirtualOperator(Simulation simulation, Ways ways) {
        this.simulation = simulation;
        this.ways = ways;
    }

    /// From now on somebody answers what the run asks.
    public static void attends(Simulation simulation) {
        attends(simulation, new Ways("operator", SimulatedPeople.of(simulation.service().model().environment()), Map.of(), null));
    }

    public static void attends(Simulation simulation, Ways ways) {
        simulation.onEvent(new VirtualOperator(simulation, ways)::wake);
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
        var environment = simulation.service().model().environment();
        if (environment.guards().control() && !run.leaving() && simulation.engine().control().isEmpty()) {
            commands.add(new Command.TakeControl(ways.name(), "", CONTROL));
        }
        if (!run.leaving() && ways.backAt() != null && run.step(ways.backAt()).state() != StepState.NOT_STARTED
                && run.preparedWayBack() != null) {
            commands.add(new Command.RollBack(ways.name(), "as asked for, at " + ways.backAt()));
            return commands;
        }
        if (run.held() != null && (mayGoOn || run.rollingBack())) {
            commands.add(new Command.Continue(ways.name()));
        }
        run.drifts().values().stream().sorted((a, b) -> (a.node() + a.balancer()).compareTo(b.node() + b.balancer()))
                .forEach(drift -> commands.add(new Command.Reassert(ways.name(), drift.node(), drift.balancer())));
        run.ops().values().stream().filter(this::isHopeless).forEach(op -> commands.add(
                new Command.Settle(ways.name(), op.op().id(), false, "looked on the machine: it is not there")));
        for (var step : run.current()) {
            if (step.state() == StepState.AWAITING_PERSON) {
                asked(run, step, commands);
            }
        }
        if (run.current().stream().anyMatch(step -> step.state() == StepState.BLOCKED
                || run.text(step.path()).orElse(null) instanceof Step.PointOfNoReturn)) {
            simulation.engine().history().latches().keySet().forEach(trigger -> commands.add(
                    new Command.AcknowledgeTrigger(ways.name(), trigger, "looked at it: the run goes on")));
        }
        var giveUp = whyNot(run);
        if (giveUp != null && !run.rollingBack()) {
            commands.add(run.start().wayBack() == null
                    ? new Command.Abort(ways.name(), giveUp)
                    : new Command.RollBack(ways.name(), giveUp));
        } else {
            run.stopped().forEach(step -> commands.add(step.attempt() < HOPELESS
                    ? new Command.Retry(ways.name(), step.path())
                    : new Command.Abort(ways.name(), step.path() + " does not succeed, and there is nowhere else to go")));
        }
        return commands;
    }

    private void asked(RunState run, StepRun step, List<Command> commands) {
        if (step.drain() != null) {
            commands.add(new Command.DecideStragglers(ways.name(), step.path(),
                    new StragglerChoice.Close(10, simulation.service().model().environment().closeCode())));
            return;
        }
        switch (run.text(step.path()).orElse(null)) {
            case Step.Checklist list -> list.items().stream().filter(item -> !step.ticks().containsKey(item.id()))
                    .forEach(item -> commands.add(
                            new Command.Tick(ways.name(), step.path(), item.id(), value(item))));
            case Step.Action action -> commands.add(new Command.Go(ways.name(), action.path()));
            case Step.PointOfNoReturn point -> commands.add(new Command.Go(ways.name(), point.path()));
            case Step.Decision decision -> choose(decision, commands);
            case Step.Approval approval -> ways.people().names().stream().filter(name -> !name.equals(run.start().actor()))
                    .forEach(name -> approve(step, approval.path(), name, commands));
            case Step.Errand errand when !step.released() -> commands.add(new Command.Go(ways.name(), errand.path()));
            case Step.Errand errand -> run.opsOf(errand.path(), step.attempt()).stream().filter(op -> op.is(OpRun.Status.UNKNOWN))
                    .forEach(op -> commands.add(new Command.Settle(ways.name(), op.op().id(),
                            simulation.service().hasCarriedOut(op.op().order()), "looked at it")));
            case null, default -> {
                // waits for something that this operator does not know
            }
        }
    }

    /// @param name path or id
    static boolean isNamed(Step.Decision decision, String name) {
        return decision.path().equals(name) || decision.path().endsWith("/" + name);
    }

    private void choose(Step.Decision decision, List<Command> commands) {
        var wanted = ways.choices().entrySet().stream().filter(one -> isNamed(decision, one.getKey())).map(Map.Entry::getValue)
                .findFirst().orElse(null);
        var choice = wanted != null
                ? wanted
                : decision.choices().stream().filter(one -> one.then() == ChoiceExit.CONTINUE).findFirst()
                        .orElse(decision.choices().getFirst()).id();
        for (int vote = 1; vote <= decision.votes(); vote++) {
            commands.add(new Command.Choose(vote == 1 ? ways.name() : "colleague " + vote, decision.path(), choice));
        }
    }

    /// Whoever may not is refused, and the next one is asked.
    private void approve(StepRun step, String path, String name, List<Command> commands) {
        var watch = step.approval();
        if (watch != null) {
            ways.people().sign(name, watch.request())
                    .ifPresent(signature -> commands.add(new Command.Approve(ways.name(), path, name, signature)));
        }
    }

    private String value(Step.Item item) {
        if (item.ask() == null) {
            return "";
        }
        return switch (item.type()) {
            case VERSION -> simulation.service().model().environment().versions().stream().reduce((_, last) -> last).orElse("v2");
            case DURATION -> "1m";
            case COUNT -> "1";
            case PERCENT -> "10%";
            case NODE, NODES -> simulation.service().model().environment().nodeNames().getFirst();
            case TEXT -> "CHG-1";
            case null -> "CHG-1";
        };
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
