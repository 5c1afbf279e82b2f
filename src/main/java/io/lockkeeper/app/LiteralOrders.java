package io.lockkeeper.app;

import io.lockkeeper.domain.environment.Environment;
import io.lockkeeper.domain.environment.ErrandKind;
import io.lockkeeper.domain.run.Order;
import io.lockkeeper.domain.runbook.RestorePoint;
import io.lockkeeper.domain.runbook.Step;
import io.lockkeeper.port.Balancer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// What the adapters of an environment would send for an action, as a person would type it, each with its read-back. No secrets.
public record LiteralOrders(Environment environment, Endpoints endpoints) {
    /// One text per order, in that order; a text may have several lines.
    ///
    /// @param restore on a way back: a balancer that kept the node out before the run keeps it out; empty for the way forward
    public List<String> of(Step.Action action, List<RestorePoint> restore) {
        var node = action.node();
        return switch (action.verb()) {
            case DRAIN -> balancers().map(balancer -> balancer.literal(new Order.Drain(node, balancer.name()))).toList();
            case ENABLE -> balancers().filter(balancer -> restore.stream()
                    .noneMatch(point -> point.node().equals(node) && point.wasOutAt(balancer.name())))
                    .map(balancer -> balancer.literal(new Order.Enable(node, balancer.name()))).toList();
            case SHARE -> balancers().map(balancer -> balancer.literal(new Order.Share(node, balancer.name(),
                    action.percent() == null ? 100 : action.percent()))).toList();
            case CLOSE_SESSIONS -> balancers().map(balancer -> balancer.literal(new Order.CloseSessions(node, balancer.name(), 10,
                    environment.closeCode()))).toList();
            case RESTART -> List.of(endpoints.lifecycle().literal(new Order.Restart(node)));
            case DEPLOY, ROLLBACK -> action.version() == null
                    ? List.of("# no version known")
                    : List.of(endpoints.lifecycle().literal(new Order.Deploy(node, action.version())));
        };
    }

    /// A command or a call, and how its effect is seen.
    public List<String> of(Step.Errand errand) {
        var errands = environment.errands();
        var confirm = errand.confirm();
        var kind = confirm.kind();
        var lines = new ArrayList<String>();
        if (errand.kind() == ErrandKind.COMMAND || kind == ErrandKind.COMMAND) {
            lines.add("# in the folder of the environment file:");
        }
        lines.add(errands.literal(errand.kind(), errand.name(), errand.node(), errand.version()));
        if (kind == null) {
            lines.add("# look: " + confirm.words());
        } else {
            lines.add("# read back: " + confirm.words());
            lines.add(errands.literal(kind, confirm.asked(), errand.node(), errand.version()));
        }
        return lines;
    }

    private Stream<Balancer> balancers() {
        return endpoints.balancers().stream();
    }
}
