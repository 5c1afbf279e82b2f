package io.lockkeeper.app.simulation;

import io.lockkeeper.app.Effects;
import io.lockkeeper.app.Engine;
import io.lockkeeper.app.Snapshot;
import io.lockkeeper.app.Submitted;
import io.lockkeeper.domain.fleet.Fleet;
import io.lockkeeper.domain.run.Command;
import io.lockkeeper.domain.run.Op;
import io.lockkeeper.domain.run.Outcome;
import io.lockkeeper.domain.run.RunEvent;
import io.lockkeeper.domain.run.RunState;
import io.lockkeeper.domain.run.Settlement;
import io.lockkeeper.domain.signal.Notice;
import io.lockkeeper.domain.watch.Felt;
import io.lockkeeper.port.Journal;
import io.lockkeeper.port.JournalFailure;
import io.lockkeeper.port.RunEvents;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The real engine on a model in virtual time. It can be killed between any two things that happen, and begins again on its journal.
public final class Simulation {
    /// Opens the journal that every start of the engine goes on with.
    public interface Opening {
        Journal open() throws JournalFailure;
    }

    /// Stops the engine where it stands, as a kill of its process does; thrown by whoever stands behind one of its ports.
    public static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public Killed() {
            super("killed", null, false, false);
        }
    }

    /// @param fates what becomes of each control call
    /// @param network stands between the engine and its calls
    /// @param eyes stands between what was read and what the engine sees
    public record Parts(ModelService service, Opening journal, RunEvents codec, Function<Op, Fate> fates,
            UnaryOperator<Effects> network, UnaryOperator<Fleet> eyes) {
        public Parts(ModelService service, Opening journal, RunEvents codec, Function<Op, Fate> fates) {
            this(service, journal, codec, fates, UnaryOperator.identity(), UnaryOperator.identity());
        }
    }

    private static final Duration SOON = Duration.ofMillis(500);
    /// Nothing that was read before is fresh any more after this time.
    private static final Duration SETTLED = Fleet.FRESH.plusSeconds(2);
    /// How often one looks while nothing can have changed; time alone is waited for by `wakeAt`.
    private static final Duration QUIET = Duration.ofSeconds(4);

    private final Parts parts;
    private final VirtualTime time;
    private final List<String> notices = new ArrayList<>();
    private final List<Runnable> listeners = new ArrayList<>();
    private Engine engine;
    private Journal journal;
    private ControlCalls calls;
    private int starts;
    private boolean beginning;
    private long happenedAt;
    private long nextLook = Long.MAX_VALUE;
    private long looks;
    private boolean leaps;
    private boolean leaping;
    private @Nullable Fleet seen;
    private long seenAt = -1;

    @SuppressWarnings("NullAway.Init")
    public Simulation(Parts parts) throws JournalFailure {
        this.parts = parts;
        this.time = parts.service().model().time();
        parts.service().model().onChange(() -> {
            seenAt = -1;
            happened();
        });
        begin();
    }

    private void begin() throws JournalFailure {
        for (int tries = 0;; tries++) {
            try {
                starts++;
                beginning = true;
                calls = new ControlCalls(parts.service(), parts.fates());
                journal = parts.journal().open();
                engine = new Engine(new Engine.Parts(parts.service().model().environment(), journal, parts.codec(),
                        new WhileAlive(starts, parts.network().apply(calls)), time, this::fleet, this::felt,
                        started -> "wayback-" + started.run() + ".txt", new Ears(starts), "simulation " + starts));
                beginning = false;
                happened();
                listeners.forEach(Runnable::run);
                return;
            } catch (Killed e) {
                abandon();
                if (tries > 100) {
                    throw e;
                }
            }
        }
    }

    private void abandon() {
        leaping = false;
        calls.cut();
        journal.close();
    }

    /// What comes back to the engine may kill it, and then ends there.
    private final class WhileAlive implements Effects {
        private final int mine;
        private final Effects inner;

        WhileAlive(int mine, Effects inner) {
            this.mine = mine;
            this.inner = inner;
        }

        @Override
        public void start(Op op, Consumer<Outcome> then) {
            inner.start(op, outcome -> whileAlive(mine, () -> then.accept(outcome)));
        }

        @Override
        public void observe(Op op, Consumer<Settlement> then) {
            inner.observe(op, settlement -> whileAlive(mine, () -> then.accept(settlement)));
        }
    }

    private final class Ears implements Engine.Observer {
        private final int mine;

        Ears(int mine) {
            this.mine = mine;
        }

        @Override
        public void changed() {
            if (mine == starts && !beginning) {
                if (!isEvidence()) {
                    happened();
                }
                listeners.forEach(Runnable::run);
            }
        }

        @Override
        public void notice(Notice.Severity severity, String words) {
            notices.add(words);
        }
    }

    private void whileAlive(int mine, Runnable work) {
        if (mine != starts) {
            return;
        }
        try {
            work.run();
        } catch (Killed _) {
            kill();
        }
    }

    /// Ends the engine and begins anew on its journal.
    public void kill() {
        abandon();
        try {
            begin();
        } catch (JournalFailure e) {
            throw new IllegalStateException("the journal cannot be opened again: " + e.why(), e);
        }
    }

    private Fleet fleet() {
        if (seen == null || seenAt != time.ticks()) {
            seen = parts.eyes().apply(parts.service().model().fleet());
            seenAt = time.ticks();
        }
        return seen;
    }

    private Felt felt() {
        return parts.service().felt(engine.history().current().orElse(null));
    }

    /// It says that everything is as it was.
    private boolean isEvidence() {
        return engine.history().open().flatMap(run -> engine.history().newest(run.run()))
                .filter(RunEvent.SoakEvidence.class::isInstance).isPresent();
    }

    private void happened() {
        land();
        happenedAt = time.ticks();
        lookIn(SOON);
    }

    private void lookIn(Duration pause) {
        long at = time.ticks() + pause.toNanos();
        if (at < nextLook) {
            nextLook = at;
            long mine = ++looks;
            time.in(pause, () -> {
                if (looks == mine) {
                    nextLook = Long.MAX_VALUE;
                    look();
                }
            });
        }
    }

    /// From here on it looks only when more can follow than that a soak counts time. What the engine would have seen meanwhile is
    /// told to it, so that a run ends as it would have ended otherwise.
    public void leap() {
        leaps = true;
    }

    private void land() {
        if (leaping) {
            leaping = false;
            engine.sawNothingElse(Model.BETWEEN_READINGS);
        }
    }

    private void look() {
        land();
        whileAlive(starts, () -> engine.look());
        if (engine.history().open().isEmpty()) {
            return;
        }
        boolean settled = time.ticks() - happenedAt > SETTLED.toNanos();
        var counts = settled && leaps ? engine.countsUntil().filter(at -> at.isAfter(time.now())) : Optional.<Instant>empty();
        if (counts.isPresent()) {
            leaping = true;
            lookIn(Duration.between(time.now(), counts.get()));
            return;
        }
        var wake = engine.wakeAt().map(at -> Duration.between(time.now(), at).plusMillis(1));
        var pause = settled ? QUIET : SOON;
        lookIn(wake.filter(left -> left.compareTo(pause) < 0).orElse(pause));
    }

    /// Called after every event, when the engine's state has it.
    public void onEvent(Runnable listener) {
        listeners.add(listener);
    }

    public VirtualTime time() {
        return time;
    }

    public ModelService service() {
        return parts.service();
    }

    public Engine engine() {
        return engine;
    }

    public Journal journal() {
        return journal;
    }

    public List<String> notices() {
        return notices;
    }

    /// The open run, else the newest.
    public Optional<RunState> run() {
        return engine.history().current();
    }

    public Submitted submit(String run, Command command) {
        land();
        try {
            return engine.submit(run, command);
        } catch (Killed _) {
            kill();
            return new Submitted.Unknown("the engine was killed");
        }
    }

    /// The wall clock is set, and noticed to have been.
    public void jump(Duration by) {
        land();
        time.jump(by);
        parts.service().model().readNow();
        parts.service().lookedAway(by.abs());
        seenAt = -1;
        whileAlive(starts, () -> engine.clockJumped(by));
        happened();
    }

    public Snapshot snapshot() {
        var history = engine.history();
        var run = history.current().orElse(null);
        return new Snapshot(time.now(), "simulation", true, fleet(), List.of(), run,
                run == null ? List.of() : history.events(run.run()), history.summaries(), history.knownGood().orElse(null),
                engine.control().orElse(null), List.of());
    }

    /// Time passes while the newest run is open, at most so long from now.
    public void run(Duration atMost) {
        var until = time.passed().plus(atMost);
        while (run().map(RunState::open).orElse(false) && time.step(until)) {
            // time passes
        }
    }
}
