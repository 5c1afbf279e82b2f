package io.lockkeeper.domain.runbook;

import io.lockkeeper.domain.environment.ErrandKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One line of a compiled runbook: references resolved, `forEach` expanded. `path` is what ticks, approvals and resumption bind to,
/// e.g. `roll[ws-2]/drain`; paths are unique in a plan.
public sealed interface Step {
    String path();

    String title();

    /// Items a person ticks.
    record Checklist(String path, String title, List<Item> items) implements Step {}

    /// @param ask name of the value the person must give with the tick; `null` for a plain tick
    /// @param type what that value must be, so that later steps may use it as `$id`; `null` for any text
    record Item(String id, String text, @Nullable String ask, @Nullable InputType type) {}

    /// @param version for `deploy`: the version to put on the node, or `$id` of an answer given before; `null` for every other verb
    /// @param percent for `share`; otherwise `null`
    /// @param drain for `drain` and `closeSessions`; otherwise `null`
    /// @param timeout how long the verb may take until its effect is confirmed
    /// @param compatible what a deploy says of going forward and back; `null` where it says nothing
    record Action(String path, String title, Verb verb, String node, @Nullable String version, @Nullable Integer percent,
            @Nullable DrainTerms drain, Duration timeout, @Nullable Compatible compatible) implements Step {}

    /// A command or an HTTP call of the environment file.
    ///
    /// @param name by which the environment file knows it
    /// @param node which node it is about; `null` where it is about none
    /// @param version what it gets as its version, or `$id` of an answer given before; `null` where it gets none
    /// @param confirm how its effect is seen
    /// @param deadline how long it may take until its effect is seen; what runs longer is ended
    record Errand(String path, String title, ErrandKind kind, String name, @Nullable String node, @Nullable String version,
            Readback confirm, Duration deadline) implements Step {}

    /// @param deadline how long sessions may leave by themselves
    /// @param perSecond rate at which stragglers are closed if they are
    record DrainTerms(Duration deadline, Stragglers stragglers, int perSecond) {}

    /// @param node the node it is about; `null` for signals of the whole fleet
    /// @param hold how long the condition must hold without a gap (`for:`)
    /// @param within how long to wait for that before the gate gives its last verdict
    record Gate(String path, String title, GateSignal signal, @Nullable String node, Condition condition, Duration hold,
            Duration within,
            GateExit onFail, GateExit onInconclusive, GateExit onNoData) implements Step {
        public Check check() {
            return new Check(signal, node, condition);
        }
    }

    /// A condition on one signal, without the times and exits of a gate.
    record Check(GateSignal signal, @Nullable String node, Condition condition) {
        /// The name of what is judged.
        public String name() {
            return condition instanceof Condition.Metric metric ? metric.name() : signal.key();
        }
    }

    /// Checks that must hold for a long time. Only time with evidence counts.
    ///
    /// @param hold how much time with evidence is needed (`for:`)
    /// @param tolerate how long a check may be bad without a gap before the soak fails; that time does not count
    /// @param patience how long evidence may be missing without a gap before a person is needed
    record Soak(String path, String title, Duration hold, List<Check> checks, Duration tolerate, Duration patience,
            GateExit onFail) implements Step {}

    /// A choice of a person, or of several who agree, that steers what follows.
    ///
    /// @param votes how many different people must choose the same
    record Decision(String path, String title, List<Choice> choices, int votes) implements Step {}

    /// @param then where the choice leads after its own steps
    /// @param steps only done when this was chosen; their paths are `decision[choice]/...`
    record Choice(String id, String text, ChoiceExit then, List<Step> steps) {}

    /// Another person of the roster, bound by signature to exactly this step of this run.
    ///
    /// @param may what the person must be entitled to
    /// @param expires how long a request can be answered
    record Approval(String path, String title, String may, Duration expires) implements Step {}

    /// From here on the way back is another one. Always waits for a person.
    ///
    /// @param text why there is no way back from here
    /// @param onward id of the runbook that stands in for the way back from here on
    /// @param with its inputs
    record PointOfNoReturn(String path, String title, String text, String onward, Map<String, String> with) implements Step {}

    record Note(String path, String title, String text) implements Step {}

    /// @param maxUnavailable how many nodes may be out of service at once, those already out included
    record ForEach(String path, String title, List<Lane> lanes, int maxUnavailable) implements Step {}

    /// One pass of a forEach, for one node; its own path is `roll[ws-2]`.
    record Lane(String path, String node, List<Step> steps) {}
}
