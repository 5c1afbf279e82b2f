package io.lockkeeper.domain.run;

import io.lockkeeper.domain.fleet.AdminState;
import io.lockkeeper.domain.run.OpRun.Status;
import io.lockkeeper.domain.run.StepProgress.ApprovalWatch;
import io.lockkeeper.domain.run.StepProgress.DrainWatch;
import io.lockkeeper.domain.run.StepProgress.GateWatch;
import io.lockkeeper.domain.run.StepProgress.SoakWatch;
import io.lockkeeper.domain.run.StepProgress.Votes;
import io.lockkeeper.domain.runbook.Step;
import io.lockkeeper.domain.signal.Reading;
import io.lockkeeper.domain.signal.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// `evolve`: a run's state after one more event. Total: an event that does not fit changes nothing, and nothing outside the arguments
/// is read. A mutable draft of one state, used for one event and thrown away.
final class RunFold {
    private static final Reading NOBODY_LOOKED = new Reading(Verdict.NO_DATA, 0, "", null, "nobody looked");

    private final RunEvent.RunStarted start;
    private final SharedMap.Draft<StepRun> steps;
    private final SharedMap.Draft<OpRun> ops;
    private final SharedMap.Draft<RunState.Expected> expected;
    private final SharedMap.Draft<RunState.Drift> drifts;
    private final Set<String> skippedLanes;
    private long incarnation;
    private RunState.@Nullable Hold held;
    private RunState.@Nullable WayBack wayBack;
    private RunState.@Nullable Hold aborting;
    private RunEvent.@Nullable RunEnded ended;

    private RunFold(RunState state) {
        start = state.start();
        steps = new SharedMap.Draft<>(state.steps());
        ops = new SharedMap.Draft<>(state.ops());
        expected = new SharedMap.Draft<>(state.expected());
        drifts = new SharedMap.Draft<>(state.drifts());
        skippedLanes = new HashSet<>(state.skippedLanes());
        incarnation = state.incarnation();
        held = state.held();
        wayBack = state.wayBack();
        aborting = state.aborting();
        ended = state.ended();
    }

    static RunState start(RunEvent.RunStarted started) {
        return new RunState(started, 0, null, Map.of(), Map.of(), Map.of(), Map.of(), Set.of(), null, null, null);
    }

    static RunState evolve(RunState state, RunEvent event) {
        var fold = new RunFold(state);
        fold.apply(state, event);
        return new RunState(fold.start, fold.incarnation, fold.held, fold.steps.map(), fold.ops.map(), fold.expected.map(),
                fold.drifts.map(),
                fold.skippedLanes,
                fold.wayBack, fold.aborting, fold.ended);
    }

