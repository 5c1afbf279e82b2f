package io.lockkeeper.domain.run;

import io.lockkeeper.domain.fleet.AdminState;
import io.lockkeeper.domain.runbook.Step;
import java.util.ArrayList;
import java.util.Map;
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
        if (!facts.controlled() && needsControl(command)) {
            return refused("nobody has control of " + facts.environment().name() + ": take control first");
        }
        return switch (command) {
            case Command.Start _ -> refused("run " + state.run() + " is open; one run at a time in an environment");
            case Command.Go(var actor, var path) -> go(actor, path);
            case Command.Tick(var actor, var path, var item, var value) -> tick(actor, path, item, value);
            case Command.Untick(var actor, var path, var item) -> untick(actor, path, item);
            case Command.Choose(var actor, var path, var choice) -> choose(actor, path, choice);
            case Command.Approve(_, var path, var person, var signature) -> approve(command.actor(), path, person, signature);
            case Command.TakeControl _,Command.GiveBackControl _ -> refused("control is of the environment, not of a run");
            case Command.AcknowledgeTrigger _,Command.Tell _ -> refused("triggers are of the environment, not of a run");
            case Command.BeginDrill _,Command.EndDrill _ -> refused("a drill is of the environment, not of a run");
            case Command.DecideStragglers(var actor, var path, var choice) -> stragglers(actor, path, choice);
            case Command.Hold(var actor, var reason) -> state.held() != null
                    ? refused("already held by " + state.held().actor())
                    : Decision.of(new RunEvent.Held(facts.now(), actor, reason));
            case Command.Continue(var actor) -> goOn(actor);
            case Command.Retry(var actor, var path) -> retry(actor, path);
            case Command.SkipNode(var actor, var lane, var reason) -> skipNode(actor, lane, reason);
            case Command.SkipVerification(var actor, var path, var reason) -> skipVerification(actor, path, reason);
            case Command.Settle(var actor, var op, boolean applied, var evidence) -> settle(actor, op, applied, evidence);
            case Command.Reassert(var actor, var node, var balancer) -> reassert(actor, node, balancer);
            case Command.RollBack(var actor, var reason) -> rollBack(actor, reason);
            case Command.Abort(var actor, var reason) -> state.start().onAbort() == null || state.aborting() != null
                    ? Decision.of(Walk.aborted(state, facts, actor, reason))
                    : Decision.of(new RunEvent.AbortOrdered(facts.now(), actor, reason));
        };
    }

    private Decision goOn(String actor) {
        if (state.held() == null) {
            return refused("not held");
        }
        var drift = RunMachine.cannotContinue(state, facts.fleet(), facts.now());
        return drift.isPresent() ? refused(drift.get()) : Decision.of(new RunEvent.Continued(facts.now(), actor));
    }

    /// Whatever may lead to an order; not what holds, goes back, ends, or only writes down.
    static boolean needsControl(Command command) {
        return switch (command) {
            case Command.Start _,Command.Go _,Command.Continue _,Command.Retry _,Command.SkipNode _,Command.SkipVerification _,Command.Reassert _,Command.DecideStragglers _ ->
                true;
            case Command.Tick _,Command.Untick _,Command.Choose _,Command.Approve _,Command.Hold _,Command.Settle _,Command.RollBack _,Command.TakeControl _,Command.GiveBackControl _,Command.AcknowledgeTrigger _,Command.Tell _,Command.BeginDrill _,Command.EndDrill _,Command.Abort _ ->
                false;
        };
    }

    private static Decision refused(String why) {
        return new Decision.Refused(why);
    }

    private Decision go(String actor, String path) {
        var step = state.step(path);
        var text = state.text(path).orElse(null);
        boolean waits = (text instanceof Step.Action || text instanceof Step.Errand || text instanceof Step.PointOfNoReturn)
                && step.state() == StepState.AWAITING_PERSON && !step.released();
        var guarded = text instanceof Step.PointOfNoReturn ? Guarded.objection(state, facts) : Optional.<String>empty();
        if (waits && guarded.isPresent()) {
            return refused(guarded.get());
        }
        var version = switch (text) {
            case Step.Action action -> action.version();
            case Step.Errand errand -> errand.version();
            case null, default -> null;
        };
        if (waits && version != null && state.answer(version).isEmpty()) {
            return refused(path + " needs an answer that was not given: " + version.substring(1));
        }
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
        var unfit = AnswerType.objection(item.get(), value, facts.environment());
        if (unfit.isPresent()) {
            return refused("\"" + item.get().text() + "\": " + unfit.get());
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

    private Decision choose(String actor, String path, String choice) {
        if (!(state.text(path).orElse(null) instanceof Step.Decision decision)
                || state.step(path).state() != StepState.AWAITING_PERSON) {
            return refused(path + " is no decision that waits for anybody");
        }
        if (decision.choices().stream().noneMatch(one -> one.id().equals(choice))) {
            return refused(path + " has no choice \"" + choice + "\": "
                    + String.join(", ", decision.choices().stream().map(Step.Choice::id).toList()));
        }
        var before = state.step(path).progress() instanceof StepProgress.Votes votes ? votes : new StepProgress.Votes(Map.of());
        if (choice.equals(before.chosen().get(actor))) {
            return refused(actor + " has chosen " + choice + " already");
        }
        var by = before.with(actor, choice).chosen().entrySet().stream().filter(vote -> vote.getValue().equals(choice))
                .map(Map.Entry::getKey).toList();
        var cast = new RunEvent.VoteCast(facts.now(), path, actor, choice);
        return by.size() < decision.votes()
                ? Decision.of(cast)
                : Decision.of(cast, new RunEvent.Chosen(facts.now(), path, choice, by));
    }

    private Decision approve(String actor, String path, String name, String signature) {
        var watch = state.step(path).approval();
        if (!(state.text(path).orElse(null) instanceof Step.Approval step) || watch == null
                || state.step(path).state() != StepState.AWAITING_PERSON) {
            return refused(path + " is no approval that waits for anybody");
        }
        if (!watch.expires().isAfter(facts.now())) {
            return refused("the request expired at " + watch.expires());
        }
        if (!facts.environment().hash().equals(state.start().environmentHash())) {
            return refused("the environment file is not the one this run began with, so its roster may be another one too");
        }
        var person = facts.environment().person(name).orElse(null);
        if (person == null) {
            return refused(name + " is not on the roster of " + facts.environment().name());
        }
        if (!person.may(step.may())) {
            return refused(name + " may not \"" + step.may() + "\", by the roster of " + facts.environment().name());
        }
        if (name.equalsIgnoreCase(state.start().actor().strip())) {
            return refused(name + " started this run: somebody else has to approve it");
        }
        var other = approvedInTheSameRow(path, name);
        if (other.isPresent()) {
            return refused(name + " approved " + other.get() + " already: approvals in a row are given by different people");
        }
        return ApprovalRequest.objection(watch.request(), person, signature).map(Verdicts::refused)
                .orElseGet(() -> Decision.of(new RunEvent.ApprovalGiven(facts.now(), path, name, signature, actor),
                        new RunEvent.StepSucceeded(facts.now(), path, "approved by " + name + ", signature checked")));
    }

    /// Two people are asked for by two approvals one after the other.
    private Optional<String> approvedInTheSameRow(String path, String name) {
        var row = new ArrayList<String>();
        for (var leaf : state.activePlan().leaves()) {
            boolean beside = leaf instanceof Step.Approval && parent(leaf.path()).equals(parent(path));
            if (!beside && row.contains(path)) {
                break;
            }
            if (beside) {
                row.add(leaf.path());
            } else {
                row.clear();
            }
        }
        return row.stream().filter(one -> state.step(one).progress() instanceof StepProgress.Approved(var by) && by.equals(name))
                .findFirst();
    }

    private static String parent(String path) {
        return path.substring(0, path.lastIndexOf('/') + 1);
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
        var lane = state.activePlan().lanes().stream().filter(one -> one.path().equals(path)).findFirst();
        if (lane.isEmpty()) {
            return refused("no such lane: " + path);
        }
        if (state.skippedLanes().contains(path)) {
            return refused(lane.get().node() + " is already skipped");
        }
        var leaves = state.leaves(lane.get().steps());
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

    private Decision skipVerification(String actor, String path, String reason) {
        var step = state.step(path);
        boolean verifies = switch (state.text(path).orElse(null)) {
            case Step.Gate _,Step.Soak _ -> step.state() == StepState.VERIFYING || step.state() == StepState.SOAKING;
            case Step.Approval _ -> step.state() == StepState.AWAITING_PERSON;
            case null, default -> false;
        };
        boolean failed = (step.state() == StepState.FAILED || step.state() == StepState.TIMED_OUT)
                && !(state.text(path).orElse(null) instanceof Step.Action)
                && !(state.text(path).orElse(null) instanceof Step.Errand);
        if (!verifies && !failed) {
            return refused(path + " is no gate, soak or approval that is waiting or has failed");
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
        if (state.preparedWayBack() == null) {
            return refused("this runbook changes nothing, so there is no way back; abort ends it");
        }
        return Decision.of(RunMachine.rollbackNow(state, actor, reason, facts));
    }
}
