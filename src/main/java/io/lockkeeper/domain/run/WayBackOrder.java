package io.lockkeeper.domain.run;

import io.lockkeeper.domain.runbook.Plan;
import io.lockkeeper.domain.runbook.Step;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// In which order the way back takes the touched nodes: those that do not serve first, so that capacity grows before it shrinks.
final class WayBackOrder {
    private WayBackOrder() {}

    static List<String> of(RunState state, Facts facts) {
        return state.touched().stream()
                .sorted(Comparator.comparing(node -> facts.fleet().serves(node, facts.now()))) // false first; stable within
                .toList();
    }

    /// The prepared plan with only these nodes' lanes, in this order.
    static Plan cut(Plan prepared, List<String> nodes) {
        return new Plan(prepared.runbook(), prepared.title(), cut(prepared.steps(), nodes));
    }

    private static List<Step> cut(List<Step> steps, List<String> nodes) {
        var kept = new ArrayList<Step>();
        for (var step : steps) {
            switch (step) {
                case Step.ForEach(var path, var title, var lanes, int maxUnavailable) -> kept.add(new Step.ForEach(path, title,
                        nodes.stream().flatMap(node -> lanes.stream().filter(lane -> lane.node().equals(node))).toList(),
                        maxUnavailable));
                case Step.Action action when !nodes.contains(action.node()) -> {
                    // a node this run never touched needs no way back
                }
                case Step.Gate gate when gate.node() != null && !nodes.contains(gate.node()) -> {
                    // likewise
                }
                default -> kept.add(step);
            }
        }
        return kept;
    }

    static List<String> warnings(List<String> nodes, Facts facts) {
        var warnings = new ArrayList<String>();
        long serving = facts.environment().nodeNames().stream().filter(node -> facts.fleet().serves(node, facts.now())).count();
        if (serving <= facts.environment().floor()) {
            warnings.add("only " + serving + " of " + facts.environment().nodes().size() + " nodes serve now");
        }
        for (var balancer : facts.environment().balancers()) {
            if (facts.fleet().balancer(balancer, facts.now()).isEmpty()) {
                warnings.add("balancer " + balancer + " cannot be read now");
            }
        }
        for (var node : nodes) {
            if (facts.fleet().view(node, facts.now()).isEmpty()) {
                warnings.add(node + " does not answer now");
            }
        }
        return warnings;
    }
}
