package io.lockkeeper.domain.run;

import io.lockkeeper.domain.fleet.AdminState;
import io.lockkeeper.domain.fleet.ServerReading;
import io.lockkeeper.domain.runbook.RestorePoint;
import java.util.ArrayList;
import java.util.List;

/// What a run leaves behind that is not as it was: one sentence each, for its end and for the sheet before an abort.
public final class Leftovers {
    private Leftovers() {}

    public static List<String> of(RunState state, Facts facts) {
        var left = new ArrayList<String>();
        for (var node : state.touched()) {
            for (var balancer : facts.environment().balancers()) {
                var admin = facts.fleet().server(balancer, node, facts.now()).map(server -> server.admin())
                        .orElse(AdminState.UNKNOWN);
                var before = before(state, node, balancer);
                if (admin != before) {
                    left.add(node + " is " + (admin == AdminState.UNKNOWN ? "in an unknown state" : admin.words()) + " at "
                            + balancer + (before == AdminState.ENABLED ? "" : ", before the run it was " + before.words()));
                }
            }
        }
        state.undecided().forEach(op -> left.add("the outcome of "
                + op.op().order().verb() + " " + op.op().order().target() + " is unknown"));
        left.addAll(errands(state));
        for (var point : state.start().restore()) {
            weights(state, facts, point, left);
            var now = facts.fleet().view(point.node(), facts.now()).map(view -> view.version()).orElse(null);
            if (state.touched().contains(point.node()) && point.version() != null && now != null
                    && !now.equals(point.version())) {
                left.add(point.node() + " runs " + now + ", before the run it ran " + point.version());
            }
        }
        return List.copyOf(left);
    }

    /// What commands and calls of the forward run did: a way back restores nodes and undoes none of it by itself. One that was not seen
    /// to have had its effect may still have done half its work.
    static List<String> errands(RunState state) {
        return state.ops().values().stream().filter(op -> op.op().order() instanceof Order.Errand && !op.is(OpRun.Status.REFUSED)
                && state.start().plan().leaf(op.op().path()).isPresent())
                .map(op -> "what " + op.op().order().verb() + " " + op.op().order().target()
                        + (op.is(OpRun.Status.DONE) ? " did" : " may have done") + " is not undone")
                .distinct().toList();
    }

    private static AdminState before(RunState state, String node, String balancer) {
        return state.start().restore().stream().filter(point -> point.node().equals(node))
                .map(point -> point.admin().getOrDefault(balancer, AdminState.ENABLED)).findFirst().orElse(AdminState.ENABLED);
    }

    private static void weights(RunState state, Facts facts, RestorePoint point, List<String> left) {
        if (!state.touched().contains(point.node())) {
            return;
        }
        point.weight().forEach((balancer, before) -> facts.fleet().server(balancer, point.node(), facts.now())
                .map(ServerReading::weight).filter(now -> !now.equals(before))
                .ifPresent(now -> left
                        .add(point.node() + " has weight " + now + " at " + balancer + ", before the run it had " + before)));
    }
}
