package io.lockkeeper.domain.runbook;

import io.lockkeeper.domain.environment.Capability;
import java.util.Arrays;
import java.util.List;

/// The signals a gate may ask for now.
public enum GateSignal {
    NODE_READY("node.ready", Shape.TRUTH, Capability.NODE_READY), NODE_VERSION("node.version", Shape.TEXT,
            Capability.NODE_VERSION), NODE_ADMIN("node.admin", Shape.TEXT, Capability.DRAIN), NODE_OBSERVED("node.observed",
                    Shape.TEXT, Capability.DRAIN), NODE_CONNECTIONS("node.connections", Shape.COUNT,
                            Capability.NODE_CONNECTIONS), NODE_SESSIONS("node.sessions", Shape.COUNT,
                                    Capability.DRAIN), NODE_MOVED("node.moved", Shape.ACCOUNT,
                                            Capability.SESSIONS), FLEET_SERVING("fleet.serving", Shape.COUNT,
                                                    Capability.DRAIN), FLEET_SHARE("fleet.share", Shape.VERSIONS,
                                                            Capability.NODE_VERSION), PROBE_RESUMED("probe.resumed", Shape.PROBE,
                                                                    Capability.PROBE), PROBE_SHARE("probe.share", Shape.SHARE,
                                                                            Capability.PROBE), RECONNECT_SUCCESS(
                                                                                    "reconnect.success", Shape.SUCCESS,
                                                                                    Capability.CLIENTS), RECONNECT_TIME(
                                                                                            "reconnect.time", Shape.TIMES,
                                                                                            Capability.CLIENTS), SESSION_CONTINUITY(
                                                                                                    "session.continuity",
                                                                                                    Shape.CONTINUITY,
                                                                                                    Capability.CLIENT_SESSIONS), MESSAGES_LOST(
                                                                                                            "messages.lost",
                                                                                                            Shape.MESSAGES,
                                                                                                            Capability.CLIENT_MESSAGES), MESSAGES_DUPLICATED(
                                                                                                                    "messages.duplicated",
                                                                                                                    Shape.MESSAGES,
                                                                                                                    Capability.CLIENT_MESSAGES), CLIENTS_DISCONNECTED(
                                                                                                                            "clients.disconnected",
                                                                                                                            Shape.OUT,
                                                                                                                            Capability.CLIENTS), AVAILABILITY(
                                                                                                                                    "availability",
                                                                                                                                    Shape.AVAILABILITY,
                                                                                                                                    Capability.CLIENTS), TRIGGERS_QUIET(
                                                                                                                                            "triggers.quiet",
                                                                                                                                            Shape.TRIGGERS,
                                                                                                                                            Capability.CLIENTS), METRICS(
                                                                                                                                                    "metrics",
                                                                                                                                                    Shape.METRIC,
                                                                                                                                                    Capability.METRICS);

    /// Those that are asked for by their own name. [#METRICS] stands for every signal that a gate takes `from` a source of the environment's `metrics`.
    public static final List<GateSignal> NAMED = Arrays.stream(values()).filter(signal -> signal != METRICS).toList();

    /// What its condition looks like: `is: true`, `is: text`, `atLeast|atMost|moreThan|lessThan: n`, `lost: n`, counted probe successes, a share of
    /// them, a share of connections, numbers of other systems; from SUCCESS on what clients of ours felt.
    public enum Shape {
        TRUTH, TEXT, COUNT, ACCOUNT, PROBE, SHARE, VERSIONS, METRIC, SUCCESS, TIMES, CONTINUITY, MESSAGES, OUT, AVAILABILITY, TRIGGERS
    }

    /// Whether a gate says which node it is about.
    public enum About {
        /// Always.
        NODE,
        /// Where it does not, it is about all of them, and the worst counts, too.
        NODE_OR_FLEET, FLEET
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

    public About about() {
        return switch (shape) {
            case TRUTH, TEXT, ACCOUNT, PROBE, SHARE -> About.NODE;
            case COUNT -> this == FLEET_SERVING ? About.FLEET : About.NODE;
            case SUCCESS, TIMES, CONTINUITY, METRIC -> About.NODE_OR_FLEET;
            case VERSIONS, MESSAGES, OUT, AVAILABILITY, TRIGGERS -> About.FLEET;
        };
    }

    /// Measured by clients of ours, and known only while somebody watches with them.
    public boolean ofClients() {
        return shape.compareTo(Shape.SUCCESS) >= 0;
    }
}
