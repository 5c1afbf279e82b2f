package io.lockkeeper.domain.run;

import io.lockkeeper.domain.fleet.AdminState;
import io.lockkeeper.domain.runbook.Plan;
import io.lockkeeper.domain.runbook.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Answers to people's commands: each is taken or refused with a reason, never ignored.
final class Verdicts {
    private final RunState state;
    private final Facts facts;

    Verdicts(RunState state, Facts facts) {
        this.state = state;
        this.facts = facts;
    }

    Decision on(Command command) {
        if (state.ended() != null) {
            return refused("run " + state.run() + " has ended (" + state.ended().ending().words() + ")");
        }
        return switch (command) {
            case Command.Start _ -> refused("run " + state.run() + " is open; one run at a time in an environment");
            case Command.Go(var actor, var path) -> go(actor, path);
            case Command.Tick(var actor, var path, var item, var value) -> tick(actor, path, item, value);
            case Command.Untick(var actor, var path, var item) -> untick(actor, path, item);
            case Command.DecideStragglers(var actor, var path, var choice) -> stragglers(actor, path, choice);
            case Command.Hold(var actor, var reason) -> state.held() != null
                    ? refused("already held by " + state.held().actor())
                    : Decision.of(new RunEvent.Held(facts.now(), actor, reason));
            case Command.Continue(var actor) -> state.held() == null
                    ? refused("not held")
                    : Decision.of(new RunEvent.Continued(facts.now(), actor));
            case Command.Retry(var actor, var path) -> retry(actor, path);
            case Command.SkipNode(var actor, var lane, var reason) -> skipNode(actor, lane, reason);
            case Command.SkipVerification(var actor, var path, var reason) -> skipVerification(actor, path, reason);
            case Command.Settle(var actor, var op, boolean applied, var evidence) -> settle(actor, op, applied, evidence);
            case Command.Reassert(var actor, var node, var balancer) -> reassert(actor, node, balancer);
            case Command.RollBack(var actor, var reason) -> rollBack(actor, reason);
            case Command.Abort(var actor, var reason) -> Decision.of(new RunEvent.RunEnded(facts.now(), Ending.ABORTED, actor,
                    "aborted" + (reason.isBlank() ? "" : ": " + reason), Leftovers.of(state, facts)));
        };
    }

    private static Decision refused(String why) {
        return new Decision.Refused(why);
    }

    private Decision go(String actor, String path) {
        var step = state.step(path);
        boolean waits = state.text(path).orElse(null) instanceof Step.Action && step.state() == StepState.AWAITING_PERSON
                && !step.released();
        return waits
                ? Decision.of(new RunEvent.StepReleased(facts.now(), path, actor))
                : refused(path + " does not wait for go: it is "
                        + step.state().words());
    }

    private Decision tick(String actor, String path, String id, String value) {
        var item = item(path, id);
        if (item.isEmpty()) {
            return refused("no such item: " + path + " / " + id);
        }
        if (state.step(path).state() != StepState.AWAITING_PERSON) {
            return refused(path + " is " + state.step(path).state().words());
        }
        if (item.get().ask() != null && value.isBlank()) {
            return refused("\"" + item.get().text() + "\" asks for a value: " + item.get().ask());
        }
        return state.step(path).ticks().containsKey(id)
                ? refused("already ticked")
                : Decision.of(new RunEvent.ItemTicked(facts.now(), path, id, actor, value));
    }

    private Decision untick(String actor, String path, String id) {
        boolean possible = state.step(path).state() == StepState.AWAITING_PERSON && state.step(path).ticks().containsKey(id);
        return possible
                ? Decision.of(new RunEvent.ItemUnticked(facts.now(), path, id, actor))
                : refused("not ticked, or already passed");
    }

    private Optional<Step.Item> item(String path, String id) {
        return state.text(path).flatMap(step -> step instanceof Step.Checklist list
                ? list.items().stream().filter(item -> item.id().equals(id)).findFirst()
                : Optional.empty());
    }

    private Decision stragglers(String actor, String path, StragglerChoice choice) {
        var step = state.step(path);
        var watch = step.drain();
        if (watch == null || !step.state().open()) {
            return refused("no drain is under way at " + path);
        }
        if (state.opsOf(path, step.attempt()).stream().anyMatch(OpRun::undecided)) {
            return refused("an order is in flight at " + path + "; decide again when it has ended");
        }
        var deadline = switch (choice) {
            case StragglerChoice.Wait(var longer) -> facts.now().plus(longer);
            case StragglerChoice.Close(int perSecond, _) ->
                ActionWalk.closeDeadline(facts, perSecond, DrainProof.of(watch, facts).left());
            case StragglerChoice.GiveUp _ -> facts.now();
        };
        if (choice instanceof StragglerChoice.Close(int perSecond, _) && perSecond < 1) {
            return refused("closing needs a rate of at least 1 per second");
        }
        return Decision.of(new RunEvent.StragglersDecided(facts.now(), path, actor, choice, deadline));
    }