    private void apply(RunState state, RunEvent event) {
        switch (event) {
            case RunEvent.RunStarted _,RunEvent.LateReply _,RunEvent.KnownGoodSet _,RunEvent.GateJudged _,RunEvent.ControlTaken _,RunEvent.ControlGivenBack _,RunEvent.TriggerFired _,RunEvent.TriggerAcknowledged _,RunEvent.Reported _,RunEvent.DrillBegan _,RunEvent.DrillEnded _ -> {
                // the first is the state's own beginning; the others are recorded for people, or are of the environment
            }
            case RunEvent.Resumed resumed -> resume(resumed);
            case RunEvent.ClockJumped(var at, var by) -> {
                tellBy(new ClockShift(moment -> moment.plus(by)));
                forgetWhatHeld(at, false);
            }
            case RunEvent.LookedAway(var at, _) -> forgetWhatHeld(at, false);
            case RunEvent.StepEntered(var at, var path, int attempt) -> enter(state, at, path, attempt);
            case RunEvent.StepReleased(var at, var path, _) -> step(path, step -> step.released(at));
            case RunEvent.StepBlocked(var at, var path, var why) -> step(path, step -> step.in(StepState.BLOCKED, at, why));
            case RunEvent.StepUnblocked(var at, var path) -> step(path, step -> step.in(StepState.RUNNING, at, ""));
            case RunEvent.ItemTicked(var at, var path, var item, var actor, var value) -> step(path,
                    step -> step.with(with(step.ticks(), item, new StepRun.Tick(actor, value, at))));
            case RunEvent.ItemUnticked(_, var path, var item, _) -> step(path, step -> step.with(without(step.ticks(), item)));
            case RunEvent.OpIntended(var at, var op) -> intend(at, op);
            case RunEvent.OpSettled(var at, var op, var outcome) -> settle(at, op, outcome);
            case RunEvent.OpObserved(var at, var op, var settlement, _) -> observe(at, op, settlement);
            case RunEvent.DrainBegan began -> step(began.path(),
                    step -> step.with(new DrainWatch(began.node(), began.at(), began.sessions(), began.bySession(),
                            began.deadline(), null, null,
                            null, null)).in(StepState.VERIFYING, began.at(), ""));
            case RunEvent.StragglersFound(var at, var path, long count, var evidence) -> drain(path,
                    watch -> watch.asked(count),
                    StepState.AWAITING_PERSON, at, evidence);
            case RunEvent.StragglersDecided(var at, var path, _, var choice, var deadline) -> drain(path,
                    watch -> watch.decided(choice, deadline, at),
                    StepState.VERIFYING, at, "");
            case RunEvent.GateHolding(var at, var path, var reading) -> hold(path, at, reading);
            case RunEvent.GateBroken(_, var path, var reading) -> hold(path, null, reading);
            case RunEvent.GateExtended(_, var path, var by, var reading) -> step(path, step -> step.gate() == null
                    ? step
                    : step.with(new GateWatch(step.gate().holdingSince(), step.gate().until().plus(by), true, reading)));
            case RunEvent.SoakEvidence(_, var path, var from, var to, int samples, var worst) ->
                soak(path, watch -> watch.more(Duration.between(from, to), samples, worst));
            case RunEvent.SoakPaused(var at, var path, boolean bad, var why) -> soak(path, watch -> watch.paused(at, bad, why));
            case RunEvent.SoakWentOn(_, var path) -> soak(path, SoakWatch::counting);
            case RunEvent.VoteCast(_, var path, var actor, var choice) -> step(path, step -> step
                    .with((step.progress() instanceof Votes votes ? votes : new Votes(Map.of())).with(actor, choice)));
            case RunEvent.Chosen(var at, var path, var choice, var by) -> step(path,
                    step -> step.with(new StepProgress.Chosen(choice, by)).in(StepState.SUCCEEDED, at,
                            choice + ", chosen by " + String.join(", ", by)));
            case RunEvent.ApprovalRequested(_, var path, var request, var expires) -> step(path,
                    step -> step.with(new ApprovalWatch(request, expires)));
            case RunEvent.ApprovalGiven(_, var path, var person, _, _) ->
                step(path, step -> step.with(new StepProgress.Approved(person)));
            case RunEvent.AbortOrdered(var at, var actor, var reason) -> {
                aborting = new RunState.Hold(actor, reason, at);
                held = null;
                stopOpenSteps(at, "stopped: the run is being aborted");
            }
            case RunEvent.StepSucceeded(var at, var path, var evidence) ->
                step(path, step -> step.in(StepState.SUCCEEDED, at, evidence));
            case RunEvent.StepFailed(var at, var path, var failed, var why) -> step(path, step -> step.in(failed, at, why));
            case RunEvent.StepSkipped(var at, var path, var actor, var why) -> step(path,
                    step -> step.in(StepState.SKIPPED, at, "skipped by " + actor + ": " + why));
            case RunEvent.Retried(var at, var path, _, int attempt) -> {
                enter(state, at, path, attempt);
                step(path, step -> step.state() == StepState.AWAITING_PERSON && isAction(state, path) ? step.released(at) : step);
            }
            case RunEvent.NodeSkipped skipped -> skipLane(state, skipped);
            case RunEvent.LaneBegunAgain(var at, var lane, var op, _) -> {
                steps.replaceAll((path, step) -> path.startsWith(lane + "/") && !isOrderedErrand(path) ? step.anew(at) : step);
                Optional.ofNullable(ops.get(op)).ifPresent(late -> ops.put(op, late.answered()));
            }
            case RunEvent.Held(var at, var actor, var reason) -> held = new RunState.Hold(actor, reason, at);
            case RunEvent.Continued _ -> held = null;
            case RunEvent.DriftNoticed(var at, var node, var balancer, var wanted, var seen, var why) ->
                drifts.put(key(node, balancer),
                        new RunState.Drift(node, balancer, wanted, seen, why, at));
            case RunEvent.DriftEnded(_, var node, var balancer) -> drifts.remove(key(node, balancer));
            case RunEvent.RollbackOrdered ordered -> rollBack(state, ordered);
            case RunEvent.RunEnded end -> end(end);
        }
    }

    /// Nobody but a person has it done a second time.
    private boolean isOrderedErrand(String path) {
        return text(path).orElse(null) instanceof Step.Errand
                && ops.values().stream().anyMatch(op -> op.op().path().equals(path));
    }

    static String key(String node, String balancer) {
        return node + "@" + balancer;
    }

    private void step(String path, UnaryOperator<StepRun> change) {
        steps.put(path, change.apply(steps.getOrDefault(path, StepRun.notStarted(path, start.at()))));
    }

