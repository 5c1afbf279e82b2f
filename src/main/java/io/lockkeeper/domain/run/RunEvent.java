package io.lockkeeper.domain.run;

import io.lockkeeper.domain.fleet.AdminState;
import io.lockkeeper.domain.runbook.Plan;
import io.lockkeeper.domain.runbook.RestorePoint;
import io.lockkeeper.domain.signal.Reading;
import io.lockkeeper.domain.trigger.Report;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Everything that can happen in a run. The journal holds these and nothing else about a run; state is always their fold.
/// The record's simple name is its type in the journal; fields are only ever added, with a new version and an upcaster.
public sealed interface RunEvent {
    Instant at();

    /// @param onward what stands in for the way back, by the path of the point of no return from which on it does
    /// @param nonce drawn for this run alone; approvals are bound to it
    record RunStarted(Instant at, String run, String actor, String reason, String runbookText, String runbookHash, Plan plan,
            @Nullable Plan wayBack, Map<String, Plan> onward, @Nullable Plan onAbort, Map<String, String> inputs,
            List<RestorePoint> restore, boolean guided, String environmentHash, String version,
            String nonce) implements RunEvent {}

    /// A new start of the engine took the run over; what the older incarnations sent and never settled is unknown from here on.
    record Resumed(Instant at, long incarnation, String holder) implements RunEvent {}

    record StepEntered(Instant at, String path, int attempt) implements RunEvent {}

    record StepReleased(Instant at, String path, String actor) implements RunEvent {}

    record StepBlocked(Instant at, String path, String why) implements RunEvent {}

    record StepUnblocked(Instant at, String path) implements RunEvent {}

    record ItemTicked(Instant at, String path, String item, String actor, String value) implements RunEvent {}

    record ItemUnticked(Instant at, String path, String item, String actor) implements RunEvent {}

    record OpIntended(Instant at, Op op) implements RunEvent {}

    record OpSettled(Instant at, String op, Outcome outcome) implements RunEvent {}

    /// An unknown outcome was settled by looking; `actor` is set where a person did the looking.
    record OpObserved(Instant at, String op, Settlement settlement, @Nullable String actor) implements RunEvent {}

    /// An answer that came after its op was given up: recorded, and nothing else.
    record LateReply(Instant at, String op, Outcome outcome) implements RunEvent {}

    /// Nobody new comes to the node any more; its sessions may leave until `deadline`.
    ///
    /// @param sessions ids of the sessions to be accounted for; empty where the service cannot name them
    /// @param bySession whether `sessions` is the whole truth, so that the proof can be by session
    record DrainBegan(Instant at, String path, String node, List<String> sessions, boolean bySession, Instant deadline)
            implements
                RunEvent {}

    record StragglersFound(Instant at, String path, long count, String evidence) implements RunEvent {}

    record StragglersDecided(Instant at, String path, String actor, StragglerChoice choice,
            Instant deadline) implements RunEvent {}

    /// The gate's condition began to hold; for a drain: every count is freshly zero.
    record GateHolding(Instant at, String path, Reading reading) implements RunEvent {}

    /// It ceased to hold: what was held so far counts for nothing.
    record GateBroken(Instant at, String path, Reading reading) implements RunEvent {}

    record GateExtended(Instant at, String path, Duration by, Reading reading) implements RunEvent {}

    /// What a gate ended on, with its figures.
    record GateJudged(Instant at, String path, Reading reading) implements RunEvent {}

    /// The checks of a soak held from `from` to `to`, seen in `samples` readings of which `worst` came closest to not holding.
    record SoakEvidence(Instant at, String path, Instant from, Instant to, int samples, Reading worst) implements RunEvent {}

    /// From here on no time counts.
    ///
    /// @param bad whether a check is bad; else evidence is missing
    record SoakPaused(Instant at, String path, boolean bad, Reading why) implements RunEvent {}

