package io.lockkeeper.domain.run;

import io.lockkeeper.domain.runbook.Compatible;
import io.lockkeeper.domain.runbook.Plan;
import io.lockkeeper.domain.runbook.Step;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

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
                case Step.Errand errand when errand.node() != null && !nodes.contains(errand.node()) -> {
                    // likewise
                }
                case Step.Gate gate when gate.node() != null && !nodes.contains(gate.node()) -> {
                    // likewise
                }
                default -> kept.add(step);
            }
        }
        return kept;
    }

    static List<String> warnings(RunState state, List<String> nodes, Facts facts) {
        var warnings = new ArrayList<String>();
        state.passedNoReturn().ifPresent(point -> warnings
                .add("\"" + point.title() + "\" was passed: this is no way back but " + point.onward()));
        state.start().plan().leaves().stream()
                .filter(step -> step instanceof Step.Action action && action.compatible() != null && state.ops().values().stream()
                        .anyMatch(op -> op.op().path().equals(action.path()) && op.op().order() instanceof Order.Deploy))
                .flatMap(step -> step instanceof Step.Action(_, _, _, _, _, _, _, _, Compatible compatible) && compatible != null
                        ? compatible.doubts().stream()
                        : Stream.empty())
                .distinct().forEach(warnings::add);
        Leftovers.errands(state).forEach(warnings::add);
        if (facts.environment().guards().pipeline() != null && !nodes.isEmpty()) {
            warnings.add("versions here belong to " + facts.environment().guards().pipeline()
                    + ", which may put back what is put back now: stop it there, too");
        }
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
