package io.lockkeeper.domain.runbook;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One line of a compiled runbook: references resolved, `forEach` expanded. `path` is what ticks, approvals and resumption bind to,
/// e.g. `roll[ws-2]/drain`; paths are unique in a plan.
public sealed interface Step {
    String path();

    String title();

    /// Items a person ticks.
    record Checklist(String path, String title, List<Item> items) implements Step {}

    /// @param ask name of the value the person must give with the tick; `null` for a plain tick
    record Item(String id, String text, @Nullable String ask) {}

    /// @param version for `deploy`: the version to put on the node; `null` for every other verb
    /// @param percent for `share`; otherwise `null`
    /// @param drain for `drain` and `closeSessions`; otherwise `null`
    /// @param timeout how long the verb may take until its effect is confirmed
    record Action(String path, String title, Verb verb, String node, @Nullable String version, @Nullable Integer percent,
            @Nullable DrainTerms drain, Duration timeout) implements Step {}

    /// @param deadline how long sessions may leave by themselves
    /// @param perSecond rate at which stragglers are closed if they are
    record DrainTerms(Duration deadline, Stragglers stragglers, int perSecond) {}

    /// @param node the node it is about; `null` for signals of the whole fleet
    /// @param hold how long the condition must hold without a gap (`for:`)
    /// @param within how long to wait for that before the gate gives its last verdict
    record Gate(String path, String title, GateSignal signal, @Nullable String node, Condition condition, Duration hold,
            Duration within,
            GateExit onFail, GateExit onInconclusive, GateExit onNoData) implements Step {}

    record Note(String path, String title, String text) implements Step {}

    /// @param maxUnavailable how many nodes may be out of service at once, those already out included
    record ForEach(String path, String title, List<Lane> lanes, int maxUnavailable) implements Step {}

    /// One pass of a forEach, for one node; its own path is `roll[ws-2]`.
    record Lane(String path, String node, List<Step> steps) {}
}
