package io.lockkeeper.domain.run;

import io.lockkeeper.domain.fleet.AdminState;
import io.lockkeeper.domain.fleet.BalancerReading;
import io.lockkeeper.domain.fleet.NodeReading;
import io.lockkeeper.domain.fleet.ServerReading;
import io.lockkeeper.domain.runbook.Readback;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Whether an order is in effect, from reading back. The other side's reply never counts.
public sealed interface Confirmation {
    record InEffect(String evidence) implements Confirmation {}

    record NotSeen(String why) implements Confirmation {}

    /// @param balancer a reading made after the request; `null` when there is none
    static Confirmation ofBalancer(Order.OfBalancer order, @Nullable BalancerReading balancer) {
        var server = balancer == null ? null : balancer.servers().get(order.node());
        if (balancer == null || server == null) {
            return new NotSeen(order.balancer() + " could not be read");
        }
        return switch (order) {
            case Order.Drain _ -> admin(order, server, AdminState.DRAINED);
            case Order.Enable _ -> admin(order, server, AdminState.ENABLED);
            case Order.Share(_, _, int percent) -> {
                int wanted = Math.round(server.normalWeight() * percent / 100f);
                yield server.weight() == wanted
                        ? new InEffect(order.balancer() + " gives " + order.node() + " weight " + wanted)
                        : new NotSeen(
                                order.balancer() + " gives " + order.node() + " weight " + server.weight() + ", not " + wanted);
            }
            case Order.CloseSessions _ -> {
                long left = balancer.sessions(order.node());
                yield left == 0
                        ? new InEffect(order.balancer() + " carries no session to " + order.node())
                        : new NotSeen(order.balancer() + " still carries " + left + " sessions to " + order.node());
            }
        };
    }

    private static Confirmation admin(Order.OfBalancer order, ServerReading server, AdminState wanted) {
        var words = order.balancer() + " has " + order.node() + " " + server.admin().words();
        return server.admin() == wanted ? new InEffect(words) : new NotSeen(words + ", not " + wanted.words());
    }

    /// @param node a reading made after the request; `null` when the node does not answer
    static Confirmation ofLifecycle(Op op, @Nullable NodeReading node) {
        var order = op.order();
        if (node == null) {
            return new NotSeen(order.node() + " does not answer");
        }
        boolean newLife = isNewLife(op, node);
        var life = order.node() + " is " + (newLife ? "a new process" : "still the same process")
                + (node.instance() == null ? "" : " (" + node.instance() + ")");
        if (!newLife) {
            return new NotSeen(life);
        }
        if (!(order instanceof Order.Deploy(_, var version))) {
            return new InEffect(life);
        }
        return version.equals(node.version())
                ? new InEffect(life + " and says it runs " + version)
                : new NotSeen(life + " and says it runs " + (node.version() == null ? "no version" : node.version()) + ", not "
                        + version);
    }

    /// @param read what its confirmation says now; `null` when that could not be read
    /// @param why it could not be
    static Confirmation ofErrand(Order.Errand order, @Nullable String read, String why) {
        var confirm = order.confirm();
        if (read == null) {
            return new NotSeen(why);
        }
        return read.equals(confirm.expected())
                ? new InEffect(confirm.saying(read))
                : new NotSeen(confirm.saying(read) + ", not " + (confirm instanceof Readback.Answers
                        ? confirm.expected()
                        : "\"" + confirm.expected() + "\""));
    }

    private static boolean isNewLife(Op op, NodeReading now) {
        var before = op.before();
        if (before != null && (before.instance() != null || before.startedAt() != null)) {
            return now.isOtherLifeThan(before);
        }
        if (now.startedAt() != null) { // nothing was known before: the node's own clock decides, with room for its being off
            return now.startedAt().isAfter(op.intendedAt().minus(Duration.ofSeconds(1)));
        }
        return false;
    }
}
