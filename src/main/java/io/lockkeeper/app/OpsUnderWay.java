package io.lockkeeper.app;

import io.lockkeeper.domain.run.Op;
import io.lockkeeper.domain.run.Order;
import io.lockkeeper.domain.run.Outcome;
import io.lockkeeper.domain.run.RunEvent;
import io.lockkeeper.domain.run.RunMachine;
import io.lockkeeper.domain.run.RunState;
import io.lockkeeper.domain.run.Settlement;
import io.lockkeeper.port.Time;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// Sends each op once, looks at what became of those whose outcome is open, and writes down what comes back. Owned by the engine's thread.
final class OpsUnderWay {
    private static final Duration BETWEEN_OBSERVATIONS = Duration.ofSeconds(1);
    /// Each look at what an errand did may itself be a process.
    private static final Duration BETWEEN_ASKING = Duration.ofSeconds(5);

    private final Effects effects;
    private final Time time;
    private final RunHistory history;
    private final EventLog log;
    private final Runnable look;
    private final Set<String> sent = new HashSet<>();
    private final Map<String, Long> observedAt = new HashMap<>();
    private final Set<String> observing = new HashSet<>();
    private int clocksSet;

    /// @param look whatever follows from an outcome
    OpsUnderWay(Effects effects, Time time, RunHistory history, EventLog log, Runnable look) {
        this.effects = effects;
        this.time = time;
        this.history = history;
        this.log = log;
        this.look = look;
    }

    /// What the journal has ordered leaves now.
    void act(RunState state) {
        for (var op : RunMachine.due(state)) {
            if (sent.add(op.id())) {
                effects.start(op, outcome -> settled(state.run(), op, outcome));
            }
        }
        for (var op : RunMachine.toObserve(state)) {
            if (state.open() && !lookedAtJustNow(op) && observing.add(op.id())) {
                int clock = clocksSet;
                effects.observe(op, settlement -> observed(state.run(), op, clock, settlement));
            }
        }
    }

    /// What is being looked at counts with a clock that was set meanwhile: it tells nothing.
    void clockWasSet() {
        clocksSet++;
    }

    private boolean lookedAtJustNow(Op op) {
        var before = observedAt.get(op.id());
        var pause = op.order() instanceof Order.Errand ? BETWEEN_ASKING : BETWEEN_OBSERVATIONS;
        return before != null && time.ticks() - before < pause.toNanos();
    }

    private void settled(String run, Op op, Outcome outcome) {
        var state = history.run(run).orElseThrow();
        var known = state.ops().get(op.id());
        boolean late = !state.open() || known == null || !known.undecided();
        log.keep(run,
                late
                        ? new RunEvent.LateReply(time.now(), op.id(), outcome)
                        : new RunEvent.OpSettled(time.now(), op.id(), outcome));
        look.run();
    }

    private void observed(String run, Op op, int clock, Settlement settlement) {
        observing.remove(op.id());
        observedAt.put(op.id(), time.ticks());
        var state = history.run(run).orElseThrow();
        var known = state.ops().get(op.id());
        boolean news = known != null && known.undecided() && clock == clocksSet
                && !(settlement instanceof Settlement.Open(var why) && why.equals(known.words()));
        if (news && state.open()) {
            log.keep(run, new RunEvent.OpObserved(time.now(), op.id(), settlement, null));
        }
        look.run();
    }
}
