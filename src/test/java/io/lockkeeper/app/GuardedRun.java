package io.lockkeeper.app;

import io.lockkeeper.app.simulation.PassingEvents;
import io.lockkeeper.app.simulation.Fate;
import io.lockkeeper.app.simulation.MemoryJournal;
import io.lockkeeper.app.simulation.Model;
import io.lockkeeper.app.simulation.ModelService;
import io.lockkeeper.app.simulation.Simulation;
import io.lockkeeper.app.simulation.VirtualTime;
import io.lockkeeper.domain.environment.Environment;
import io.lockkeeper.domain.environment.Guards;
import io.lockkeeper.domain.environment.Person;
import io.lockkeeper.domain.environment.Tier;
import io.lockkeeper.domain.run.Command;
import io.lockkeeper.domain.run.RunState;
import io.lockkeeper.port.JournalFailure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BooleanSupplier;

/// A simulated run in an environment with guards.
final class GuardedRun {
    private static final Duration LIMIT = Duration.ofHours(2);

    final VirtualTime time = new VirtualTime();
    final MemoryJournal journal = new MemoryJournal();
    final Environment environment;
    final ModelService service;
    private final Simulation simulation;

    GuardedRun(Environment environment) {
        this.environment = environment;
        service = new ModelService(new Model(time, environment, "v1"), new Random(1), 10, 100);
        try {
            simulation = new Simulation(new Simulation.Parts(service, () -> journal, new PassingEvents(), _ -> Fate.FINE));
        } catch (JournalFailure e) {
            throw new AssertionError(e);
        }
    }

    static Environment environment(List<Person> people, boolean control) {
        var model = Trial.ENVIRONMENT;
        return new Environment(model.name(), Tier.PRODUCTION, model.hash(), model.nodes(), model.balancers(), model.versions(),
                model.floor(), model.capabilities(), model.closeCode(), new Guards(people, Map.of(), null, control));
    }

    Engine engine() {
        return simulation.engine();
    }

    void restart() {
        simulation.kill();
    }

    RunState state() {
        return engine().history().run("r-1").orElseThrow();
    }

    /// Why it was refused; empty where it was taken.
    String submit(Command command) {
        return simulation.submit("r-1", command) instanceof Submitted.Refused(var why) ? why : "";
    }

    GuardedRun taken(String actor, Duration duration) {
        if (!submit(new Command.TakeControl(actor, "", duration)).isEmpty()) {
            throw new AssertionError("control was not given");
        }
        return this;
    }

    /// Lets time pass until something is there; false when it never was.
    boolean until(BooleanSupplier there) {
        var limit = time.passed().plus(LIMIT);
        while (!there.getAsBoolean()) {
            if (!time.step(limit)) {
                return false;
            }
        }
        return true;
    }

    void pass(Duration duration) {
        time.pass(duration);
    }
}
