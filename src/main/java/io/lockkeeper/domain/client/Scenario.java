package io.lockkeeper.domain.client;

import java.time.Instant;
import java.util.Collection;
import java.util.Set;

/// What a client was lost to. The first rule that fits decides:
///
/// 1. [#PROBE]: the client closed by itself to come back, or is there only to try (a cycler, a probe). Never counts for times.
/// 2. [#HANDOFF]: a rolling step of ours was at work on the client's node, however the connection ended: a node that is stopped after its
///    drain often sends no close frame.
/// 3. [#GRACEFUL]: a planned restart of ours was at work on the node, or the peer said goodbye with 1000, 1001, 1012 or 1013.
/// 4. [#EMERGENCY]: everything else.
public enum Scenario {
    GRACEFUL, EMERGENCY, HANDOFF, PROBE;

    private static final Set<Integer> POLITE = Set.of(1000, 1001, 1012, 1013);

    /// @param node the client was on; empty where nobody said, and then no plan explains its loss
    public static Scenario of(ClientRole role, Loss loss, String node, Instant lostAt, Collection<Planned> planned) {
        return role != ClientRole.SENTINEL || loss.way() == Loss.Way.ON_PURPOSE
                ? PROBE
                : ofLoss(loss, node, lostAt, planned);
    }

    /// Whether nobody asked for the loss: neither the client, nor a plan of ours, nor a goodbye of the peer. Cyclers and probes can meet one,
    /// too; for sentinels it is the same as [#EMERGENCY].
    public static boolean abnormal(Loss loss, String node, Instant lostAt, Collection<Planned> planned) {
        return loss.way() != Loss.Way.ON_PURPOSE && ofLoss(loss, node, lostAt, planned) == EMERGENCY;
    }

    private static Scenario ofLoss(Loss loss, String node, Instant lostAt, Collection<Planned> planned) {
        if (planned.stream().anyMatch(one -> one.work() == Planned.Work.HANDOFF && one.covers(node, lostAt))) {
            return HANDOFF;
        }
        boolean polite = loss.way() == Loss.Way.CLOSED && POLITE.contains(loss.code());
        return polite || planned.stream().anyMatch(one -> one.covers(node, lostAt)) ? GRACEFUL : EMERGENCY;
    }
}
