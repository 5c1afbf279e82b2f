package io.lockkeeper.app;

import io.lockkeeper.adapter.json.JsonRunEvents;
import io.lockkeeper.app.simulation.ControlCalls;
import io.lockkeeper.app.simulation.Fate;
import io.lockkeeper.app.simulation.MemoryJournal;
import io.lockkeeper.app.simulation.Model;
import io.lockkeeper.app.simulation.ModelService;
import io.lockkeeper.app.simulation.VirtualTime;
import io.lockkeeper.domain.run.Command;
import io.lockkeeper.domain.run.Ending;
import io.lockkeeper.domain.run.Op;
import io.lockkeeper.domain.run.Outcome;
import io.lockkeeper.domain.run.RunEvent;
import io.lockkeeper.domain.run.RunState;
import io.lockkeeper.domain.run.Settlement;
import io.lockkeeper.domain.run.StepRun;
import io.lockkeeper.domain.run.StepState;
import io.lockkeeper.domain.run.StragglerChoice;
import io.lockkeeper.domain.runbook.Step;
import io.lockkeeper.domain.signal.Notice;
import io.lockkeeper.port.Journal;
import io.lockkeeper.port.JournalFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One run on the model service whose engine is killed at chosen moments, each time with another one started on the same bytes. A person
/// looks at it twice a second and answers what is asked, whichever engine is alive.
final class KilledRun {
    private static final Duration LOOKS = Duration.ofMillis(500);
    private static final Duration LONGEST = Duration.ofHours(2);
    private static final Duration SETTLED = Duration.ofSeconds(10);

    final VirtualTime time = new VirtualTime();
    final MemoryJournal bytes = new MemoryJournal();
    final ModelService service = new ModelService(new Model(time, Trial.ENVIRONMENT, "v1"), new Random(1), 10, 100);
    final JsonRunEvents codec = new JsonRunEvents();
    final KillMoments moments;
    final List<String> wayBacksKept = new ArrayList<>();
    final Map<String, StepRun.Tick> acknowledged = new HashMap<>();
    final List<String> decided = new ArrayList<>();
    private final Command.Start start;
    private final Duration downtime;
    private final OnFailedGate person;
    private final Journal journal;
    private @Nullable Engine engine;
    private int incarnation;

    enum OnFailedGate {
        RETRIES, GOES_BACK, LEAVES_IT_TO_THE_RUN
    }

    /// @param prepare what the service is before the run
    /// @param start made from the service as prepared
    /// @param downtime from each kill to the next start
    /// @param person what the person answers to a gate that failed
    KilledRun(List<Integer> kills, Consumer<ModelService> prepare, Function<KilledRun, Command.Start> start,
            Duration downtime, OnFailedGate person) {
        this.moments = new KillMoments(kills);
        this.journal = moments.around(bytes);
        this.downtime = downtime;
        this.person = person;
        prepare.accept(service);
        time.pass(SETTLED);
        this.start = start.apply(this);
    }

    /// To the end of the run, through every kill.
    RunState walk() {
        restart();
        look();
        var until = time.passed().plus(LONGEST);
        while (true) {
            try {
                if (!time.step(until)) {
                    throw new AssertionError("still open after " + LONGEST.toHours() + " h: " + words());
                }
            } catch (Killed e) {
                restart();
            }
            var ended = alive().history().run(start.run()).filter(state -> !state.open());
            if (ended.isPresent()) {
                return ended.get();
            }
        }
    }

    private Engine alive() {
        return Objects.requireNonNull(engine);
    }

    private void restart() {
        while (true) {
            var dead = engine;
            incarnation++; // from here on nothing that was begun reaches anybody
            try {
                if (dead != null) {
                    time.pass(downtime); // the service goes on without us
                }
                engine = begin();
                if (dead != null) {
                    nothingIsForgotten(dead);
                }
                return;
            } catch (Killed _) {
                // killed while it started: once more
            } catch (JournalFailure e) {
                throw new AssertionError(e);
            }
        }
    }