    /// The checks hold again: time counts from here on.
    record SoakWentOn(Instant at, String path) implements RunEvent {}

    record VoteCast(Instant at, String path, String actor, String choice) implements RunEvent {}

    record Chosen(Instant at, String path, String choice, List<String> by) implements RunEvent {}

    /// @param request the text to be signed, byte for byte
    record ApprovalRequested(Instant at, String path, String request, Instant expires) implements RunEvent {}

    /// @param person who approved, by the roster
    /// @param signature of the request, Base64
    /// @param actor who handed it in
    record ApprovalGiven(Instant at, String path, String person, String signature, String actor) implements RunEvent {}

    record StepSucceeded(Instant at, String path, String evidence) implements RunEvent {}

    /// @param state FAILED or TIMED_OUT
    record StepFailed(Instant at, String path, StepState state, String why) implements RunEvent {}

    /// @param actor who skipped it
    record StepSkipped(Instant at, String path, String actor, String why) implements RunEvent {}

    record Retried(Instant at, String path, String actor, int attempt) implements RunEvent {}

    record NodeSkipped(Instant at, String lane, String node, String actor, String reason) implements RunEvent {}

    /// What was done to this node came undone by an op of which that is known only now: its lane begins anew with its first step.
    record LaneBegunAgain(Instant at, String lane, String op, String why) implements RunEvent {}

    record Held(Instant at, String actor, String reason) implements RunEvent {}

    record Continued(Instant at, String actor) implements RunEvent {}

    /// A balancer no longer has what this run ordered of it (reloaded, or changed by somebody else).
    record DriftNoticed(Instant at, String node, String balancer, AdminState expected, AdminState seen,
            String why) implements RunEvent {}

    record DriftEnded(Instant at, String node, String balancer) implements RunEvent {}

    /// Wall time jumped against monotonic time, or the machine slept: whatever had to hold without a gap starts again.
    record ClockJumped(Instant at, Duration by) implements RunEvent {}

    /// Nobody looked for a while though time went on: whatever had to hold without a gap starts again.
    record LookedAway(Instant at, Duration by) implements RunEvent {}

    /// What the runbook does when it is aborted begins; nothing forward is done any more.
    record AbortOrdered(Instant at, String actor, String reason) implements RunEvent {}

    /// Until `until` the environment may be ordered about, by this person and by the runs that go on in it.
    record ControlTaken(Instant at, String actor, String reason, Instant until) implements RunEvent {}

    record ControlGivenBack(Instant at, String actor) implements RunEvent {}

    /// A trigger's condition was met. Of the environment, not of a run; it stays fired until somebody acknowledges it.
    record TriggerFired(Instant at, String trigger, String evidence) implements RunEvent {}

    record TriggerAcknowledged(Instant at, String trigger, String actor, String reason) implements RunEvent {}

    /// Somebody told the triggers something. Of the environment, not of a run.
    record Reported(Report report) implements RunEvent {
        @Override
        public Instant at() {
            return report.at();
        }
    }

    /// Somebody drills whether an alert arrives; it is over at `until` if nobody ends it before. Of the environment, not of a run.
    record DrillBegan(Instant at, String actor, String reason, Instant until) implements RunEvent {}

    record DrillEnded(Instant at, String actor) implements RunEvent {}

    /// @param nodes the touched nodes in the order in which they are put back
    /// @param warnings what the guards have to say, with figures; they refuse nothing on the way back
    record RollbackOrdered(Instant at, String actor, String reason, List<String> nodes,
            List<String> warnings) implements RunEvent {}

    /// @param left what is left as it is, one sentence per node
    record RunEnded(Instant at, Ending ending, String actor, String summary, List<String> left) implements RunEvent {}

    /// The versions found serving when a run ended well, or as set by a person: where "roll back to known good" leads.
    record KnownGoodSet(Instant at, String actor, Map<String, String> versions) implements RunEvent {}
}
