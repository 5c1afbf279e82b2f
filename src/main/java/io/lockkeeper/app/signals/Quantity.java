package io.lockkeeper.app.signals;

/// What is kept over time. Two sources of the same thing are two quantities: where they disagree, both are shown.
public enum Quantity {
    /// Open connections of a node, by all its balancers together.
    CONNECTIONS_BALANCED,
    /// Open connections of a node, by its own count.
    CONNECTIONS_OWN,
    /// 1 while a node says that it is ready, 0 while it says that it is not.
    READY,
    /// How many nodes are known to serve; one of which that is not known does not count.
    SERVING,
    /// Open connections of all nodes, by all balancers together.
    CONNECTIONS_TOTAL,
    /// Sessions that the event feed knows to be open.
    SESSIONS,
    /// Percent of our clients that came back in time, over a minute; broken where none had to.
    SUCCESS_BY_CLIENT,
    /// The same of attempts.
    SUCCESS_BY_ATTEMPT,
    /// Clients of ours that are out.
    CLIENTS_OUT
}
