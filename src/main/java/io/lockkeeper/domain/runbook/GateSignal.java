package io.lockkeeper.domain.runbook;

import io.lockkeeper.domain.environment.Capability;

/// The signals a gate may ask for now.
public enum GateSignal {
    NODE_READY("node.ready", Shape.TRUTH, Capability.NODE_READY), NODE_VERSION("node.version", Shape.TEXT,
            Capability.NODE_VERSION), NODE_ADMIN("node.admin", Shape.TEXT, Capability.DRAIN), NODE_OBSERVED("node.observed",
                    Shape.TEXT, Capability.DRAIN), NODE_CONNECTIONS("node.connections", Shape.COUNT,
                            Capability.NODE_CONNECTIONS), NODE_SESSIONS("node.sessions", Shape.COUNT,
                                    Capability.DRAIN), NODE_MOVED("node.moved", Shape.ACCOUNT,
                                            Capability.SESSIONS), FLEET_SERVING("fleet.serving", Shape.COUNT,
                                                    Capability.DRAIN), PROBE_RESUMED("probe.resumed", Shape.PROBE,
                                                            Capability.PROBE), PROBE_SHARE("probe.share", Shape.SHARE,
                                                                    Capability.PROBE);

    /// What its condition looks like: `is: true`, `is: text`, `atLeast|atMost|moreThan|lessThan: n`, `lost: n`, counted probe successes, or a share of
    /// them.
    public enum Shape {
        TRUTH, TEXT, COUNT, ACCOUNT, PROBE, SHARE
    }

    private final String key;
    private final Shape shape;
    private final Capability needs;

    GateSignal(String key, Shape shape, Capability needs) {
        this.key = key;
        this.shape = shape;
        this.needs = needs;
    }

    public String key() {
        return key;
    }

    public Shape shape() {
        return shape;
    }

    public Capability needs() {
        return needs;
    }

    /// True where the signal is about one node and the gate must say `of:`.
    public boolean ofNode() {
        return this != FLEET_SERVING;
    }
}