    private void enter(RunState state, Instant at, String path, int attempt) {
        var text = state.text(path).orElse(null);
        boolean forward = wayBack == null;
        step(path, before -> {
            var entered = before.entered(at, attempt);
            return switch (text) {
                case Step.Checklist _ -> entered.in(StepState.AWAITING_PERSON, at, "");
                case Step.Action _,Step.Errand _ ->
                    start.guided() && forward ? entered.in(StepState.AWAITING_PERSON, at, "") : entered.released(at);
                case Step.Decision _,Step.Approval _,Step.PointOfNoReturn _ -> entered.in(StepState.AWAITING_PERSON, at, "");
                case Step.Soak _ -> entered.with(SoakWatch.NEW).in(StepState.SOAKING, at, "");
                case Step.Gate gate ->
                    entered.with(new GateWatch(null, at.plus(gate.within()), false, null)).in(StepState.VERIFYING, at, "");
                case null, default -> entered;
            };
        });
    }

    private static boolean isAction(RunState state, String path) {
        var text = state.text(path).orElse(null);
        return text instanceof Step.Action || text instanceof Step.Errand;
    }

    private void resume(RunEvent.Resumed resumed) {
        incarnation = resumed.incarnation();
        tellBy(new ClockShift(moment -> moment.isAfter(resumed.at()) ? resumed.at() : moment)); // the clock may have been set back
        ops.replaceAll((_, op) -> {
            if (op.status() != Status.PENDING || op.op().incarnation() >= resumed.incarnation()) {
                return op;
            }
            return op.op().order().disruptive()
                    ? op.in(Status.UNKNOWN, resumed.at(),
                            "sent or about to be sent when the console stopped; no outcome was recorded")
                    : op.in(Status.NOT_APPLIED, resumed.at(), "given up when the console stopped");
        });
        ops.replaceAll((_, op) -> op.is(Status.UNKNOWN) ? op.settlingFrom(resumed.at()) : op);
        ops.values().stream().filter(op -> op.is(Status.UNKNOWN)).forEach(op -> markUnknown(op, resumed.at()));
        forgetWhatHeld(resumed.at(), true);
    }

    private void tellBy(ClockShift clock) {
        ops.replaceAll(
                (_, op) -> op.undecided() || steps.getOrDefault(op.op().path(), StepRun.notStarted("", start.at())).state().open()
                        ? clock.told(op)
                        : op);
        steps.replaceAll((_, step) -> clock.told(step));
        expected.replaceAll((_, order) -> clock.told(order));
    }

    private void markUnknown(OpRun op, Instant at) {
        var step = steps.get(op.op().path());
        if (step != null && step.state().open() && step.attempt() == op.op().attempt()) {
            boolean asks = op.op().order() instanceof Order.Errand errand && errand.asksPerson();
            steps.put(step.path(), step.in(asks ? StepState.AWAITING_PERSON : StepState.OUTCOME_UNKNOWN, at, op.words()));
        }
    }

    /// Nobody looked for a while: what must hold without a gap starts again, and after a restart gates get their whole time again.
    private void forgetWhatHeld(Instant at, boolean newDeadlines) {
        steps.replaceAll((path, step) -> {
            var next = step;
            if (step.soak() != null && step.state().open() && step.soak().pausedSince() != null) {
                next = next.with(step.soak().paused(at, step.soak().bad(),
                        step.soak().last() == null ? NOBODY_LOOKED : step.soak().last()));
            }
            if (step.gate() != null && step.state().open()) {
                Duration within = text(path)
                        .map(text -> text instanceof Step.Gate gate ? gate.within() : Duration.ZERO).orElse(Duration.ZERO);
                var until = newDeadlines ? at.plus(within) : step.gate().until();
                next = next.with(new GateWatch(null, until, step.gate().extended(), step.gate().last()));
            }
            var drain = step.drain();
            if (drain != null && step.state().open()) {
                next = next.with(drain.empty(null));
            }
            return next;
        });
    }

    private Optional<Step> text(String path) {
        return start.plan().leaf(path).or(() -> wayBack == null ? Optional.empty() : wayBack.plan().leaf(path))
                .or(() -> start.onAbort() == null ? Optional.empty() : start.onAbort().leaf(path));
    }

    private void intend(Instant at, Op op) {
        ops.put(op.id(), new OpRun(op, Status.PENDING, at, "", null));
        var step = steps.get(op.path());
        if (step != null && step.attempt() < op.attempt()) { // of no plan: ordered by a person on ground that had shifted
            steps.put(op.path(), step.entered(at, op.attempt()));
        } else if (step != null && step.state() == StepState.BLOCKED) {
            steps.put(op.path(), step.in(StepState.RUNNING, at, ""));
        }
    }

