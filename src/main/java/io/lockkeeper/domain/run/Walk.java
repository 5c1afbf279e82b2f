package io.lockkeeper.domain.run;

import io.lockkeeper.domain.doc.Durations;
import io.lockkeeper.domain.fleet.AdminState;
import io.lockkeeper.domain.runbook.ChoiceExit;
import io.lockkeeper.domain.runbook.Step;
import io.lockkeeper.domain.runbook.Verb;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What follows by itself from a run's state and the facts: one round of events. The engine asks again until nothing follows.
final class Walk {
    private final RunState state;
    private final Facts facts;
    private final List<RunEvent> events = new ArrayList<>();

    private Walk(RunState state, Facts facts) {
        this.state = state;
        this.facts = facts;
    }

    static List<RunEvent> from(RunState state, Facts facts) {
        var walk = new Walk(state, facts);
        if (state.open()) {
            walk.lookForDrift();
            walk.holdWhereAVersionDrifted();
            walk.events.addAll(LateEffect.events(state, facts));
            if (!walk.events.isEmpty()) {
                return walk.events; // nothing is ordered on a ground that has just shifted
            }
            if (walk.sequence(state.activePlan().steps(), 0, Integer.MAX_VALUE) == Progress.DONE && walk.events.isEmpty()) {
                walk.end();
            }
        }
        return walk.events;
    }

    private enum Progress {
        /// Everything in it has ended, and nothing stands in the way of what comes after.
        DONE,
        /// Under way, or waiting for somebody.
        OPEN,
        /// Something in it went wrong and nobody has decided yet what now.
        STOPPED
    }

    private Progress sequence(List<Step> steps, int lanesUnderWay, int maxUnavailable) {
        for (var step : steps) {
            var progress = switch (step) {
                case Step.ForEach each -> forEach(each);
                case Step.Decision decision -> decision(decision, lanesUnderWay, maxUnavailable);
                default -> leaf(step, lanesUnderWay, maxUnavailable);
            };
            if (progress != Progress.DONE) {
                return progress;
            }
        }
        return Progress.DONE;
    }

    /// A decision, then what was chosen, then where that leads.
    private Progress decision(Step.Decision decision, int lanesUnderWay, int maxUnavailable) {
        var asked = leaf(decision, lanesUnderWay, maxUnavailable);
        var chosen = state.chosen(decision);
        if (asked != Progress.DONE || chosen.isEmpty()) {
            return asked;
        }
        var done = sequence(chosen.get().steps(), lanesUnderWay, maxUnavailable);
        if (done != Progress.DONE || chosen.get().then() == ChoiceExit.CONTINUE) {
            return done;
        }
        if (events.isEmpty()) {
            var words = decision.title() + " " + chosen.get().text();
            boolean back = chosen.get().then() == ChoiceExit.WAY_BACK && canGoBack(state);
            events.add(back
                    ? RunMachine.rollbackNow(state, "decision " + decision.path(), words, facts)
                    : new RunEvent.RunEnded(facts.now(), Ending.ABORTED, "decision " + decision.path(), words,
                            Leftovers.of(state, facts)));
        }
        return Progress.OPEN;
    }

    /// A kill may have come between the vote that decides and what follows from it.
    private List<RunEvent> chosen(Step.Decision decision, StepRun run) {
        if (!(run.progress() instanceof StepProgress.Votes votes)) {
            return List.of();
        }
        for (var choice : decision.choices()) {
            var by = votes.chosen().entrySet().stream().filter(vote -> vote.getValue().equals(choice.id())).map(Map.Entry::getKey)
                    .toList();
            if (by.size() >= decision.votes()) {
                return List.of(new RunEvent.Chosen(facts.now(), decision.path(), choice.id(), by));
            }
        }
        return List.of();
    }

    static boolean canGoBack(RunState state) {
        return !state.rollingBack() && state.preparedWayBack() != null;
    }

    private Progress leaf(Step step, int lanesUnderWay, int maxUnavailable) {
        var run = state.step(step.path());
        return switch (run.state()) {
            case SUCCEEDED, SKIPPED -> Progress.DONE;
            case FAILED, TIMED_OUT, ABORTED -> Progress.STOPPED;
            case NOT_STARTED -> {
                if (state.held() == null) {
                    enter(step, run.attempt() + 1);
                }
                yield Progress.OPEN;
            }
            default -> {
                goOn(step, run, lanesUnderWay, maxUnavailable);
                yield Progress.OPEN;
            }
        };
    }

    private void enter(Step step, int attempt) {
        events.add(new RunEvent.StepEntered(facts.now(), step.path(), attempt));
        if (step instanceof Step.Note note) {
            events.add(new RunEvent.StepSucceeded(facts.now(), note.path(), "shown"));
        }
    }

