package io.lockkeeper.app.signals;

import java.util.Arrays;
import java.util.Optional;

/// What is kept over time. Two sources of the same thing are two quantities: where they disagree, both are shown.
public enum Quantity {
    /// Open connections of a node, by all its balancers together.
    CONNECTIONS_BALANCED("connections.balanced", "balancers"),
    /// Open connections of a node, by its own count.
    CONNECTIONS_OWN("connections.own", "nodes"),
    /// 1 while a node says that it is ready, 0 while it says that it is not.
    READY("node.ready", "nodes"),
    /// How many nodes are known to serve; one of which that is not known does not count.
    SERVING("nodes.serving", "balancers"),
    /// Open connections of all nodes, by all balancers together.
    CONNECTIONS_TOTAL("connections.total", "balancers"),
    /// Sessions that the event feed knows to be open.
    SESSIONS("sessions.open", "feed"),
    /// Percent of our clients that came back in time, over a minute; broken where none had to.
    SUCCESS_BY_CLIENT("reconnect.success.by-client", "clients"),
    /// The same of attempts.
    SUCCESS_BY_ATTEMPT("reconnect.success.by-attempt", "clients"),
    /// Clients of ours that are out.
    CLIENTS_OUT("clients.out", "clients");

    private final String signal;
    private final String source;

    Quantity(String signal, String source) {
        this.signal = signal;
        this.source = source;
    }

    static Optional<Quantity> of(String signal) {
        return Arrays.stream(values()).filter(one -> one.signal.equals(signal)).findFirst();
    }

    /// Its name in the history.
    public String signal() {
        return signal;
    }

    /// Who says so, in the history.
    public String source() {
        return source;
    }
}
