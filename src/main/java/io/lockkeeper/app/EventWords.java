package io.lockkeeper.app;

import io.lockkeeper.domain.doc.Durations;
import io.lockkeeper.domain.run.Op;
import io.lockkeeper.domain.run.Order;
import io.lockkeeper.domain.run.Outcome;
import io.lockkeeper.domain.run.RunEvent;
import io.lockkeeper.domain.run.Settlement;
import io.lockkeeper.domain.run.StepState;
import io.lockkeeper.domain.run.StragglerChoice;
import io.lockkeeper.domain.signal.Reading;
import java.time.Duration;

/// What happened in a run, one plain sentence per event: the journal as people read it, in the window, in the terminal, in reports.
public final class EventWords {
    private EventWords() {}

    public static String of(RunEvent event) {
        return switch (event) {
            case RunEvent.RunStarted(_, var run, var actor, var reason, _, _, var plan, var wayBack, _, _, _, _, boolean guided, _, _, _) ->
                actor
                        + " started " + plan.title() + " as run " + run + (reason.isBlank() ? "" : " (" + reason + ")")
                        + (guided ? ", guided" : "") + (wayBack == null ? "" : "; the way back is armed");
            case RunEvent.Resumed(_, long incarnation, var holder) -> incarnation == 1
                    ? holder + " holds the run"
                    : holder + " took the run over; what was under way is looked at before anything is sent";
            case RunEvent.ClockJumped(_, var by) ->
                "the clock jumped by " + by.toSeconds() + " s; whatever must hold starts again";
            case RunEvent.LookedAway(_, var by) ->
                "nobody looked for " + by.toSeconds() + " s; whatever must hold without a gap starts again";
            case RunEvent.GateJudged(_, var path, var reading) -> path + " judged " + verdict(reading);
            case RunEvent.SoakEvidence(_, var path, var from, var to, int samples, var worst) ->
                path + " held " + Durations.words(Duration.ofSeconds(Duration.between(from, to).toSeconds())) + " more, "
                        + samples
                        + (samples == 1 ? " reading: " : " readings: ") + worst.why();
            case RunEvent.SoakPaused(_, var path, boolean bad, var why) ->
                path + (bad ? " is bad: " : " has no evidence: ") + why.why() + "; this time does not count";
            case RunEvent.SoakWentOn(_, var path) -> path + " holds again; time counts from here on";
            case RunEvent.VoteCast(_, var path, var actor, var choice) -> actor + " chose " + choice + ": " + path;
            case RunEvent.Chosen(_, var path, var choice, var by) ->
                path + " decided: " + choice + ", by " + String.join(", ", by);
            case RunEvent.ApprovalRequested(_, var path, _, var expires) ->
                path + " waits for an approval until " + expires.toString().substring(0, 16).replace('T', ' ') + " UTC";
            case RunEvent.ApprovalGiven(_, var path, var person, _, var actor) ->
                "APPROVED by " + person + ": " + path + (person.equals(actor) ? "" : ", handed in by " + actor);
            case RunEvent.AbortOrdered(_, var actor, var reason) -> "ABORT ordered by " + actor
                    + (reason.isBlank() ? "" : " (" + reason + ")") + "; what the runbook does then begins";
            case RunEvent.ControlTaken(_, var actor, var reason, var until) -> actor + " TOOK CONTROL until "
                    + until.toString().substring(11, 19) + " UTC" + (reason.isBlank() ? "" : ": " + reason);
            case RunEvent.ControlGivenBack(_, var actor) -> actor + " gave control back";
            case RunEvent.TriggerFired(_, var trigger, var evidence) -> "TRIGGER " + trigger + " FIRED: " + evidence;
            case RunEvent.TriggerAcknowledged(_, var trigger, var actor, var reason) ->
                actor + " acknowledged trigger " + trigger + ": " + reason;
            case RunEvent.Reported(var report) -> report.words();
            case RunEvent.DrillBegan(_, var actor, var reason, var until) ->
                actor + " drills whether an alert arrives, until " + until.toString().substring(11, 19) + " UTC at the latest"
                        + (reason.isBlank() ? "" : ": " + reason);
            case RunEvent.DrillEnded(_, var actor) -> actor + " ended the drill";
            case RunEvent.StepEntered(_, var path, int attempt) -> path + " begins" + (attempt > 1 ? ", attempt " + attempt : "");
            case RunEvent.StepReleased(_, var path, var actor) -> actor + " said go: " + path;
            case RunEvent.StepBlocked(_, var path, var why) -> path + " is blocked: " + why;
            case RunEvent.StepUnblocked(_, var path) -> path + " is no longer blocked";
            case RunEvent.ItemTicked(_, var path, var item, var actor, var value) -> actor + " ticked " + path + "/" + item
                    + (value.isBlank() ? "" : ": " + value);
            case RunEvent.ItemUnticked(_, var path, var item, var actor) -> actor + " took back the tick " + path + "/" + item;
            case RunEvent.OpIntended(_, var op) -> (op.order().disruptive() ? "ordered: " : "looking: ") + order(op);
            case RunEvent.OpSettled(_, var op, var outcome) -> outcome(outcome) + " - " + shortId(op);
            case RunEvent.OpObserved(_, var op, var settlement, var actor) -> settlement(settlement) + " - " + shortId(op)
                    + (actor == null ? "" : ", says " + actor);
            case RunEvent.LateReply(_, var op, var outcome) ->
                "late answer, nothing follows from it: " + outcome(outcome) + " - " + shortId(op);
            case RunEvent.DrainBegan(_, _, var node, var sessions, boolean bySession, var deadline) -> node
                    + " takes no new clients; those there may leave until " + deadline.toString().substring(11, 19) + " UTC ("
                    + (bySession ? sessions.size() + " sessions, each followed by name" : "followed by count") + ")";
            case RunEvent.StragglersFound(_, var path, long count, var evidence) ->
                count + " clients are still there: " + path + " ("
                        + evidence + "); wait, close, or give up?";
            case RunEvent.StragglersDecided(_, var path, var actor, var choice, _) ->
                actor + " decided: " + choice(choice) + " - " + path;
            case RunEvent.GateHolding(_, var path, var reading) -> path + " holds: " + reading.why();
            case RunEvent.GateBroken(_, var path, var reading) -> path + " no longer holds: " + reading.why();
            case RunEvent.GateExtended(_, var path, var by, var reading) ->
                path + " gets " + Durations.words(by) + " more: " + reading.why();
            case RunEvent.StepSucceeded(_, var path, var evidence) -> path + " succeeded: " + evidence;
            case RunEvent.StepFailed(_, var path, var state, var why) ->
                path + (state == StepState.TIMED_OUT ? " timed out: " : " failed: ")
                        + why;
            case RunEvent.StepSkipped(_, var path, var actor, var why) ->
                "SKIPPED WITHOUT VERIFICATION by " + actor + ": " + path + " (" + why + ")";
            case RunEvent.Retried(_, var path, var actor, int attempt) ->
                actor + " tries again: " + path + ", attempt " + attempt;
            case RunEvent.NodeSkipped(_, _, var node, var actor, var reason) ->
                actor + " skipped " + node + "; it stays as it is (" + reason + ")";
            case RunEvent.LaneBegunAgain(_, var lane, _, var why) -> lane + " begins again: " + why;
            case RunEvent.Held(_, var actor, var reason) -> "HELD by " + actor + (reason.isBlank() ? "" : ": " + reason);
            case RunEvent.Continued(_, var actor) -> actor + " lets the run continue";
            case RunEvent.DriftNoticed(_, _, _, _, _, var why) -> "the ground shifted: " + why;
            case RunEvent.DriftEnded(_, var node, var balancer) -> node + " is at " + balancer + " as this run left it again";
            case RunEvent.RollbackOrdered(_, var actor, var reason, var nodes, var warnings) -> "ROLL BACK ordered by " + actor
                    + (reason.isBlank() ? "" : " (" + reason + ")") + ": "
                    + (nodes.isEmpty() ? "nothing was touched" : String.join(", then ", nodes))
                    + (warnings.isEmpty() ? "" : "; " + String.join("; ", warnings));
            case RunEvent.RunEnded(_, var ending, _, var summary, var left) -> "the run " + (ending.words().startsWith("ended")
                    ? ending.words()
                    : "ended: " + ending.words()) + " - " + summary
                    + (left.isEmpty() ? "" : "; left as it is: " + String.join("; ", left));
            case RunEvent.KnownGoodSet(_, var actor, var versions) ->
                "known good from now on, by " + actor + ": " + KnownGood.words(versions);
        };
    }

