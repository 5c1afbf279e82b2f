package io.lockkeeper.domain.run;

import io.lockkeeper.domain.fleet.Fleet;
import io.lockkeeper.domain.runbook.Step;
import io.lockkeeper.domain.signal.Reading;
import io.lockkeeper.domain.watch.Felt;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The whole logic of a run as pure functions: commands and facts become events, events become state, state says what is due.
public final class RunMachine {
    private RunMachine() {}

    /// The events of a start command.
    public static RunEvent.RunStarted start(Command.Start start, Instant now) {
        return new RunEvent.RunStarted(now, start.run(), start.actor(), start.reason(), start.runbookText(), start.runbookHash(),
                start.plan(),
                start.wayBack(), start.onward(), start.onAbort(), start.inputs(), start.restore(), start.guided(),
                start.environmentHash(), start.version(), start.nonce());
    }

    public static RunState begin(RunEvent.RunStarted started) {
        return RunFold.start(started);
    }

    /// Total; reads nothing but its arguments.
    public static RunState evolve(RunState state, RunEvent event) {
        return RunFold.evolve(state, event);
    }

    /// What a person's command leads to, or why it leads to nothing.
    public static Decision decide(RunState state, Command command, Facts facts) {
        return new Verdicts(state, facts).on(command);
    }

    /// Whether somebody has to have control of the environment for a command to be taken, where that is asked for.
    public static boolean needsControl(Command command) {
        return Verdicts.needsControl(command);
    }

    /// Why a held run cannot be continued, for whoever would offer it; empty where it can.
    public static Optional<String> cannotContinue(RunState state, Fleet fleet, Instant now) {
        return VersionDrift.of(state, fleet, now);
    }

    /// What follows by itself from the facts; asked again until the answer is empty.
    public static List<RunEvent> look(RunState state, Facts facts) {
        return Walk.from(state, facts);
    }

    /// Ops to be sent: intended by this incarnation and without an outcome. The caller sends each id once.
    public static Set<Op> due(RunState state) {
        return state.ops().values().stream()
                .filter(op -> op.is(OpRun.Status.PENDING) && op.op().incarnation() == state.incarnation())
                .map(OpRun::op).collect(Collectors.toSet());
    }

    /// Ops whose outcome is unknown and has to be settled by looking at the target.
    public static Set<Op> toObserve(RunState state) {
        return state.ops().values().stream().filter(op -> op.is(OpRun.Status.UNKNOWN))
                .filter(op -> !(op.op().order() instanceof Order.Errand errand && errand.asksPerson())) // only a person can tell
                .map(OpRun::op).collect(Collectors.toSet());
    }

    /// When the passing of time alone may lead to something, if nothing else happens before.
    public static Optional<Instant> wakeAt(RunState state, Instant now) {
        if (!state.open()) {
            return Optional.empty();
        }
        Instant next = null;
        for (var step : state.current()) {
            for (var at : wakeAt(state, step, now)) {
                next = at.isAfter(now) && (next == null || at.isBefore(next)) ? at : next;
            }
        }
        return Optional.ofNullable(next);
    }

    private static List<Instant> wakeAt(RunState state, StepRun step, Instant now) {
        var times = new ArrayList<Instant>();
        var gate = step.gate();
        if (gate != null) {
            times.add(gate.until());
            if (gate.holdingSince() != null) {
                times.add(gate.holdingSince().plus(hold(state, step)));
                times.add(now.plus(SoakWalk.LOOK));
            }
            state.opsOf(step.path(), step.attempt()).stream().filter(op -> !op.undecided()).reduce((_, later) -> later)
                    .ifPresent(op -> times.add(op.since().plus(GateWalk.BETWEEN_PROBES)));
        }
        var soak = step.soak();
        if (soak != null) {
            times.add(now.plus(SoakWalk.LOOK));
        }
        var approval = step.approval();
        if (approval != null) {
            times.add(approval.expires());
        }
        var drain = step.drain();
        if (drain != null) {
            times.add(drain.deadline());
            if (drain.emptySince() != null) {
                times.add(drain.emptySince().plus(DrainProof.AGREE));
                times.add(now.plus(SoakWalk.LOOK));
            }
        }
        for (var op : state.ops().values()) {
            if (op.undecided()) {
                times.add(op.op().deadline());
            }
        }
        return times;
    }

    private static Duration hold(RunState state, StepRun step) {
        return state.text(step.path()).map(text -> text instanceof Step.Gate gate ? gate.hold() : Duration.ZERO)
                .orElse(Duration.ZERO);
    }