    private Engine begin() throws JournalFailure {
        int mine = incarnation;
        var calls = new ControlCalls(service, _ -> Fate.FINE);
        var effects = moments.around(new Effects() {
            @Override
            public void start(Op op, Consumer<Outcome> then) {
                calls.start(op, outcome -> {
                    if (mine == incarnation) {
                        then.accept(outcome);
                    }
                });
            }

            @Override
            public void observe(Op op, Consumer<Settlement> then) {
                calls.observe(op, settlement -> {
                    if (mine == incarnation) {
                        then.accept(settlement);
                    }
                });
            }
        });
        var observer = new Engine.Observer() {
            @Override
            public void changed() {}

            @Override
            public void notice(Notice.Severity severity, String words) {}
        };
        var begun = new Engine(new Engine.Parts(Trial.ENVIRONMENT, journal, codec, effects, time, service.model()::fleet, run -> {
            wayBacksKept.add(run.run());
            return "wayback";
        }, observer, "test " + mine));
        poll(mine, begun);
        return begun;
    }

    private void poll(int mine, Engine polled) {
        time.in(LOOKS, () -> {
            if (mine == incarnation) {
                poll(mine, polled);
                polled.look();
            }
        });
    }

    /// What the dead one knew to be over, ticked or settled, the next one knows too.
    private void nothingIsForgotten(Engine dead) {
        var before = dead.history().run(start.run()).orElse(null);
        if (before == null) {
            return;
        }
        var after = alive().history().run(start.run()).orElseThrow();
        before.steps().forEach((path, step) -> {
            var now = after.step(path);
            if (now.attempt() < step.attempt() || (step.state() == StepState.SUCCEEDED && now.state() != StepState.SUCCEEDED)
                    || !now.ticks().entrySet().containsAll(step.ticks().entrySet())) {
                throw new AssertionError("forgotten by a restart: was " + step + ", is " + now);
            }
        });
        before.ops().forEach((id, op) -> {
            if (!op.undecided() && !Objects.requireNonNull(after.ops().get(id)).equals(op)) {
                throw new AssertionError("forgotten by a restart: was " + op + ", is " + after.ops().get(id));
            }
        });
    }

    private void look() {
        time.in(LOOKS, () -> {
            look();
            answer();
        });
    }

    private void answer() {
        var run = alive().history().run(start.run()).orElse(null);
        if (run == null) {
            alive().submit(start.run(), start);
            return;
        }
        if (run.open()) {
            for (var step : run.current()) {
                if (step.state() == StepState.AWAITING_PERSON) {
                    answer(run, step);
                }
            }
            run.stopped().forEach(step -> goOn(run, step));
        }
    }

    private void answer(RunState run, StepRun step) {
        if (run.text(step.path()).orElseThrow() instanceof Step.Checklist list) {
            list.items().stream().filter(item -> !step.ticks().containsKey(item.id())).findFirst().ifPresent(item -> {
                var value = item.ask() == null ? "" : "CHG-" + item.id();
                if (taken(new Command.Tick("kim", step.path(), item.id(), value))) {
                    acknowledged.put(step.path() + "/" + item.id(), new StepRun.Tick("kim", value, time.now()));
                }
            });
        } else if (run.text(step.path()).orElseThrow() instanceof Step.Decision decision) {
            taken(new Command.Choose("kim", step.path(), decision.choices().getFirst().id()));
        } else if (step.drain() != null) {
            decide(step.path(), new Command.DecideStragglers("kim", step.path(), new StragglerChoice.Close(10, 1006)));
        } else {
            taken(new Command.Go("kim", step.path()));
        }
    }

    private void goOn(RunState run, StepRun step) {
        boolean gate = run.text(step.path()).orElseThrow() instanceof Step.Gate && !run.rollingBack();
        switch (gate ? person : OnFailedGate.RETRIES) {
            case RETRIES -> decide(step.path(), new Command.Retry("kim", step.path()));
            case GOES_BACK -> taken(new Command.RollBack("kim", step.words()));
            case LEAVES_IT_TO_THE_RUN -> {
                // its own exit says what follows
            }
        }
    }

    /// Noted before it is given: a person who hears nothing back has still decided.
    private void decide(String path, Command command) {
        decided.add(path);
        taken(command);
    }

    private boolean taken(Command command) {
        return alive().submit(start.run(), command) instanceof Submitted.Taken;
    }

    /// The state as anybody else computes it from the bytes.
    RunHistory fold() {
        var history = new RunHistory(codec);
        bytes.read(1).forEach(history::add);
        return history;
    }

    RunState state() {
        return alive().history().run(start.run()).orElseThrow();
    }

    List<RunEvent> events() {
        return alive().history().events(start.run()).stream().map(Recorded::event).toList();
    }

    String words() {
        return state().current() + " " + state().stopped() + " "
                + state().ops().values().stream().filter(op -> op.undecided()).toList();
    }

    Ending ending() {
        return Objects.requireNonNull(state().ended()).ending();
    }
}
