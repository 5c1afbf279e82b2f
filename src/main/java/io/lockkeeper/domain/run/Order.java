package io.lockkeeper.domain.run;

/// One thing asked of an outside system for one node.
public sealed interface Order {
    String node();

    /// The verb as it stands in op ids and ledgers.
    String verb();

    /// Orders that a balancer carries out.
    sealed interface OfBalancer extends Order {
        String balancer();
    }

    /// Orders that a lifecycle carries out.
    sealed interface OfLifecycle extends Order {}

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

    /// False for orders that only look.
    default boolean disruptive() {
        return !(this instanceof Probe);
    }

    /// `ws-2` or `ws-2@edge-a`.
    default String target() {
        return this instanceof OfBalancer at ? at.node() + "@" + at.balancer() : node();
    }
}
