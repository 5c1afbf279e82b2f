package io.lockkeeper.search;

import java.util.Random;
import io.lockkeeper.domain.trigger.Report;
import io.lockkeeper.domain.doc.Marked;
import io.lockkeeper.app.EventWords;
import io.lockkeeper.app.Prepared;
import io.lockkeeper.app.RunPreparation;
import io.lockkeeper.app.RunRequest;
import io.lockkeeper.app.Submitted;
import io.lockkeeper.app.simulation.Mishaps;
import io.lockkeeper.app.simulation.Model;
import io.lockkeeper.app.simulation.ModelService;
import io.lockkeeper.app.simulation.SimulatedPeople;
import io.lockkeeper.app.simulation.Simulation;
import io.lockkeeper.app.simulation.VirtualOperator;
import io.lockkeeper.app.simulation.VirtualTime;
import io.lockkeeper.domain.run.Command;
import io.lockkeeper.domain.run.Ending;
import io.lockkeeper.domain.run.OpRun;
import io.lockkeeper.domain.run.RunState;
import io.lockkeeper.domain.run.StepState;
import io.lockkeeper.port.Journal;
import io.lockkeeper.port.JournalFailure;
import io.lockkeeper.port.RunEvents;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One seed from its beginning to the end of its run: chaos first, then an environment that mends and a person who helps, so that
/// every run must come to an end.
final class Seed {
    private static final int MOST_TRIES = 100;
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(5);
    private static final Duration TO_END_WITHIN = Duration.ofHours(4);
    private static final int TRACE = Integer.getInteger("trace", 60);

    /// @param ending `null` where nothing was started
    record Result(Script script, @Nullable Ending ending, List<String> violations, long events,
            Invariants.Settled settled, String head, List<String> trace) {
        boolean good() {
            return violations.isEmpty();
        }

        Result with(List<String> found) {
            return new Result(script, ending, found, events, settled, head, trace);
        }

        String report() {
            return script + "\n  " + String.join("\n  ", violations) + "\n  trace:\n    " + String.join("\n    ", trace);
        }
    }

    private final Script script;
    private final Bug bug;
    private final VirtualTime time = new VirtualTime();
    private final SimulatedPeople people;
    private final Model model;
    private final ModelService service;
    private final Invariants invariants;
    private final Mishaps mishaps;
    private final KillingJournal.Disk disk;
    private final Simulation simulation;

    /// @param journal opens the journal that outlives each start of the engine
    Seed(Script script, Simulation.Opening journal, RunEvents codec, Bug bug) throws JournalFailure {
        this.script = script;
        this.bug = bug;
        var random = script.dice(1);
        people = SimulatedPeople.of(script.environment());
        model = new Model(time, people.environment(), script.version());
        var truth = new Truth(model, time::ticks);
        service = new ModelService(model, random, script.clients(), script.stubborn());
        truth.watch(service::out);
        invariants = new Invariants(truth, bug.codec(codec), new Shipped().runbooks().stream()
                .filter(one -> one.id().equals(script.runbook())).flatMap(one -> one.watch().stream()).map(Marked.Scalar::text)
                .collect(Collectors.toSet()));
        mishaps = new Mishaps(service, script.dice(2), script.percent());
        disk = new KillingJournal.Disk(script.dice(3), script.percent() == 0 ? 0 : script.dice(4).nextInt(4));
        simulation = new Simulation(new Simulation.Parts(service, () -> open(journal), bug.codec(codec), mishaps,
                calls -> bug.effects(invariants.between(calls)), seen -> bug.eyes(seen, time.now())));
        invariants.watch(simulation);
    }

    private Journal open(Simulation.Opening journal) throws JournalFailure {
        return bug.journal(new KillingJournal(journal.open(), disk));
    }

    Result run() {
        try {
            if (!script.out().isEmpty()) {
                model.environment().balancers().forEach(name -> service.drain(script.out(), name));
                time.pass(Duration.ofSeconds(3));
            }
            if (script.runbook().equals("rollback")) {
                var good = new TreeMap<String, String>();
                model.environment().nodeNames().forEach(node -> good.put(node, "v1"));
                simulation.engine().setKnownGood("kim", good);
            }
            start();
        } catch (RuntimeException e) {
            var stack = e.getStackTrace();
            invariants.violated("an error: " + e + (stack.length > 0 ? " at " + stack[0] : ""));
        }
        return result();
    }