    private void settle(Instant at, String id, Outcome outcome) {
        var op = ops.get(id);
        if (op == null || op.status() != Status.PENDING) {
            return;
        }
        var settled = op.settled(at, outcome);
        ops.put(id, settled);
        if (settled.is(Status.DONE)) {
            nowExpected(settled.op().order(), at);
        } else if (settled.is(Status.UNKNOWN)) {
            markUnknown(settled, at);
        }
    }

    private void observe(Instant at, String id, Settlement settlement) {
        var op = ops.get(id);
        if (op == null || op.status() != Status.UNKNOWN) {
            return;
        }
        switch (settlement) {
            case Settlement.Applied(var evidence) -> {
                ops.put(id, op.in(Status.DONE, at, evidence));
                nowExpected(op.op().order(), at);
                known(op, at);
            }
            case Settlement.NotApplied(var evidence) -> {
                ops.put(id, op.in(Status.NOT_APPLIED, at, evidence));
                known(op, at);
            }
            case Settlement.Open(var why) -> {
                ops.put(id, new OpRun(op.op(), Status.UNKNOWN, op.since(), why, op.outcome()));
                markUnknown(ops.getOrDefault(id, op), op.since());
            }
        }
    }

    private void known(OpRun op, Instant at) {
        var step = steps.get(op.op().path());
        boolean asked = op.op().order() instanceof Order.Errand errand && errand.asksPerson();
        if (step != null && (step.state() == StepState.OUTCOME_UNKNOWN || (asked && step.state() == StepState.AWAITING_PERSON))) {
            steps.put(step.path(), step.in(step.drain() == null ? StepState.RUNNING : StepState.VERIFYING, at, ""));
        }
    }

    private void nowExpected(Order order, Instant at) {
        switch (order) {
            case Order.Drain(var node, var balancer) -> expect(node, balancer, AdminState.DRAINED, at);
            case Order.Enable(var node, var balancer) -> expect(node, balancer, AdminState.ENABLED, at);
            default -> {
                // the others leave the admin state alone
            }
        }
    }

    private void expect(String node, String balancer, AdminState state, Instant at) {
        expected.put(key(node, balancer), new RunState.Expected(state, at));
        drifts.remove(key(node, balancer));
    }

    private void drain(String path, UnaryOperator<DrainWatch> change, StepState next, Instant at, String words) {
        step(path, step -> step.drain() == null ? step : step.with(change.apply(step.drain())).in(next, at, words));
    }

    private void soak(String path, UnaryOperator<SoakWatch> change) {
        step(path, step -> step.soak() == null ? step : step.with(change.apply(step.soak())));
    }

    private void hold(String path, @Nullable Instant since, Reading reading) {
        step(path, step -> {
            var drain = step.drain();
            if (drain != null) {
                return step.with(drain.empty(since));
            }
            var gate = step.gate();
            return gate == null ? step : step.with(new GateWatch(since, gate.until(), gate.extended(), reading));
        });
    }

    private void skipLane(RunState state, RunEvent.NodeSkipped skipped) {
        skippedLanes.add(skipped.lane());
        for (var leaf : state.activePlan().leaves()) {
            if (leaf.path().startsWith(skipped.lane() + "/") && state.step(leaf.path()).state() != StepState.SUCCEEDED) {
                step(leaf.path(), step -> step.in(StepState.SKIPPED, skipped.at(),
                        "node skipped by " + skipped.actor() + ": " + skipped.reason()));
            }
        }
    }

    private void rollBack(RunState before, RunEvent.RollbackOrdered ordered) {
        var prepared = before.preparedWayBack();
        if (prepared == null || wayBack != null) {
            return;
        }
        held = null;
        aborting = null;
        wayBack = new RunState.WayBack(ordered.actor(), ordered.reason(),
                before.passedNoReturn().isPresent() ? prepared : WayBackOrder.cut(prepared, ordered.nodes()),
                ordered.warnings(),
                ordered.at());
        stopOpenSteps(ordered.at(), "stopped for the way back");
    }

    private void end(RunEvent.RunEnded end) {
        ended = end;
        held = null;
        aborting = null;
        stopOpenSteps(end.at(), end.summary());
    }

    private void stopOpenSteps(Instant at, String why) {
        var busy = new LinkedHashSet<String>();
        ops.values().stream().filter(OpRun::undecided).forEach(op -> busy.add(op.op().path()));
        steps.replaceAll((path, step) -> step.state().open() && step.state() != StepState.NOT_STARTED && !busy.contains(path)
                ? step.in(StepState.ABORTED, at, why)
                : step);
    }

    private static <V> Map<String, V> with(Map<String, V> map, String key, V value) {
        var next = new LinkedHashMap<>(map);
        next.put(key, value);
        return next;
    }

    private static <V> Map<String, V> without(Map<String, V> map, String key) {
        var next = new LinkedHashMap<>(map);
        next.remove(key);
        return next;
    }
}