    /// What was seen of the soaks that are under way, one look more; the caller keeps it between looks.
    public static Map<String, SoakTally> tallies(RunState state, Facts facts) {
        var next = new TreeMap<String, SoakTally>();
        for (var step : state.current()) {
            if (step.soak() != null && state.text(step.path()).orElse(null) instanceof Step.Soak soak) {
                var before = step.soak().pausedSince() == null ? facts.tallies().get(step.path()) : null;
                var after = SoakTally.next(before, SoakReading.of(soak, state, facts), facts.now());
                if (after != null) {
                    next.put(step.path(), after);
                }
            }
        }
        return next;
    }

    /// Until when nothing can follow but that soaks count time, as long as everything stays as it is; empty where more is under way.
    public static Optional<Instant> countsUntil(RunState state, Map<String, SoakTally> tallies) {
        Instant first = null;
        for (var step : state.current()) {
            var watch = step.soak();
            var tally = tallies.get(step.path());
            if (watch == null || watch.pausedSince() != null || tally == null
                    || !(state.text(step.path()).orElse(null) instanceof Step.Soak soak)) {
                return Optional.empty();
            }
            var end = tally.from().plus(soak.hold().minus(watch.counted()));
            first = first == null || end.isBefore(first) ? end : first;
        }
        return state.open() && state.undecided().isEmpty() ? Optional.ofNullable(first) : Optional.empty();
    }

    /// What would have been journalled of soaks where each look until then had seen what the last one saw, with a new reading in each
    /// `period`.
    public static List<RunEvent> evidenceUntil(Map<String, SoakTally> tallies, Instant until, Duration period) {
        var events = new ArrayList<RunEvent>();
        tallies.forEach((path, tally) -> {
            var next = tally;
            for (var at = tally.from().plus(SoakWalk.BETWEEN_EVIDENCE); at
                    .isBefore(until); at = at.plus(SoakWalk.BETWEEN_EVIDENCE)) {
                var seen = next.through(at, period);
                events.add(new RunEvent.SoakEvidence(at, path, seen.from(), at, seen.samples(), seen.worst().reading()));
                next = seen.after(at);
            }
        });
        events.sort(Comparator.comparing(RunEvent::at));
        return events;
    }

    /// The tallies where each look until then had seen what the last one saw, with a new reading in each `period`.
    public static Map<String, SoakTally> through(Map<String, SoakTally> tallies, Instant until, Duration period) {
        var next = new TreeMap<>(tallies);
        next.replaceAll((_, tally) -> tally.through(until, period));
        return next;
    }

    /// Between two looks anything may have happened: after a gap, what must hold without one cannot be said to have held.
    ///
    /// @param gap since the last look, by a clock that only goes forward
    public static Optional<RunEvent> lookedAway(RunState state, Duration gap, Instant now) {
        if (gap.compareTo(Fleet.FRESH) <= 0) {
            return Optional.empty();
        }
        boolean watches = state.open() && state.current().stream()
                .anyMatch(step -> step.progress() instanceof StepProgress.GateWatch
                        || step.progress() instanceof StepProgress.SoakWatch
                        || step.progress() instanceof StepProgress.DrainWatch);
        return watches ? Optional.of(new RunEvent.LookedAway(now, gap)) : Optional.empty();
    }

    /// Whether a gate or a soak that is under way asks what clients of ours felt.
    public static boolean asksClients(RunState state) {
        return state.current().stream().flatMap(step -> checks(state, step).stream())
                .anyMatch(check -> check.signal().ofClients());
    }

    /// What those checks are worth now, by [Felt#key].
    public static Map<String, Reading> judged(RunState state, Facts facts) {
        var judged = new TreeMap<String, Reading>();
        for (var step : state.current()) {
            var checks = checks(state, step);
            for (int number = 0; number < checks.size(); number++) {
                if (checks.get(number).signal().ofClients()) {
                    judged.put(Felt.key(step.path(), number),
                            GateJudge.judge(checks.get(number), number, step.path(), state, facts));
                }
            }
        }
        return judged;
    }

    private static List<Step.Check> checks(RunState state, StepRun step) {
        return switch (state.text(step.path()).orElse(null)) {
            case Step.Gate gate -> List.of(gate.check());
            case Step.Soak soak -> soak.checks();
            case null, default -> List.of();
        };
    }

    /// The proof of a drain that is under way, for display.
    public static DrainProof proof(StepProgress.DrainWatch watch, Facts facts) {
        return DrainProof.of(watch, facts);
    }

    /// The order in which the way back would take the touched nodes now, and what the guards have to say to it.
    public static RunEvent.RollbackOrdered rollbackNow(RunState state, String actor, String reason, Facts facts) {
        var nodes = WayBackOrder.of(state, facts);
        return new RunEvent.RollbackOrdered(facts.now(), actor, reason, nodes, WayBackOrder.warnings(state, nodes, facts));
    }
}