    private void goOn(Step step, StepRun run, int lanesUnderWay, int maxUnavailable) {
        switch (step) {
            case Step.Checklist list -> {
                if (list.items().stream().allMatch(item -> run.ticks().containsKey(item.id()))) {
                    events.add(new RunEvent.StepSucceeded(facts.now(), list.path(),
                            list.items().size() + " of " + list.items().size()
                                    + " ticked"));
                }
            }
            case Step.Action action ->
                events.addAll(new ActionWalk(state, facts, action, run).events(lanesUnderWay, maxUnavailable));
            case Step.Errand errand ->
                events.addAll(new ErrandWalk(state, facts, errand, run).events(lanesUnderWay, maxUnavailable));
            case Step.Gate gate -> events.addAll(new GateWalk(state, facts, gate, run).events());
            case Step.Soak soak -> events.addAll(new SoakWalk(state, facts, soak, run).events());
            case Step.Approval approval -> approval(approval, run);
            case Step.PointOfNoReturn point -> {
                if (run.released()) {
                    events.add(new RunEvent.StepSucceeded(facts.now(), point.path(),
                            "passed: from here on the way back is " + point.onward()));
                }
            }
            case Step.Decision decision -> events.addAll(chosen(decision, run));
            case Step.Note note -> events.add(new RunEvent.StepSucceeded(facts.now(), note.path(), "shown"));
            case Step.ForEach _ -> throw new IllegalStateException("a forEach is no leaf");
        }
    }

    private void approval(Step.Approval approval, StepRun run) {
        var watch = run.approval();
        if (watch == null) {
            var expires = facts.now().plus(approval.expires());
            events.add(new RunEvent.ApprovalRequested(facts.now(), approval.path(),
                    ApprovalRequest.text(state, approval, run, facts.environment(), expires), expires));
        } else if (!watch.expires().isAfter(facts.now())) {
            events.add(new RunEvent.StepFailed(facts.now(), approval.path(), StepState.TIMED_OUT,
                    "nobody approved it in " + Durations.words(approval.expires()) + "; the request has expired"));
        }
    }

    private Progress forEach(Step.ForEach each) {
        var open = each.lanes().stream().filter(lane -> !state.skippedLanes().contains(lane.path()))
                .map(lane -> LaneAt.of(lane, state)).toList();
        boolean failed = open.stream().anyMatch(LaneAt::failed);
        int underWay = (int) open.stream().filter(LaneAt::works).count();
        boolean all = true;
        for (var at : open) {
            if (at.done()) {
                continue;
            }
            all = false;
            if (at.failed()) {
                continue;
            }
            if (failed) {
                finishOnly(at.lane());
            } else if (at.works() || waitsForCall(at)) {
                sequence(at.lane().steps(), others(open, at, underWay), each.maxUnavailable());
            } else if (underWay < each.maxUnavailable() || isOutAndIdle(at)) {
                sequence(at.lane().steps(), others(open, at, underWay), each.maxUnavailable());
                underWay++;
            }
        }
        return all ? Progress.DONE : failed ? Progress.STOPPED : Progress.OPEN;
    }

    /// How many other nodes the run itself keeps out. On the way back those count, too, that wait with theirs.
    private int others(List<LaneAt> open, LaneAt lane, int underWay) {
        return state.rollingBack()
                ? (int) open.stream().filter(other -> !other.equals(lane) && other.underWay()).count()
                : lane.underWay() ? underWay - 1 : underWay;
    }

    /// A lane that can do nothing but wait for a call of the forward run holds no other lane back.
    private boolean waitsForCall(LaneAt at) {
        return at.idle() && ForwardCall
                .of(state, facts, at.lane().node(), path -> path.startsWith(at.lane().path() + "/")).isPresent();
    }

    /// It waited long enough: to put back a node that does not serve takes nothing from anybody.
    private boolean isOutAndIdle(LaneAt at) {
        return at.idle() && !facts.fleet().serves(at.lane().node(), facts.now());
    }

    /// Another lane failed: what is in flight here may end, nothing new is sent.
    private void finishOnly(Step.Lane lane) {
        for (var leaf : state.leaves(lane.steps())) {
            var run = state.step(leaf.path());
            boolean inFlight = run.state() == StepState.VERIFYING
                    || state.opsOf(leaf.path(), run.attempt()).stream().anyMatch(OpRun::undecided);
            if (run.state().open() && inFlight) {
                goOn(leaf, run, 0, Integer.MAX_VALUE);
            }
        }
    }

