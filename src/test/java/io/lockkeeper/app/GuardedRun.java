package io.lockkeeper.app;

import io.lockkeeper.domain.environment.Environment;
import io.lockkeeper.domain.environment.Guards;
import io.lockkeeper.domain.environment.Person;
import io.lockkeeper.domain.environment.Tier;
import io.lockkeeper.domain.run.Command;
import io.lockkeeper.domain.run.RunState;
import io.lockkeeper.domain.signal.Notice;
import io.lockkeeper.port.JournalFailure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/// The real engine on the model service in virtual time, in an environment with guards.
final class GuardedRun {
    private static final Duration LIMIT = Duration.ofHours(2);

    final VirtualTime time = new VirtualTime();
    final MemoryJournal journal = new MemoryJournal();
    final PassingEvents codec = new PassingEvents();
    final ModelService service = new ModelService(time, 1);
    final Environment environment;
    Engine engine;
    private int incarnations;

    GuardedRun(Environment environment) {
        this.environment = environment;
        engine = begin();
    }

    static Environment environment(List<Person> people, boolean control) {
        var model = ModelService.ENVIRONMENT;
        return new Environment(model.name(), Tier.PRODUCTION, model.hash(), model.nodes(), model.balancers(), model.versions(),
                model.floor(), model.capabilities(), model.closeCode(), new Guards(people, Map.of(), null, control));
    }

    private Engine begin() {
        int mine = ++incarnations;
        var observer = new Engine.Observer() {
            @Override
            public void changed() {}

            @Override
            public void notice(Notice.Severity severity, String words) {}
        };
        try {
            var engine = new Engine(new Engine.Parts(environment, journal, codec, service, time, service::fleet,
                    run -> "wayback-" + run.run() + ".txt", observer, "test"));
            poll(mine, engine);
            return engine;
        } catch (JournalFailure e) {
            throw new AssertionError(e);
        }
    }

    private void poll(int mine, Engine polled) {
        time.in(Duration.ofMillis(500), () -> {
            if (mine == incarnations) {
                polled.look();
                poll(mine, polled);
            }
        });
    }

    void restart() {
        time.forget();
        engine = begin();
    }

    RunState state() {
        return engine.history().run("r-1").orElseThrow();
    }

    /// Why it was refused; empty where it was taken.
    String submit(Command command) {
        return engine.submit("r-1", command) instanceof Submitted.Refused(var why) ? why : "";
    }

    GuardedRun taken(String actor, Duration duration) {
        if (!submit(new Command.TakeControl(actor, "", duration)).isEmpty()) {
            throw new AssertionError("control was not given");
        }
        return this;
    }

    /// Lets time pass until something is there; false when it never was.
    boolean until(BooleanSupplier there) {
        var limit = time.now().plus(LIMIT);
        while (!there.getAsBoolean()) {
            if (!time.step(limit)) {
                return false;
            }
        }
        return true;
    }

    void pass(Duration duration) {
        var limit = time.now().plus(duration);
        while (time.step(limit)) {
            // time passes
        }
    }
}
