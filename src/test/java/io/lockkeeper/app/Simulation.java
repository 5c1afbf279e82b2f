package io.lockkeeper.app;

import io.lockkeeper.domain.signal.Notice;
import io.lockkeeper.domain.run.Command;
import io.lockkeeper.domain.run.RunState;
import io.lockkeeper.port.JournalFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// The real engine on the model service in virtual time. It can be killed between any two things that happen.
final class Simulation {
    final VirtualTime time = new VirtualTime();
    final MemoryJournal journal = new MemoryJournal();
    final PassingEvents codec = new PassingEvents();
    final ModelService service;
    final List<String> notices = new ArrayList<>();
    Engine engine;
    private int incarnations;

    Simulation(long seed) {
        service = new ModelService(time, seed);
        engine = begin();
    }

    private Engine begin() {
        incarnations++;
        int mine = incarnations;
        var effects = new Effects() {
            @Override
            public void start(io.lockkeeper.domain.run.Op op,
                    java.util.function.Consumer<io.lockkeeper.domain.run.Outcome> then) {
                service.start(op, outcome -> {
                    if (mine == incarnations) { // a dead engine hears nothing
                        then.accept(outcome);
                    }
                });
            }

            @Override
            public void observe(io.lockkeeper.domain.run.Op op,
                    java.util.function.Consumer<io.lockkeeper.domain.run.Settlement> then) {
                service.observe(op, settlement -> {
                    if (mine == incarnations) {
                        then.accept(settlement);
                    }
                });
            }
        };
        var observer = new Engine.Observer() {
            @Override
            public void changed() {}

            @Override
            public void notice(Notice.Severity severity, String words) {
                notices.add(words);
            }
        };
        try {
            var started = new Engine(new Engine.Parts(ModelService.ENVIRONMENT, journal, codec, effects, time, service::fleet,
                    run -> "wayback-" + run.run() + ".txt", observer, "test " + mine));
            poll(mine, started);
            return started;
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

    void kill() {
        engine = begin();
    }

    RunState state() {
        return engine.history().run("r-1").orElseThrow();
    }

    Submitted submit(Command command) {
        return engine.submit("r-1", command);
    }

    /// Runs until the run ends, somebody is needed, or the time is over.
    void run(Duration atMost) {
        var until = time.now().plus(atMost);
        while (state().open() && time.step(until)) {
            // time passes
        }
    }
}