    /// Nothing passes over it: the run is held until a person goes back or ends it, or the node says its version again.
    private void holdWhereAVersionDrifted() {
        if (state.held() == null) {
            VersionDrift.of(state, facts.fleet(), facts.now())
                    .ifPresent(why -> events.add(new RunEvent.Held(facts.now(), "lockkeeper", why)));
        }
    }

    private void lookForDrift() {
        for (var entry : state.expected().entrySet()) {
            int at = entry.getKey().lastIndexOf('@');
            lookForDrift(entry.getKey().substring(0, at), entry.getKey().substring(at + 1), entry.getValue());
        }
    }

    private void lookForDrift(String node, String balancer, RunState.Expected order) {
        var expected = order.state();
        var sight = facts.fleet().balancers().get(balancer);
        if (sight == null || !sight.isReadSince(order.since())) {
            return;
        }
        var seen = facts.fleet().server(balancer, node, facts.now()).map(server -> server.admin()).orElse(AdminState.UNKNOWN);
        var known = state.drifts().get(RunFold.key(node, balancer));
        if (seen == AdminState.UNKNOWN || (seen == expected && known == null) || isOrderUnderWay(node + "@" + balancer)) {
            return;
        }
        if (seen == expected) {
            events.add(new RunEvent.DriftEnded(facts.now(), node, balancer));
        } else if (known == null || known.seen() != seen) {
            events.add(new RunEvent.DriftNoticed(facts.now(), node, balancer, expected, seen, "this run left " + node + " "
                    + expected.words() + " at " + balancer + ", now it is " + seen.words()
                    + ": the balancer was reloaded, or somebody else changed it"));
        }
    }

    private boolean isOrderUnderWay(String target) {
        return state.ops().values().stream().anyMatch(op -> op.undecided() && op.op().order().target().equals(target));
    }

    private void end() {
        if (state.aborting() != null) {
            events.add(aborted(state, facts, state.aborting().actor(), state.aborting().reason()));
            return;
        }
        if (!state.undecided().isEmpty() || Standing.isToBeReadAgain(state, facts)) {
            return; // what may still take effect may undo what was done: first it is known, by looking or by a person
        }
        if (VersionDrift.of(state, facts.fleet(), facts.now()).isPresent()) {
            return;
        }
        var skipped = state.activePlan().leaves().stream().map(leaf -> state.step(leaf.path()))
                .filter(step -> step.state() == StepState.SKIPPED).toList();
        boolean back = state.wayBack() != null;
        var against = Standing.against(state, facts);
        if (!skipped.isEmpty()) {
            events.add(ended(Ending.INCOMPLETE,
                    skipped.size() + (back ? " steps of the way back were skipped" : " steps were skipped")));
        } else if (!against.isEmpty()) {
            events.add(ended(Ending.INCOMPLETE, "every step succeeded, and not all of it stands: " + String.join("; ", against)));
        } else if (back && state.passedNoReturn().isPresent()) {
            events.add(ended(Ending.ROLLED_FORWARD, "past \"" + state.passedNoReturn().get().title()
                    + "\" there is no way back; " + state.activePlan().title() + " was walked to its end instead"));
        } else if (back) {
            events.add(ended(Ending.ROLLED_BACK, "every touched node is back at its restore point"));
        } else {
            recordKnownGood();
            events.add(ended(Ending.SUCCEEDED, "every step succeeded"));
        }
    }

    static RunEvent.RunEnded aborted(RunState state, Facts facts, String actor, String reason) {
        return new RunEvent.RunEnded(facts.now(), Ending.ABORTED, actor, "aborted" + (reason.isBlank() ? "" : ": " + reason),
                Leftovers.of(state, facts));
    }

    private RunEvent.RunEnded ended(Ending ending, String summary) {
        return new RunEvent.RunEnded(facts.now(), ending, state.start().actor(), summary,
                ending == Ending.SUCCEEDED ? List.of() : Leftovers.of(state, facts));
    }

    private void recordKnownGood() {
        boolean changesVersions = state.start().plan().leaves().stream().anyMatch(leaf -> leaf instanceof Step.Action action
                && (action.verb() == Verb.DEPLOY || action.verb() == Verb.ROLLBACK || action.verb() == Verb.RESTART));
        var versions = new TreeMap<String, String>();
        for (var node : facts.environment().nodeNames()) {
            if (!facts.fleet().serves(node, facts.now())) {
                return; // a version that serves nobody has not shown that it is good
            }
            facts.fleet().view(node, facts.now()).map(view -> view.version()).ifPresent(version -> versions.put(node, version));
        }
        if (changesVersions && versions.size() == facts.environment().nodes().size()) {
            events.add(new RunEvent.KnownGoodSet(facts.now(), state.start().actor(), versions));
        }
    }
}
