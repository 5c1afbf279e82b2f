package io.lockkeeper.domain.run;

import io.lockkeeper.domain.environment.ErrandKind;
import io.lockkeeper.domain.runbook.Readback;
import org.jspecify.annotations.Nullable;

/// One thing asked of an outside system, for one node unless it is an errand.
public sealed interface Order {
    /// `null` for an errand that is about no node.
    @Nullable
    String node();

    /// The verb as it stands in op ids and ledgers.
    String verb();

    /// Orders that a balancer carries out.
    sealed interface OfBalancer extends Order {
        @Override
        String node();

        String balancer();
    }

    /// Orders that a lifecycle carries out.
    sealed interface OfLifecycle extends Order {
        @Override
        String node();
    }

    record Drain(String node, String balancer) implements OfBalancer {
        @Override
        public String verb() {
            return "drain";
        }
    }

    record Enable(String node, String balancer) implements OfBalancer {
        @Override
        public String verb() {
            return "enable";
        }
    }

    /// @param percent of the node's normal share of new connections, 0 to 100
    record Share(String node, String balancer, int percent) implements OfBalancer {
        @Override
        public String verb() {
            return "share";
        }
    }

    /// @param perSecond how many sessions to close per second at most
    /// @param code WebSocket close code where the balancer can send one; otherwise ignored
    record CloseSessions(String node, String balancer, int perSecond, int code) implements OfBalancer {
        @Override
        public String verb() {
            return "closeSessions";
        }
    }

    record Restart(String node) implements OfLifecycle {
        @Override
        public String verb() {
            return "restart";
        }
    }

    record Deploy(String node, String version) implements OfLifecycle {
        @Override
        public String verb() {
            return "deploy";
        }
    }

    /// Opens a session on the node directly, closes it, resumes it there. Changes nothing for other clients.
    record Probe(String node) implements Order {
        @Override
        public String verb() {
            return "probe";
        }
    }

    /// A command or an HTTP call of the environment file. What it does only its confirmation can tell.
    ///
    /// @param name by which the environment file knows it
    /// @param version what it gets as its version; `null` where it gets none
    /// @param confirm how its effect is seen
    record Errand(ErrandKind kind, String name, @Nullable String node, @Nullable String version,
            Readback confirm) implements Order {
        @Override
        public String verb() {
            return kind.verb();
        }

        /// Whether a person is asked what became of it, and nothing else can tell.
        public boolean asksPerson() {
            return confirm instanceof Readback.Person;
        }
    }

    /// False for orders that only look.
    default boolean disruptive() {
        return !(this instanceof Probe);
    }

    /// `ws-2`, `ws-2@edge-a`, `flush-cache` or `flush-cache(ws-2)`.
    default String target() {
        return switch (this) {
            case OfBalancer at -> at.node() + "@" + at.balancer();
            case OfLifecycle at -> at.node();
            case Probe(var node) -> node;
            case Errand(_, var name, var node, _, _) -> node == null ? name : name + "(" + node + ")";
        };
    }

    /// Whether it is about this node.
    default boolean isOf(String other) {
        return other.equals(node());
    }
}
