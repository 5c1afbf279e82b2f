package io.lockkeeper.search;

import io.lockkeeper.app.Effects;
import io.lockkeeper.app.RunHistory;
import io.lockkeeper.app.simulation.Simulation;
import io.lockkeeper.domain.fleet.AdminState;
import io.lockkeeper.domain.fleet.Fleet;
import io.lockkeeper.domain.journal.Entry;
import io.lockkeeper.domain.run.Command;
import io.lockkeeper.domain.run.Decision;
import io.lockkeeper.domain.run.Ending;
import io.lockkeeper.domain.run.Facts;
import io.lockkeeper.domain.run.Op;
import io.lockkeeper.domain.run.OpRun;
import io.lockkeeper.domain.run.Order;
import io.lockkeeper.domain.run.Outcome;
import io.lockkeeper.domain.run.RunEvent;
import io.lockkeeper.domain.run.RunMachine;
import io.lockkeeper.domain.run.RunState;
import io.lockkeeper.domain.run.Settlement;
import io.lockkeeper.domain.run.StepState;
import io.lockkeeper.domain.runbook.Condition;
import io.lockkeeper.domain.runbook.GateSignal;
import io.lockkeeper.domain.runbook.RestorePoint;
import io.lockkeeper.domain.runbook.Step;
import io.lockkeeper.domain.runbook.Verb;
import io.lockkeeper.port.JournalFailure;
import io.lockkeeper.port.RunEvents;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What must hold at every moment of a run, asked of the model and of the journal and never of the engine.
final class Invariants implements Effects {
    /// What was seen may be so old when it is acted upon, and has taken so long to be read.
    private static final Duration SEEN = Fleet.FRESH.plusMillis(1_100);

    private static final long MOST_EVENTS = 5_000;

    /// Where nothing is known of the life before, a process that began at most so long before the order counts as the new one: clocks of
    /// nodes are not ours, and some tell whole seconds.
    private static final long JUST_BEFORE = Duration.ofSeconds(1).toNanos();

    private final Truth truth;
    private final RunEvents codec;
    private final RunHistory fold;
    private final List<String> violations = new ArrayList<>();
    private final Set<String> sent = new HashSet<>();
    private final Map<String, Long> since = new HashMap<>();
    private final Set<String> foundNotApplied = new HashSet<>();
    private final Map<String, Duration> soaked = new HashMap<>();
    private final Map<String, Long> soakedUntil = new HashMap<>();
    private final Set<String> approved = new HashSet<>();
    private final Map<String, Map<String, String>> votes = new HashMap<>();
    private final Set<String> firedGuards = new HashSet<>();
    private final Set<String> begun = new HashSet<>();
    private final Set<String> guarding;
    private boolean leaving;
    private Simulation simulation;
    private Effects inner;
    private Settled settled = new Settled(0, 0);
    private long seq;
    private int applied;

    @SuppressWarnings("NullAway.Init")
    Invariants(Truth truth, RunEvents codec, Set<String> guarding) {
        this.guarding = guarding;
        this.truth = truth;
        this.codec = codec;
        this.fold = new RunHistory(codec);
    }

    void watch(Simulation watched) {
        simulation = watched;
        watched.onEvent(this::onEvent);
    }

    Effects between(Effects next) {
        inner = next;
        return this;
    }

    List<String> violations() {
        return violations;
    }

    long events() {
        return seq;
    }

    private long ticks() {
        return simulation.time().ticks();
    }

    void violated(String what) {
        violations.add(simulation.time().passed() + " " + what);
    }

    /// Everything that was written since the last look, in order.
    void onEvent() {
        if (seq > MOST_EVENTS) {
            throw new IllegalStateException("more than " + MOST_EVENTS + " events: it goes in circles");
        }
        try {
            for (var entry : simulation.journal().read(seq + 1)) {
                onEntry(entry);
            }
        } catch (JournalFailure e) {
            violated("the journal cannot be read: " + e.why());
        }
        afterEvents();
    }

    private void onEntry(Entry entry) {
        if (entry.seq() != seq + 1) {
            violated("entry " + entry.seq() + " follows " + seq);
        }
        seq = entry.seq();
        fold.add(entry);
        try {
            var event = codec.decode(new RunEvents.Encoded(entry.type(), entry.version(), entry.body()));
            guards(event);
            if (entry.run() != null) {
                fold.run(entry.run()).ifPresent(state -> on(event, state));
            }
        } catch (RunEvents.UnknownEvent e) {
            violated("an event cannot be read: " + e.getMessage());
        }
    }

