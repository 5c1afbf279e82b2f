package io.lockkeeper.domain.run;

import io.lockkeeper.domain.fleet.AdminState;
import io.lockkeeper.domain.runbook.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// Whether what a run's steps brought about still stands at its end: a node verified an hour ago may have died since, or somebody else
/// may have changed it. One sentence for each thing that is not seen to be as the run left it.
final class Standing {
    private final RunState state;
    private final Facts facts;
    private final List<String> against = new ArrayList<>();

    private Standing(RunState state, Facts facts) {
        this.state = state;
        this.facts = facts;
    }

    static List<String> against(RunState state, Facts facts) {
        var standing = new Standing(state, facts);
        standing.versions();
        standing.rotation();
        return List.copyOf(standing.against);
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
                against.add(now.map(seen -> node + " runs " + seen).orElse(node + " does not say what it runs")
                        + ", and this run left it with " + version);
            }
        });
    }

    private void rotation() {
        new TreeMap<>(state.expected()).forEach((key, expected) -> {
            int at = key.lastIndexOf('@');
            var node = key.substring(0, at);
            var balancer = key.substring(at + 1);
            var seen = facts.fleet().server(balancer, node, facts.now()).map(server -> server.admin())
                    .orElse(AdminState.UNKNOWN);
            if (seen != expected.state()) {
                against.add(
                        node + " is " + (seen == AdminState.UNKNOWN ? "in an unknown state" : seen.words()) + " at " + balancer
                                + ", and this run left it " + expected.state().words());
            } else if (seen == AdminState.ENABLED && !facts.fleet().serves(node, facts.now())) {
                against.add(node + " does not serve");
            }
        });
    }
}