    private Decision retry(String actor, String path) {
        var step = state.step(path);
        if (step.state() != StepState.FAILED && step.state() != StepState.TIMED_OUT) {
            return refused(path + " has not failed: it is " + step.state().words());
        }
        if (state.opsOf(path, step.attempt()).stream().anyMatch(OpRun::undecided)) {
            return refused("the outcome of its last order is not known yet; settle that first");
        }
        return Decision.of(new RunEvent.Retried(facts.now(), path, actor, step.attempt() + 1));
    }

    private Decision skipNode(String actor, String path, String reason) {
        var lane = lanes(state.activePlan().steps()).stream().filter(one -> one.path().equals(path)).findFirst();
        if (lane.isEmpty()) {
            return refused("no such lane: " + path);
        }
        if (state.skippedLanes().contains(path)) {
            return refused(lane.get().node() + " is already skipped");
        }
        var leaves = new Plan("", "", lane.get().steps()).leaves();
        if (leaves.stream().allMatch(leaf -> state.step(leaf.path()).state() == StepState.SUCCEEDED)) {
            return refused(lane.get().node() + " is done");
        }
        boolean undecided = leaves.stream().anyMatch(leaf -> state.opsOf(leaf.path(), state.step(leaf.path()).attempt()).stream()
                .anyMatch(op -> op.undecided() && op.op().order().disruptive()));
        if (undecided) {
            return refused("an order to " + lane.get().node() + " is in flight or of unknown outcome; settle that first");
        }
        return Decision.of(new RunEvent.NodeSkipped(facts.now(), path, lane.get().node(), actor, reason));
    }

    private static List<Step.Lane> lanes(List<Step> steps) {
        var lanes = new ArrayList<Step.Lane>();
        for (var step : steps) {
            if (step instanceof Step.ForEach each) {
                lanes.addAll(each.lanes());
                each.lanes().forEach(lane -> lanes.addAll(lanes(lane.steps())));
            }
        }
        return lanes;
    }

    private Decision skipVerification(String actor, String path, String reason) {
        var step = state.step(path);
        boolean gate = state.text(path).orElse(null) instanceof Step.Gate;
        boolean there = step.state() == StepState.VERIFYING || step.state() == StepState.FAILED
                || step.state() == StepState.TIMED_OUT;
        if (!gate || !there) {
            return refused(path + " is no gate that is waiting or has failed");
        }
        if (reason.isBlank()) {
            return refused("skipping a verification needs a reason");
        }
        return Decision.of(new RunEvent.StepSkipped(facts.now(), path, actor, reason));
    }

    private Decision settle(String actor, String id, boolean applied, String evidence) {
        var op = state.ops().get(id);
        if (op == null || !op.is(OpRun.Status.UNKNOWN)) {
            return refused("no unknown outcome: " + id);
        }
        if (evidence.isBlank()) {
            return refused("settling an unknown outcome needs what you saw");
        }
        return Decision.of(new RunEvent.OpObserved(facts.now(), id,
                applied ? new Settlement.Applied(evidence) : new Settlement.NotApplied(evidence), actor));
    }

    private Decision reassert(String actor, String node, String balancer) {
        var drift = state.drifts().get(RunFold.key(node, balancer));
        if (drift == null) {
            return refused(balancer + " has " + node + " as this run left it");
        }
        var order = drift.expected() == AdminState.DRAINED ? new Order.Drain(node, balancer) : new Order.Enable(node, balancer);
        var path = "ground/" + node + "@" + balancer;
        int attempt = (int) state.ops().values().stream().filter(op -> op.op().path().equals(path)).count() + 1;
        if (state.ops().values().stream().anyMatch(op -> op.undecided() && op.op().order().target().equals(order.target()))) {
            return refused("an order to " + order.target() + " is in flight or of unknown outcome");
        }
        return Decision.of(new RunEvent.StepReleased(facts.now(), path, actor), new RunEvent.OpIntended(facts.now(),
                new Op(Op.id(state.run(), path, order, attempt), path, order, attempt,
                        state.incarnation(), facts.now(), facts.now().plusSeconds(15), null)));
    }

    private Decision rollBack(String actor, String reason) {
        if (state.wayBack() != null) {
            return refused("the way back is already under way, ordered by " + state.wayBack().actor());
        }
        if (state.start().wayBack() == null) {
            return refused("this runbook changes nothing, so there is no way back; abort ends it");
        }
        return Decision.of(RunMachine.rollbackNow(state, actor, reason, facts));
    }
}
