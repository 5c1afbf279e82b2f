package io.lockkeeper.domain.run;

import io.lockkeeper.domain.runbook.Plan;
import io.lockkeeper.domain.runbook.RestorePoint;
import io.lockkeeper.domain.trigger.Report;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a person (or a trigger) asks of a run. Every command names who asks; refusals say why.
public sealed interface Command {
    /// Who asks: a person's name, or the gate or trigger that acts.
    String actor();

    /// @param runbookText the reviewed source
    /// @param wayBack compiled way back for every node the plan may touch; `null` where the plan changes nothing
    /// @param onward what stands in for it, by the path of the point of no return from which on it does
    /// @param onAbort what is done when the run is aborted; `null` for nothing
    /// @param nonce drawn at random for this run alone
    /// @param guided whether every disruptive action waits for *go*; otherwise only person steps wait
    record Start(String actor, String run, String reason, String runbookText, String runbookHash, Plan plan,
            @Nullable Plan wayBack, Map<String, Plan> onward, @Nullable Plan onAbort, Map<String, String> inputs,
            List<RestorePoint> restore, boolean guided, String environmentHash, String version,
            String nonce) implements Command {}

    record Go(String actor, String path) implements Command {}

    /// @param value the asked value or evidence; empty for a plain tick
    record Tick(String actor, String path, String item, String value) implements Command {}

    record Untick(String actor, String path, String item) implements Command {}

    record DecideStragglers(String actor, String path, StragglerChoice choice) implements Command {}

    /// One person's vote in a decision.
    record Choose(String actor, String path, String choice) implements Command {}

    /// Hands in somebody's approval.
    ///
    /// @param signature of the request, Base64
    record Approve(String actor, String path, String person, String signature) implements Command {}

    /// Finish the call in flight, send no more.
    record Hold(String actor, String reason) implements Command {}

    record Continue(String actor) implements Command {}

    record Retry(String actor, String path) implements Command {}

    /// Leaves the node as it is and goes on with the others.
    record SkipNode(String actor, String lane, String reason) implements Command {}

    /// Break-glass: passes a gate without its verdict, or an approval without its signature; loud in journal and report.
    record SkipVerification(String actor, String path, String reason) implements Command {}

    /// A person says what an unknown outcome was, having looked.
    record Settle(String actor, String op, boolean applied, String evidence) implements Command {}

    /// Orders again what a balancer has forgotten.
    record Reassert(String actor, String node, String balancer) implements Command {}

    record RollBack(String actor, String reason) implements Command {}

    /// Of the environment, not of a run: from now on, for so long, it may be ordered about.
    record TakeControl(String actor, String reason, Duration duration) implements Command {}

    record GiveBackControl(String actor) implements Command {}

    /// Of the environment, not of a run: somebody took note of a trigger that fired.
    record AcknowledgeTrigger(String actor, String trigger, String reason) implements Command {}

    /// Of the environment, not of a run: somebody tells the triggers something.
    ///
    /// @param report its time is that at which whoever holds the environment takes it
    record Tell(Report report) implements Command {
        @Override
        public String actor() {
            return report.actor();
        }
    }

    /// Of the environment, not of a run: for so long, or until it is ended, watchers show that somebody drills whether an alert arrives.
    record BeginDrill(String actor, String reason, Duration duration) implements Command {}

    record EndDrill(String actor) implements Command {}

    /// End here, leave everything as it is.
    record Abort(String actor, String reason) implements Command {}
}
