package io.lockkeeper.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockkeeper.Promise;
import io.lockkeeper.app.simulation.Fate;
import io.lockkeeper.domain.run.Command;
import io.lockkeeper.domain.run.Ending;
import io.lockkeeper.domain.run.OpRun;
import io.lockkeeper.domain.run.Order;
import io.lockkeeper.domain.run.RunEvent;
import io.lockkeeper.domain.run.StepRun;
import io.lockkeeper.domain.run.StepState;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// Orders whose answer was lost and that may take effect when everything else is done: a run does not end before it knows.
@Promise(1)
class LateEffectTest {
    private static final Duration HOUR = Duration.ofHours(1);
    /// Deadline of a deploy in [Plans], and how long one may take to settle.
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final Duration SETTLES = Duration.ofMinutes(4);

    private static Trial withDeployLost(Fate fate) {
        var trial = new Trial(1);
        trial.lose = "deploy";
        trial.fateOfThose = fate;
        trial.submit(Plans.start("v2", false));
        trial.submit(new Command.Tick("kim", "before", "ticket", ""));
        while (trial.state().step("roll[ws-1]/version").state() != StepState.OUTCOME_UNKNOWN) {
            assertThat(trial.step()).isTrue();
        }
        trial.lose = "";
        return trial;
    }

    private static Instant intended(Trial trial) {
        return trial.state().ops().values().stream().filter(op -> op.op().order() instanceof Order.Deploy).findFirst()
                .orElseThrow().op().intendedAt();
    }

    private static RunEvent.RunEnded ended(Trial trial) {
        return Objects.requireNonNull(trial.state().ended());
    }

    private static boolean backOn(Trial trial) {
        return trial.state().step("wayBack/back[ws-1]/serves").state() == StepState.SUCCEEDED;
    }

    @Test
    @Promise(3)
    void whatTakesEffectAfterTheWayBackIsPutBackOnceMore() {
        var trial = withDeployLost(Fate.APPLIED_AFTER_DEADLINE);
        trial.submit(new Command.RollBack("kim", "no answer"));
        trial.run(DEADLINE.plusSeconds(30));
        assertThat(backOn(trial)).isTrue();
        assertThat(trial.state().open()).isTrue();
        assertThat(trial.state().current()).singleElement().satisfies(step -> {
            assertThat(step.path()).isEqualTo("roll[ws-1]/version");
            assertThat(step.state()).isEqualTo(StepState.OUTCOME_UNKNOWN);
            assertThat(step.words()).contains("it may still take effect until");
        });
        trial.run(HOUR);
        assertThat(ended(trial).ending()).isEqualTo(Ending.ROLLED_BACK);
        assertThat(ended(trial).left()).isEmpty();
        assertThat(trial.node("ws-1").version()).isEqualTo("v1");
        assertThat(trial.service.model().serves("ws-1")).isTrue();
        assertThat(trial.service.applied()).extracting(op -> op.order())
                .contains(new Order.Deploy("ws-1", "v2"), new Order.Deploy("ws-1", "v1"));
    }

    private static long begunAgain(Trial trial) {
        return trial.simulation.engine().history().events("r-1").stream().map(Recorded::event)
                .filter(RunEvent.LaneBegunAgain.class::isInstance).count();
    }

    @Test
    @Promise(3)
    void aClockThatIsSetBackLeadsToNoSecondTime() {
        var trial = withDeployLost(Fate.APPLIED_AFTER_DEADLINE);
        trial.submit(new Command.RollBack("kim", "no answer"));
        while (begunAgain(trial) == 0) {
            assertThat(trial.step()).isTrue();
        }
        trial.simulation.jump(Duration.ofMinutes(-10));
        trial.run(HOUR);
        assertThat(ended(trial).ending()).isEqualTo(Ending.ROLLED_BACK);
        assertThat(begunAgain(trial)).isEqualTo(1);
        assertThat(trial.node("ws-1").version()).isEqualTo("v1");
    }

    @Test
    void whatNeverTakesEffectIsWaitedForAsLongAsItMight() {
        var trial = withDeployLost(Fate.NOT_SENT);
        trial.submit(new Command.RollBack("kim", "no answer"));
        trial.run(HOUR);
        assertThat(ended(trial).ending()).isEqualTo(Ending.ROLLED_BACK);
        assertThat(ended(trial).at()).isBetween(intended(trial).plus(SETTLES), intended(trial).plus(SETTLES).plusSeconds(15));
        assertThat(trial.state().undecided()).isEmpty();
    }

    @Test
    void whatCanNeverBeSeenIsAQuestionForAPerson() {
        var trial = withDeployLost(Fate.NOT_SENT);
        trial.submit(new Command.RollBack("kim", "no answer"));
        trial.run(DEADLINE.plusSeconds(30));
        assertThat(backOn(trial)).isTrue();
        trial.service.die("ws-1", Duration.ofSeconds(-1));
        trial.run(HOUR);
        assertThat(trial.state().open()).isTrue();
        assertThat(trial.state().current()).extracting(StepRun::words).containsExactly("ws-1 does not answer");
        var open = trial.state().undecided().getFirst().op().id();
        assertThat(trial.submit(new Command.Settle("kim", open, false, "its machine is gone")))
                .isInstanceOf(Submitted.Taken.class);
        trial.run(HOUR);
        assertThat(ended(trial).ending()).isEqualTo(Ending.INCOMPLETE);
        assertThat(ended(trial).summary()).contains("ws-1 does not say what it runs");
    }

    @Test
    void abortEndsTheWaitAndSaysWhatIsNotKnown() {
        var trial = withDeployLost(Fate.NOT_SENT);
        trial.submit(new Command.RollBack("kim", "no answer"));
        trial.run(DEADLINE.plusSeconds(30));
        trial.submit(new Command.Abort("kim", "I cannot wait"));
        assertThat(ended(trial).ending()).isEqualTo(Ending.ABORTED);
        assertThat(ended(trial).left()).contains("the outcome of deploy ws-1 is unknown");
    }

    @Test
    void aForwardRunDoesNotSucceedEitherWhileAnOrderOfAPersonIsNotKnown() {
        var trial = new Trial(1);
        trial.submit(Plans.start("v2", false));
        trial.submit(new Command.Tick("kim", "before", "ticket", ""));
        while (trial.state().step("roll[ws-3]/ready").state() == StepState.NOT_STARTED) {
            assertThat(trial.step()).isTrue();
        }
        trial.submit(new Command.Hold("kim", "look"));
        trial.service.drain("ws-1", "edge");
        trial.run(Duration.ofSeconds(5));
        trial.lose = "enable";
        trial.fateOfThose = Fate.HUNG_AND_NOT_APPLIED;
        assertThat(trial.submit(new Command.Reassert("kim", "ws-1", "edge"))).isInstanceOf(Submitted.Taken.class);
        trial.run(Duration.ofSeconds(14));
        trial.service.readable("edge", false);
        trial.run(Duration.ofSeconds(20));
        trial.submit(new Command.Continue("kim"));
        trial.run(Duration.ofMinutes(5));
        assertThat(trial.state().ops().values()).filteredOn(OpRun::undecided).hasSize(1);
        assertThat(trial.state().current()).filteredOn(step -> step.path().equals("ground/ws-1@edge")).singleElement()
                .extracting(StepRun::state).isEqualTo(StepState.OUTCOME_UNKNOWN);
        assertThat(trial.state().open()).isTrue();
    }
}
