package io.lockkeeper.app.simulation;

import io.lockkeeper.app.KnownGood;
import io.lockkeeper.app.Prepared;
import io.lockkeeper.app.Recorded;
import io.lockkeeper.app.RunPreparation;
import io.lockkeeper.app.RunRequest;
import io.lockkeeper.app.RunbookLibrary;
import io.lockkeeper.app.Snapshot;
import io.lockkeeper.app.Submitted;
import io.lockkeeper.domain.doc.Nearest;
import io.lockkeeper.domain.environment.Capability;
import io.lockkeeper.domain.environment.Environment;
import io.lockkeeper.domain.run.Command;
import io.lockkeeper.domain.run.Op;
import io.lockkeeper.domain.run.RunState;
import io.lockkeeper.domain.runbook.Plan;
import io.lockkeeper.domain.runbook.Step;
import io.lockkeeper.port.JournalFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One run of a runbook on a model of an environment, from its start to its end, in virtual time. Nothing real is touched or written.
public final class SimulatedRun {
    public static final int CLIENTS_PER_NODE = 20;
    /// How many clients of a hundred stay on a draining node until somebody closes them, where the environment can close them.
    public static final int STUBBORN_PERCENT = 10;
    private static final String UNNAMED = "before";
    private static final Duration CONTROL = Duration.ofHours(12);
    private static final Duration FIRST_READINGS = Duration.ofSeconds(2);

    /// What is to be played through.
    ///
    /// @param faults how many of a hundred control calls go wrong, and how often the service fails by itself
    /// @param choices by path or id of a decision
    /// @param backAt path of a step: the way back is ordered when it begins; `null` for never
    /// @param atMost virtual time after which a run that has not ended is left
    public record Wish(RunRequest request, int faults, long seed, Map<String, String> choices, @Nullable String backAt,
            Duration atMost) {}

    public sealed interface Result {
        /// It would not even start.
        record Refused(List<String> problems) implements Result {}

        /// @param state ended, or open where it was not over in time
        /// @param passed from the start to the end
        record Walked(List<String> warnings, List<Recorded> events, RunState state, Duration passed) implements Result {}
    }

    private final SimulatedPeople people;
    private final RunbookLibrary library;
    private final Wish wish;
    private final VirtualTime time = new VirtualTime();
    private final ModelService service;
    private final Simulation simulation;

    private SimulatedRun(Environment environment, RunbookLibrary library, Wish wish, boolean leaps) throws JournalFailure {
        this.people = SimulatedPeople.of(environment);
        this.library = library;
        this.wish = wish;
        var random = new Random(wish.seed());
        boolean closes = environment.can(Capability.CLOSE_SESSIONS);
        service = new ModelService(new Model(time, people.environment(), before()), random, CLIENTS_PER_NODE,
                closes ? STUBBORN_PERCENT : 0);
        var journal = new MemoryJournal();
        Function<Op, Fate> fates = wish.faults() == 0
                ? _ -> Fate.FINE
                : new Mishaps(service, random, wish.faults());
        simulation = new Simulation(new Simulation.Parts(service, () -> journal, new PassingEvents(), fates));
        if (leaps) {
            simulation.leap();
        }
    }

    public static Result of(Environment environment, RunbookLibrary library, Wish wish) {
        return of(environment, library, wish, true);
    }

    /// @param leaps false to look as often as one would at a real service
    static Result of(Environment environment, RunbookLibrary library, Wish wish, boolean leaps) {
        try {
            return new SimulatedRun(environment, library, wish, leaps).walk();
        } catch (JournalFailure e) {
            throw new IllegalStateException("a journal in memory cannot fail", e);
        }
    }

    /// What every node runs at first: a version of the environment that the run does not put there.
    private String before() {
        var wanted = wish.request().inputs().getOrDefault("version", "");
        var others = people.environment().versions().stream().filter(version -> !version.equals(wanted)).toList();
        return others.isEmpty() ? UNNAMED : wish.request().toKnownGood() ? others.getLast() : others.getFirst();
    }

    private Result walk() {
        time.pass(FIRST_READINGS);
        if (people.environment().guards().control()) {
            simulation.submit("", new Command.TakeControl(wish.request().actor(), "", CONTROL));
        }
        var desk = new RunPreparation(people.environment(), library, time, "simulated", () -> "simulated");
        return switch (desk.prepare(wish.request(), snapshot())) {
            case Prepared.Refused(var problems) -> new Result.Refused(problems);
            case Prepared.Ready(var start, var warnings) -> walk(start, warnings);
        };
    }

    private Snapshot snapshot() {
        var now = simulation.snapshot();
        var versions = new TreeMap<String, String>();
        var old = people.environment().versions().stream().findFirst().orElse(UNNAMED);
        people.environment().nodeNames().forEach(node -> versions.put(node, old));
        var good = wish.request().toKnownGood() ? new KnownGood(versions, wish.request().actor(), time.now()) : null;
        return new Snapshot(now.at(), now.holder(), now.following(), now.fleet(), now.links(), now.run(), now.events(),
                now.runs(),
                good, now.control(), now.notices());
    }

    /// A wish that fits nothing would be silently forgotten.
    private List<String> unknownNames(Plan plan) {
        var problems = new ArrayList<String>();
        var paths = plan.leaves().stream().map(Step::path).toList();
        if (wish.backAt() != null && !paths.contains(wish.backAt())) {
            problems.add("there is no step \"" + wish.backAt() + "\" to go back at; " + Nearest.suggestion(wish.backAt(), paths));
        }
        var decisions = plan.leaves().stream().filter(Step.Decision.class::isInstance).map(Step.Decision.class::cast).toList();
        wish.choices().forEach((name, choice) -> {
            var meant = decisions.stream().filter(decision -> VirtualOperator.isNamed(decision, name)).toList();
            if (meant.isEmpty()) {
                problems.add("there is no decision \"" + name + "\"; "
                        + Nearest.suggestion(name, decisions.stream().map(Step.Decision::path).toList()));
            }
            meant.stream().filter(decision -> decision.choices().stream().noneMatch(one -> one.id().equals(choice)))
                    .forEach(decision -> problems.add(decision.path() + " has no choice \"" + choice + "\"; "
                            + Nearest.suggestion(choice, decision.choices().stream().map(Step.Choice::id).toList())));
        });
        return problems;
    }

    private Result walk(Command.Start start, List<String> warnings) {
        var unknown = unknownNames(start.plan());
        if (!unknown.isEmpty()) {
            return new Result.Refused(unknown);
        }
        var began = time.passed();
        VirtualOperator.attends(simulation,
                new VirtualOperator.Ways(wish.request().actor(), people, wish.choices(), wish.backAt()));
        if (simulation.submit(start.run(), start) instanceof Submitted.Refused(var why)) {
            return new Result.Refused(List.of(why));
        }
        simulation.run(wish.atMost());
        var state = simulation.run().orElseThrow();
        return new Result.Walked(warnings, simulation.engine().history().events(start.run()), state,
                time.passed().minus(began));
    }
}