    private void afterEvents() {
        var state = fold.current().orElse(null);
        if (state == null) {
            return;
        }
        if (!simulation.engine().history().run(state.run()).map(state::equals).orElse(false)) {
            violated("the engine's state is not the fold of its journal");
        }
        lateApplications();
        if (state.open() && !state.rollingBack() && state.start().wayBack() != null && !state.touched().isEmpty()) {
            var facts = new Facts(simulation.service().model().environment(), simulation.service().model().fleet(),
                    simulation.time().now());
            if (RunMachine.decide(state, new Command.RollBack("anybody", ""), facts) instanceof Decision.Refused(var why)) {
                violated("the way back is refused: " + why);
            }
        }
    }

    /// What was said not to have been applied must not take effect afterwards.
    void lateApplications() {
        var all = simulation.service().applied();
        for (; applied < all.size(); applied++) {
            var id = all.get(applied).id();
            if (foundNotApplied.contains(id)) {
                violated("found not applied, and then it was: " + id);
            }
        }
    }

    /// What became of orders whose outcome was unknown.
    ///
    /// @param looking settled by reading the target
    /// @param people settled by a person
    record Settled(long looking, long people) {
        Settled plus(Settled other) {
            return new Settled(looking + other.looking, people + other.people);
        }
    }

    Settled settled() {
        return settled;
    }

    private void count(RunEvent event) {
        if (event instanceof RunEvent.OpObserved(_, _, var settlement, var actor) && !(settlement instanceof Settlement.Open)) {
            settled = settled.plus(actor == null ? new Settled(1, 0) : new Settled(0, 1));
        }
    }

    private void on(RunEvent event, RunState state) {
        count(event);
        switch (event) {
            case RunEvent.StepEntered(_, var path, _) -> begins(path);
            case RunEvent.Retried(_, var path, _, _) -> begins(path);
            case RunEvent.SoakEvidence evidence -> evidence(state, evidence);
            case RunEvent.ApprovalGiven(_, var path, var person, _, _) -> {
                claim(!person.equals(state.start().actor()), path + " is approved by who started the run");
                approved.add(path);
            }
            case RunEvent.VoteCast(_, var path, var actor, var choice) ->
                votes.computeIfAbsent(path, _ -> new HashMap<>()).put(actor, choice);
            case RunEvent.Chosen(_, var path, var choice, _) -> claim(
                    state.text(path).orElse(null) instanceof Step.Decision decision
                            && votes.getOrDefault(path, Map.of()).values().stream().filter(choice::equals).count() >= decision
                                    .votes(),
                    path + " is decided: " + choice);
            case RunEvent.OpIntended(_, var op) -> since.put(op.id(), ticks());
            case RunEvent.OpSettled(_, var id, Outcome.Done _) -> done(state, id);
            case RunEvent.OpObserved(_, var id, Settlement.Applied _, var actor) when actor == null -> done(state, id);
            case RunEvent.OpObserved(_, var id, Settlement.NotApplied _, var actor) when actor == null -> {
                lateApplications();
                foundNotApplied.add(id);
            }
            case RunEvent.StepSucceeded(_, var path, var evidence) -> succeeded(state, path, evidence);
            case RunEvent.RunEnded(_, var ending, _, var summary, _) when ending == Ending.SUCCEEDED
                    || ending == Ending.ROLLED_BACK || ending == Ending.ROLLED_FORWARD ->
                wellEnded(state, ending, summary);
            default -> {
                // claims nothing about the world
            }
        }
    }

    private void guards(RunEvent event) {
        switch (event) {
            case RunEvent.TriggerFired(_, var trigger, _) when guarding.contains(trigger) -> firedGuards.add(trigger);
            case RunEvent.TriggerAcknowledged(_, var trigger, _, _) -> firedGuards.remove(trigger);
            case RunEvent.RollbackOrdered _,RunEvent.AbortOrdered _ -> leaving = true;
            case RunEvent.OpIntended(_, var op) when op.order().disruptive() && !op.path().startsWith("ground/")
                    && begun.add(op.path() + "#" + op.attempt()) && !leaving && !firedGuards.isEmpty() ->
                violated("goes on though " + firedGuards + " has fired: " + op.id());
            default -> {
                // nothing that guards, or goes on
            }
        }
    }

    private void begins(String path) {
        since.put(path, ticks());
        soaked.remove(path);
        approved.remove(path);
        votes.remove(path);
    }

