package io.lockkeeper.domain.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockkeeper.Promise;
import io.lockkeeper.domain.runbook.Plan;
import io.lockkeeper.domain.runbook.Step;
import io.lockkeeper.domain.runbook.Verb;
import io.lockkeeper.domain.watch.Latch;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A run that is guarded by triggers.
class GuardedTest {
    private static final Step FIRST = share("first", "ws-1");
    private static final Step SECOND = share("second", "ws-2");

    private static Step share(String path, String node) {
        return new Step.Action(path, "Share", Verb.SHARE, node, null, 50, null, Duration.ofMinutes(1), null);
    }

    private static Walker guarded(Step... steps) {
        var back = new Plan("back", "Back", List.of(share("wayBack/first", "ws-1")));
        return new Walker(new Plan("test", "Test", List.of(steps), List.of("success-rate", "data-loss")), back, Map.of(), null,
                false);
    }

    private static Map<String, Latch> fired(String trigger) {
        return Map.of(trigger, new Latch(trigger, Walker.START, "by client 50 % (5 of 10)"));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({"success-rate, BLOCKED", "data-loss, BLOCKED", "consensus, SUCCEEDED"})
    @Promise(8)
    void onlyATriggerThatGuardsItHoldsARunBeforeItsNextOrder(String trigger, StepState state) {
        var walker = guarded(FIRST, SECOND);
        walker.fired = fired(trigger);
        walker.look();
        assertThat(walker.step("first").state()).isEqualTo(state);
        assertThat(walker.all(RunEvent.OpIntended.class)).hasSize(state == StepState.BLOCKED ? 0 : 2);
    }

    @Test
    @Promise(4)
    void itWaitsWithItsReasonAlsoAfterAKillUntilSomebodyAcknowledges() {
        var walker = guarded(FIRST, SECOND);
        walker.fired = fired("success-rate");
        walker.look().killed().pass(Duration.ofHours(2));
        assertThat(walker.step("first").words()).isEqualTo("trigger success-rate guards this run and has fired: by client 50 % "
                + "(5 of 10). Acknowledge it, and the run goes on; or roll back");
        assertThat(walker.all(RunEvent.StepBlocked.class)).hasSize(1);
        assertThat(walker.all(RunEvent.OpIntended.class)).isEmpty();
        assertThat(walker.all(RunEvent.RollbackOrdered.class)).as("it never goes back by itself").isEmpty();
        walker.fired = Map.of();
        walker.look();
        assertThat(walker.all(RunEvent.OpIntended.class)).hasSize(2);
    }

    @Test
    @Promise(3)
    void theWayBackIsNeverHeld() {
        var walker = guarded(FIRST, new Step.Checklist("ask", "Ask", List.of(new Step.Item("yes", "Yes?", null, null))), SECOND);
        walker.look();
        walker.fired = fired("data-loss");
        assertThat(walker.refusal(new Command.RollBack("kim", "it is bad"))).isEqualTo("taken");
        assertThat(walker.all(RunEvent.OpIntended.class)).extracting(one -> one.op().path()).containsExactly("first",
                "wayBack/first");
    }

    @Test
    void aPointOfNoReturnIsNotPassedMeanwhile() {
        var walker = guarded(new Step.PointOfNoReturn("point", "Point", "why", "back", Map.of()), SECOND);
        walker.look();
        walker.fired = fired("data-loss");
        assertThat(walker.refusal(new Command.Go("kim", "point"))).startsWith("trigger data-loss guards this run and has fired");
        walker.fired = Map.of();
        assertThat(walker.refusal(new Command.Go("kim", "point"))).isEqualTo("taken");
    }
}
