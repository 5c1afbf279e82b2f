package io.lockkeeper.domain.run;

import io.lockkeeper.domain.fleet.AdminState;
import io.lockkeeper.domain.fleet.Fleet;
import io.lockkeeper.domain.fleet.Sight;
import io.lockkeeper.domain.runbook.Step;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Whether what a run's steps brought about still stands at its end: a node verified an hour ago may have died since, or somebody else
/// may have changed it. One sentence for each thing that is not seen to be as the run left it.
final class Standing {
    private final RunState state;
    private final Facts facts;
    private final List<String> against = new ArrayList<>();
    /// Of whose version something was said already.
    private final Set<String> named = new HashSet<>();

    private Standing(RunState state, Facts facts) {
        this.state = state;
        this.facts = facts;
    }

    static List<String> against(RunState state, Facts facts) {
        var standing = new Standing(state, facts);
        standing.versions();
        standing.rotation();
        standing.restored();
        return List.copyOf(standing.against);
    }

    /// A node or balancer was read last before it was known what became of an order to it: the next reading decides.
    static boolean isToBeReadAgain(RunState state, Facts facts) {
        return state.ops().values().stream().filter(op -> !op.undecided()).anyMatch(op -> switch (op.op().order()) {
            case Order.OfLifecycle order -> isOlder(facts.fleet().views().get(order.node()), op.since(), facts.now());
            case Order.OfBalancer order -> isOlder(facts.fleet().balancers().get(order.balancer()), op.since(), facts.now());
            case Order.Errand _,Order.Probe _ -> false;
        });
    }

    /// What cannot be read, or not by a clock that was set since, is not waited for.
    private static boolean isOlder(@Nullable Sight<?> sight, Instant settled, Instant now) {
        return sight != null && sight.fresh(now, Fleet.FRESH).isPresent() && !sight.isReadSince(settled) && !settled.isAfter(now);
    }

    private void versions() {
        var ordered = new TreeMap<String, String>();
        for (var leaf : state.leaves(state.activePlan().steps())) {
            if (leaf instanceof Step.Action action && action.version() != null) {
                state.answer(action.version()).ifPresent(version -> ordered.put(action.node(), version));
            }
        }
        ordered.forEach((node, version) -> {
            var now = facts.fleet().view(node, facts.now()).map(view -> view.version());
            if (!now.equals(Optional.of(version))) {
                named.add(node);
                against.add(now.map(seen -> node + " runs " + seen).orElse(node + " does not say what it runs")
                        + ", and this run left it with " + version);
            }
        });
    }

    private void rotation() {
        state.expected().forEach((key, expected) -> {
            int at = key.lastIndexOf('@');
            var node = key.substring(0, at);
            var balancer = key.substring(at + 1);
            var seen = seen(node, balancer);
            if (seen != expected.state()) {
                against.add(words(node, balancer, seen) + ", and this run left it " + expected.state().words());
            } else if (seen == AdminState.ENABLED && !facts.fleet().serves(node, facts.now()) && !wasOutSomewhere(node)) {
                against.add(node + " does not serve");
            }
        });
    }

    private boolean wasOutSomewhere(String node) {
        return state.wayBack() != null && state.start().restore().stream()
                .anyMatch(point -> point.node().equals(node) && point.admin().keySet().stream().anyMatch(point::wasOutAt));
    }

    /// Of a way back: each node is in rotation where it was before the run, and nowhere else.
    private void restored() {
        if (state.wayBack() == null || state.passedNoReturn().isPresent()) {
            return;
        }
        var touched = state.touched();
        state.start().restore().stream().filter(point -> touched.contains(point.node()))
                .forEach(point -> {
                    version(point.node(), point.version());
                    point.admin().forEach((balancer, before) -> admin(point.node(), balancer, before));
                    point.weight().forEach((balancer, before) -> weight(point.node(), balancer, before));
                });
    }

    /// Also of a node that the way back has no lane for, because the run only did something there that no version shows.
    private void version(String node, @Nullable String before) {
        var now = facts.fleet().view(node, facts.now()).map(view -> view.version());
        if (before != null && !now.equals(Optional.of(before)) && named.add(node)) {
            against.add(now.map(seen -> node + " runs " + seen).orElse(node + " does not say what it runs")
                    + ", and before the run it ran " + before);
        }
    }

    private void admin(String node, String balancer, AdminState before) {
        var seen = seen(node, balancer);
        var expected = state.expected().get(RunFold.key(node, balancer));
        boolean said = expected != null && expected.state() != seen;
        if (seen != before && !said) {
            against.add(words(node, balancer, seen) + ", and before the run it was " + before.words());
        }
    }

    /// Only what this run has changed itself: what others gave meanwhile is theirs.
    private void weight(String node, String balancer, int before) {
        boolean shared = state.ops().values().stream().anyMatch(op -> op.op().order() instanceof Order.Share(var of, var at, _)
                && of.equals(node) && at.equals(balancer));
        var now = facts.fleet().server(balancer, node, facts.now()).map(server -> server.weight());
        if (shared && !now.equals(Optional.of(before))) {
            against.add(node + " has " + now.map(weight -> "weight " + weight).orElse("an unknown weight") + " at " + balancer
                    + ", and before the run it had " + before);
        }
    }

    private AdminState seen(String node, String balancer) {
        return facts.fleet().server(balancer, node, facts.now()).map(server -> server.admin()).orElse(AdminState.UNKNOWN);
    }

    private static String words(String node, String balancer, AdminState seen) {
        return node + " is " + (seen == AdminState.UNKNOWN ? "in an unknown state" : seen.words()) + " at " + balancer;
    }
}