    /// Time that counts is time in which what must hold was seen, at no moment longer ago than readings may be old.
    private void evidence(RunState state, RunEvent.SoakEvidence evidence) {
        var span = Duration.between(evidence.from(), evidence.to());
        long to = ticks() - Duration.between(evidence.to(), evidence.at()).toNanos();
        long from = to - span.toNanos();
        if (span.isNegative() || from < since.getOrDefault(evidence.path(), 0L) || to > ticks()) {
            violated("evidence of a time in which " + evidence.path() + " was not under way: " + evidence);
        }
        if (from < soakedUntil.getOrDefault(evidence.path(), 0L)) {
            violated("time that is counted twice: " + evidence);
        }
        soakedUntil.put(evidence.path(), to);
        soaked.merge(evidence.path(), span, Duration::plus);
        if (state.text(evidence.path()).orElse(null) instanceof Step.Soak soak) {
            for (var check : soak.checks()) {
                var worst = check.signal() == GateSignal.FLEET_SERVING
                        ? truth.longestWithoutService(from, to)
                        : truth.longestDown(String.valueOf(check.node()), from, to);
                if (worst.compareTo(SEEN) > 0) {
                    violated("counted although " + check + " did not hold for " + worst + ": " + evidence);
                }
            }
        }
    }

    private void claim(boolean so, String what) {
        if (!so) {
            violated("claimed, and it never was so: " + what);
        }
    }

    private void done(RunState state, String id) {
        var run = state.ops().get(id);
        if (run == null) {
            violated("an outcome of nothing: " + id);
            return;
        }
        long from = since.getOrDefault(id, 0L);
        switch (run.op().order()) {
            case Order.Drain(var node, var balancer) -> claim(truth.admin(node, balancer, AdminState.DRAINED, from), id);
            case Order.Enable(var node, var balancer) -> claim(truth.admin(node, balancer, AdminState.ENABLED, from), id);
            case Order.Restart(var node) -> claim(
                    simulation.service().model().node(node).bornAt() >= from - JUST_BEFORE && truth.up(node, from), id);
            case Order.Deploy(var node, var version) -> claim(truth.runs(node, version, from), id);
            case Order.Errand order -> claim(simulation.service().hasCarriedOut(order), id);
            default -> {
                // leaves nothing that stays true
            }
        }
    }

    private void succeeded(RunState state, String path, String evidence) {
        switch (state.text(path).orElse(null)) {
            case Step.Action action -> action(state, action, path + ": " + evidence);
            case Step.Errand errand -> claim(state.opsOf(path, state.step(path).attempt()).stream()
                    .anyMatch(op -> op.is(OpRun.Status.DONE)), path + ": " + errand.title());
            case Step.Gate gate -> gate(gate, path + ": " + evidence);
            case Step.Checklist list -> claim(
                    list.items().stream().allMatch(item -> state.step(path).ticks().containsKey(item.id())), path);
            case Step.Soak soak -> claim(soaked.getOrDefault(path, Duration.ZERO).compareTo(soak.hold()) >= 0,
                    path + ": " + evidence + ", journalled " + soaked.get(path));
            case Step.Approval _ -> claim(approved.contains(path), path + ": " + evidence);
            case null, default -> {
                // shown only
            }
        }
    }

    private void action(RunState state, Step.Action action, String claimed) {
        var ops = state.opsOf(action.path(), state.step(action.path()).attempt());
        var node = action.node();
        long seen = truth.ago(SEEN);
        if (ops.stream().anyMatch(op -> !op.is(OpRun.Status.DONE) && !(op.op().order() instanceof Order.CloseSessions))) {
            violated("a step succeeded with an order that is not done: " + claimed);
        }
        if (ops.isEmpty()) {
            var before = restore(state, node);
            var version = action.version() != null || before == null ? action.version() : before.version();
            claim(version != null && truth.runs(node, version, seen), claimed);
            return;
        }
        if (action.verb() == Verb.DRAIN) {
            claim(truth.empty(node, seen), claimed);
            for (var balancer : simulation.service().model().environment().balancers()) {
                claim(truth.admin(node, balancer, AdminState.DRAINED, seen), claimed + " (at " + balancer + ")");
            }
        }
    }

    private static @Nullable RestorePoint restore(RunState state, String node) {
        return state.start().restore().stream().filter(point -> point.node().equals(node)).findFirst().orElse(null);
    }

    private void gate(Step.Gate gate, String claimed) {
        var node = gate.node() == null ? "" : gate.node();
        long seen = truth.ago(SEEN);
        var model = simulation.service().model();
        boolean so = switch (gate.signal()) {
            case NODE_READY -> truth.up(node, seen);
            case NODE_VERSION -> gate.condition() instanceof Condition.IsText(var version) && truth.runs(node, version, seen);
            case NODE_OBSERVED -> truth.up(node, seen);
            case NODE_ADMIN -> model.environment().balancers().stream()
                    .allMatch(name -> truth.admin(node, name, AdminState.DRAINED, seen));
            case NODE_SESSIONS, NODE_CONNECTIONS -> truth.empty(node, seen);
            case FLEET_SERVING -> truth.serving(2, seen);
            case PROBE_RESUMED, PROBE_SHARE -> truth.resumes(node, since.getOrDefault(gate.path(), 0L));
            case CLIENTS_DISCONNECTED -> truth.clientsIn(seen);
            case METRICS -> false; // no other system tells anything of the model
            case NODE_MOVED, FLEET_SHARE, RECONNECT_SUCCESS, RECONNECT_TIME, SESSION_CONTINUITY, MESSAGES_LOST,
                    MESSAGES_DUPLICATED, AVAILABILITY, TRIGGERS_QUIET ->
                true; // held against what they count in FeltSearchTest
        };
        claim(so, claimed);
    }

