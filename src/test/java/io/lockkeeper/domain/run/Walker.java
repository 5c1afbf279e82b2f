package io.lockkeeper.domain.run;

import io.lockkeeper.domain.watch.Latch;
import io.lockkeeper.domain.environment.Capability;
import io.lockkeeper.domain.environment.Environment;
import io.lockkeeper.domain.environment.Guards;
import io.lockkeeper.domain.environment.Tier;
import io.lockkeeper.domain.fleet.AdminState;
import io.lockkeeper.domain.fleet.BalancerReading;
import io.lockkeeper.domain.fleet.Fleet;
import io.lockkeeper.domain.fleet.NodeReading;
import io.lockkeeper.domain.fleet.ObservedState;
import io.lockkeeper.domain.fleet.ServerReading;
import io.lockkeeper.domain.fleet.SessionRoll;
import io.lockkeeper.domain.fleet.Sight;
import io.lockkeeper.domain.runbook.Plan;
import io.lockkeeper.domain.runbook.RestorePoint;
import io.lockkeeper.domain.runbook.Step;
import io.lockkeeper.domain.watch.Felt;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Walks plans with the pure machine alone: no engine, no journal, orders that are done as soon as they are intended. For tests of what
/// follows by itself.
final class Walker {
    static final Instant START = Instant.parse("2026-11-25T03:00:00Z");
    static final Duration LOOK = Duration.ofMillis(500);
    static final List<String> NODES = List.of("ws-1", "ws-2", "ws-3");

    final List<RunEvent> events = new ArrayList<>();
    Guards guards = Guards.NONE;
    boolean controlled = true;
    RunState state;
    Instant now = START;
    private Instant lookedAt = START;
    Map<String, SoakTally> tallies = Map.of();

    /// What is read of a node at a moment; `null` while nothing can be.
    Function<String, @Nullable NodeReading> view = node -> new NodeReading(true, "v1", node, null, 10L, "site", node);

    /// What clients of ours felt.
    Felt felt = Felt.NOBODY;

    /// What has fired and was not acknowledged.
    Map<String, Latch> fired = Map.of();

    /// When the newest reading was made, seen from a moment.
    Function<Instant, Instant> read = at -> at;

    Walker(Plan plan, @Nullable Plan wayBack, Map<String, Plan> onward, @Nullable Plan onAbort, boolean guided) {
        var restore = NODES.stream()
                .map(node -> new RestorePoint(node, "v1", Map.of("edge", AdminState.ENABLED), Map.of("edge", 100))).toList();
        var started = new RunEvent.RunStarted(START, "r-1", "kim", "because", "text", "hash", plan, wayBack, onward, onAbort,
                Map.of("version", "v2"), restore, guided, "env-hash", "test", "nonce-1");
        state = RunMachine.evolve(RunMachine.begin(started), new RunEvent.Resumed(START, 1, "test"));
    }

    static Walker of(Step... steps) {
        return new Walker(new Plan("test", "Test", List.of(steps)), null, Map.of(), null, false);
    }

    Environment environment() {
        return new Environment("site", Tier.STAGING, "env-hash", NODES.stream()
                .map(node -> new Environment.NodeSpec(node, node, "site")).toList(), List.of("edge"), List.of("v1", "v2"), 1,
                EnumSet.complementOf(EnumSet.of(Capability.SESSIONS)), 1006, guards);
    }

    Fleet fleet() {
        var at = read.apply(now);
        var views = new TreeMap<String, Sight<NodeReading>>();
        var servers = new TreeMap<String, ServerReading>();
        for (var node : NODES) {
            var said = view.apply(node);
            views.put(node, said == null ? new Sight.Unseen<>("connection refused", at, null) : new Sight.Seen<>(said, at));
            servers.put(node, new ServerReading(AdminState.ENABLED, ObservedState.UP, 100, 100, 10, ""));
        }
        return new Fleet(NODES,
                new TreeMap<>(Map.of("edge", new Sight.Seen<>(new BalancerReading("1", servers, Map.of(), true), at))),
                views, new TreeMap<>(), new Sight.Unseen<SessionRoll>("no feed", at, null));
    }

    Facts facts() {
        return new Facts(environment(), fleet(), felt, now, tallies, controlled, fired, null);
    }

    /// Looks until nothing follows.
    Walker look() {
        RunMachine.lookedAway(state, Duration.between(lookedAt, now), now).ifPresent(this::apply);
        lookedAt = now;
        tallies = RunMachine.tallies(state, facts());
        for (int round = 0; round < 200; round++) {
            var next = RunMachine.look(state, facts());
            if (next.isEmpty()) {
                return this;
            }
            next.forEach(this::apply);
            for (var op : RunMachine.due(state)) {
                apply(new RunEvent.OpSettled(now, op.id(), op.order() instanceof Order.Probe
                        ? new Outcome.Probed(true, "resumed")
                        : new Outcome.Done("done")));
            }
        }
        throw new AssertionError("it never ends: " + events);
    }

    private void apply(RunEvent event) {
        events.add(event);
        state = RunMachine.evolve(state, event);
        var next = new TreeMap<>(tallies);
        if (event instanceof RunEvent.SoakEvidence(_, var path, _, var to, _, _)) {
            next.computeIfPresent(path, (_, tally) -> tally.after(to));
        } else if (event instanceof RunEvent.SoakPaused paused) {
            next.remove(paused.path());
        } else if (event instanceof RunEvent.LookedAway) {
            next.clear();
        }
        tallies = next;
    }

    /// Time passes, with a look every 500 ms.
    Walker pass(Duration time) {
        var until = now.plus(time);
        while (now.isBefore(until)) {
            now = now.plus(LOOK);
            look();
        }
        return this;
    }

    /// Time passes and nobody looks.
    Walker asleep(Duration time) {
        now = now.plus(time);
        return this;
    }

    /// The process is killed and another one takes over.
    Walker killed() {
        tallies = Map.of();
        apply(new RunEvent.Resumed(now, state.incarnation() + 1, "next"));
        return this;
    }

    Decision ask(Command command) {
        var decision = RunMachine.decide(state, command, facts());
        if (decision instanceof Decision.Events(var taken)) {
            taken.forEach(this::apply);
            look();
        }
        return decision;
    }

    String refusal(Command command) {
        return ask(command) instanceof Decision.Refused(var why) ? why : "taken";
    }

    StepRun step(String path) {
        return state.step(path);
    }

    <T extends RunEvent> List<T> all(Class<T> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }
}