    private static String verdict(Reading reading) {
        return reading.verdict().name().replace('_', ' ') + " on " + reading.samples()
                + (reading.samples() == 1 ? " sample" : " samples")
                + (reading.interval().isEmpty() ? "" : " (" + reading.interval() + ")");
    }

    /// An order in words, e.g. `drain ws-2@edge-a`, `deploy ws-2 v2`.
    public static String order(Op op) {
        return op.order().verb() + " " + op.order().target() + switch (op.order()) {
            case Order.Deploy(_, var version) -> " " + version;
            case Order.Share(_, _, int percent) -> " " + percent + "%";
            case Order.Errand errand -> (errand.version() == null ? "" : " " + errand.version()) + "; confirmed when "
                    + errand.confirm().words();
            case Order.CloseSessions(_, _, int perSecond, int code) -> " " + perSecond + "/s, clients see " + code;
            default -> "";
        };
    }

    private static String shortId(String op) {
        return op.substring(op.indexOf('/') + 1);
    }

    private static String outcome(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Done(var evidence) -> "done, read back: " + evidence;
            case Outcome.Refused(var why) -> "refused: " + why;
            case Outcome.Unknown(var why) -> "OUTCOME UNKNOWN: " + why;
            case Outcome.Probed(boolean resumed, var met) -> (resumed ? "probe: " : "probe failed: ") + met;
        };
    }

    private static String settlement(Settlement settlement) {
        return switch (settlement) {
            case Settlement.Applied(var evidence) -> "settled, it was applied: " + evidence;
            case Settlement.NotApplied(var evidence) -> "settled, it was not applied: " + evidence;
            case Settlement.Open(var why) -> "still unknown: " + why;
        };
    }

    private static String choice(StragglerChoice choice) {
        return switch (choice) {
            case StragglerChoice.Wait(var longer) -> "wait " + Durations.words(longer) + " more";
            case StragglerChoice.Close(int perSecond, int code) ->
                "close the rest, " + perSecond + " per second; clients see " + code;
            case StragglerChoice.GiveUp _ -> "give up";
        };
    }
}