    private void wellEnded(RunState state, Ending ending, String summary) {
        long seen = truth.ago(SEEN);
        var claimed = "the run " + ending.words() + ": " + summary;
        for (var leaf : state.leaves(state.activePlan().steps())) {
            var step = state.step(leaf.path());
            if (step.state() != StepState.SUCCEEDED) {
                violated(claimed + ", and " + leaf.path() + " is " + step.state());
            }
        }
        for (var entry : state.expected().entrySet()) {
            int at = entry.getKey().lastIndexOf('@');
            claim(truth.admin(entry.getKey().substring(0, at), entry.getKey().substring(at + 1), entry.getValue().state(), seen),
                    claimed + ", " + entry.getKey() + " " + entry.getValue().state());
        }
        claim(ending != Ending.ROLLED_BACK || state.passedNoReturn().isEmpty(), claimed);
        if (!state.undecided().isEmpty()) {
            violated(claimed + ", and nobody knows what became of " + state.undecided().getFirst().op().id());
        }
        if (ending == Ending.ROLLED_BACK) {
            for (var node : state.touched()) {
                restored(node, restore(state, node), claimed, seen);
            }
        } else {
            for (var leaf : state.leaves(state.activePlan().steps())) {
                if (leaf instanceof Step.Action action && action.version() != null) {
                    var version = state.answer(action.version()).orElse("");
                    claim(truth.runs(action.node(), version, seen), claimed + ", " + action.node() + " " + version);
                }
            }
        }
    }

    private void restored(String node, @Nullable RestorePoint before, String claimed, long seen) {
        if (before == null) {
            return;
        }
        if (before.version() != null) {
            claim(truth.runs(node, before.version(), seen), claimed + ", " + node + " " + before.version());
        }
        before.admin().forEach((balancer, admin) -> claim(truth.admin(node, balancer, admin, seen),
                claimed + ", " + node + "@" + balancer + " " + admin));
    }

    @Override
    public void start(Op op, Consumer<Outcome> then) {
        var state = fold.current().orElseThrow();
        var order = op.order();
        if (!state.ops().containsKey(op.id())) {
            violated("sent before it was written down: " + op.id());
        }
        if (order.disruptive()) {
            if (!sent.add(op.id())) {
                violated("sent twice: " + op.id());
            }
            if (state.rollingBack() && !op.path().startsWith("wayBack/") && !op.path().startsWith("ground/")
                    && !op.path().startsWith("onward/")) {
                violated("a forward order during the way back: " + op.id());
            }
            if (!state.open()) {
                violated("sent after the end: " + op.id());
            }
            floor(state, op);
        }
        inner.start(op, then);
    }

    private void floor(RunState state, Op op) {
        var order = op.order();
        var model = simulation.service().model();
        var node = order.node();
        boolean takesOut = order instanceof Order.Drain || order instanceof Order.OfLifecycle;
        if (node != null && takesOut && state.rollingBack() && !op.path().startsWith("ground/")) { // those a person orders
            lastToServe(state, op, node);
        }
        long seen = truth.ago(SEEN);
        if (node == null || !takesOut || state.rollingBack() || op.path().startsWith("ground/") || truth.out(node, seen)
                || truth.idle(node, seen)) {
            return; // a balancer that forgot a drain a moment ago has not been read since
        }
        long others = model.environment().nodeNames().stream()
                .filter(other -> !other.equals(node) && truth.serves(other, seen)).count();
        if (others < Math.max(1, model.environment().floor())) {
            violated("only " + others + " others serve when " + op.id() + " is sent");
        }
    }

    /// While another node is in mid-call the way back leaves at least one serving.
    private void lastToServe(RunState state, Op op, String node) {
        long seen = truth.ago(SEEN);
        boolean inCall = state.undecided().stream().anyMatch(other -> !other.op().order().isOf(node)
                && !other.op().path().startsWith("wayBack/") && other.is(OpRun.Status.PENDING));
        boolean another = simulation.service().model().environment().nodeNames().stream()
                .anyMatch(other -> !other.equals(node) && truth.serves(other, seen));
        if (inCall && !another && simulation.service().model().serves(node)) {
            violated("no other node serves when " + op.id() + " is sent, and one is in mid-call");
        }
    }

    @Override
    public void observe(Op op, Consumer<Settlement> then) {
        inner.observe(op, then);
    }
}