    private void start() {
        takeControl();
        var desk = new RunPreparation(people.environment(), new Shipped(), time, "search", () -> "nonce");
        var request = new RunRequest("kim", "search", script.runbook(), script.inputs(), script.guided(),
                script.runbook().equals("rollback"));
        var prepared = desk.prepare(request, simulation.snapshot());
        for (int tries = 0; tries < MOST_TRIES && prepared instanceof Prepared.Refused; tries++) { // what is wrong for the moment
            time.pass(BETWEEN_TRIES);
            takeControl();
            prepared = desk.prepare(request, simulation.snapshot());
        }
        switch (prepared) {
            case Prepared.Refused(var problems) when allAnswer() -> invariants.violated("not started: " + problems);
            case Prepared.Refused _ -> {
                // a node that died before the run was to begin stays dead, and nothing can be said of it
            }
            case Prepared.Ready(var start, _) -> walk(start);
        }
    }

    private boolean allAnswer() {
        return model.environment().nodeNames().stream().allMatch(node -> model.node(node).isUp())
                && model.environment().balancers().stream().allMatch(model::answers);
    }

    /// For the start; then the operator has to.
    private void takeControl() {
        if (people.environment().guards().control()) {
            simulation.submit("", new Command.TakeControl("kim", "", Duration.ofSeconds(10)));
        }
    }

    private void walk(Command.Start start) {
        VirtualOperator.attends(simulation,
                new VirtualOperator.Ways("operator", people, Map.of("further", script.chosen()), null));
        if (simulation.submit(start.run(), start) instanceof Submitted.Refused(var why)) {
            invariants.violated("not started: " + why);
            return;
        }
        if (script.percent() > 0) {
            new Whims(simulation, script.dice(5), script.chaos(), disk::room).begin();
            report(script.dice(6));
        }
        simulation.run(script.chaos());
        disk.room(Integer.MAX_VALUE);
        mishaps.end();
        simulation.run(TO_END_WITHIN);
        invariants.onEvent();
        time.pass(Duration.ofMinutes(10)); // what was still under way arrives now
        invariants.lateApplications();
        simulation.run().filter(RunState::open).ifPresent(open -> invariants.violated("no end: " + standing(open)));
    }

    /// In every third seed somebody tells the triggers of a loss.
    private void report(Random dice) {
        if (dice.nextInt(3) == 0) {
            simulation.time().in(Duration.ofMillis(dice.nextLong(script.chaos().toMillis())), () -> simulation.submit("",
                    new Command.Tell(new Report.DataLost(time.now(), "ada", "a customer misses an order"))));
        }
    }

    private static String standing(RunState run) {
        return run.activePlan().leaves().stream().map(leaf -> run.step(leaf.path()))
                .filter(step -> step.state() != StepState.SUCCEEDED && step.state() != StepState.NOT_STARTED)
                .map(step -> step.path() + " " + step.state() + " " + step.words()).collect(Collectors.joining("; "))
                + run.ops().values().stream().filter(OpRun::undecided).map(op -> op.op().id() + " " + op.status())
                        .collect(Collectors.joining("; ", "; ", run.held() == null ? "" : " held: " + run.held()));
    }

    private Result result() {
        var run = simulation.run().orElse(null);
        var trace = new ArrayList<String>();
        if (run != null && !invariants.violations().isEmpty()) {
            var events = simulation.engine().history().events(run.run());
            events.subList(Math.max(0, events.size() - TRACE), events.size()).forEach(
                    one -> trace.add(Duration.between(VirtualTime.START, one.event().at()) + " " + EventWords.of(one.event())));
        }
        var ended = run == null ? null : run.ended();
        var result = new Result(script, ended == null ? null : ended.ending(), invariants.violations(), invariants.events(),
                invariants.settled(),
                simulation.journal().head().hash(), trace);
        simulation.journal().close();
        return result;
    }
}
