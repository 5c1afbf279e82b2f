package io.lockkeeper.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import io.lockkeeper.Promise;
import io.lockkeeper.app.simulation.Fate;
import io.lockkeeper.domain.environment.ErrandKind;
import io.lockkeeper.domain.run.Command;
import io.lockkeeper.domain.run.OpRun;
import io.lockkeeper.domain.run.RunEvent;
import io.lockkeeper.domain.run.RunState;
import io.lockkeeper.domain.run.StepState;
import io.lockkeeper.domain.runbook.Plan;
import io.lockkeeper.domain.runbook.Readback;
import io.lockkeeper.domain.runbook.Step;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Steps that run a command or make a call, on the engine in virtual time.
class ErrandStepsTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Readback PRINTS = new Readback.Prints("empty", "0");
    private static final Readback PERSON = new Readback.Person("is the page back?");

    private static Trial started(Readback confirm, @Nullable String node, boolean guided, Fate fate) {
        var trial = new Trial(1);
        trial.lose = "command";
        trial.fateOfThose = fate;
        var step = new Step.Errand("flush", "Flush it", ErrandKind.COMMAND, "flush", node, null, confirm, Duration.ofMinutes(1));
        var plan = new Plan("x", "X", List.of(step));
        var start = new Command.Start("kim", "r-1", "", "text", "hash", plan, Plans.wayBack(), Map.of(), null, Map.of(),
                List.of(),
                guided, "hash", "test", "nonce");
        assertThat(trial.submit(start)).isInstanceOf(Submitted.Taken.class);
        return trial;
    }

    private static StepState state(Trial trial) {
        return trial.state().step("flush").state();
    }

    private static OpRun op(Trial trial) {
        return trial.state().ops().values().iterator().next();
    }

    @ParameterizedTest
    @EnumSource(Fate.class)
    @Promise(1)
    void whateverBecomesOfItItIsSentOnceAndDoneOnlyWhenItsConfirmationSaysSo(Fate fate) {
        var trial = started(PRINTS, null, false, fate);
        trial.run(HOUR);
        boolean happens = trial.service.hasCarriedOut(op(trial).op().order());
        assertThat(state(trial)).isEqualTo(happens ? StepState.SUCCEEDED : StepState.FAILED);
        assertThat(trial.ordered()).hasSize(1);
        if (happens) {
            assertThat(trial.state().step("flush").words()).contains("empty prints \"0\"");
        }
    }

    @Test
    @Promise(1)
    void whatIsNotSeenIsUnknownUntilItsDeadlineAndItsSettlingTimeHavePassed() {
        var trial = started(PRINTS, null, false, Fate.NOT_SENT);
        trial.run(Duration.ofSeconds(30));
        assertThat(state(trial)).isEqualTo(StepState.OUTCOME_UNKNOWN);
        trial.run(Duration.ofMinutes(4)); // one minute of deadline, four of settling
        assertThat(state(trial)).isEqualTo(StepState.OUTCOME_UNKNOWN);
        trial.run(Duration.ofMinutes(2));
        assertThat(state(trial)).isEqualTo(StepState.FAILED);
        assertThat(trial.ordered()).hasSize(1);
        assertThat(trial.submit(new Command.Retry("kim", "flush"))).isInstanceOf(Submitted.Taken.class);
        trial.fateOfThose = Fate.FINE;
        trial.run(Duration.ofMinutes(1));
        assertThat(trial.ordered()).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource(names = {"FINE", "NOT_SENT", "REPLY_LOST", "APPLIED_LATE", "HUNG", "HUNG_AND_NOT_APPLIED"})
    @Promise(4)
    void killedAtAnyMomentItIsNeverSentAgainAndNothingIsMadeUp(Fate fate) {
        for (int moment = 0; moment < 40; moment++) {
            var trial = started(PRINTS, "ws-1", false, fate);
            for (int steps = 0; steps < moment && trial.state().open(); steps++) {
                trial.step();
            }
            trial.simulation.kill();
            trial.run(HOUR);
            assertThat(trial.ordered()).as("killed after %d", moment).hasSizeLessThanOrEqualTo(1);
            boolean happened = trial.service.hasCarriedOut(op(trial).op().order());
            assertThat(state(trial)).as("killed after %d", moment).isEqualTo(happened ? StepState.SUCCEEDED : StepState.FAILED);
        }
    }

    @Test
    void aGuidedRunWaitsForGo() {
        var trial = started(PRINTS, "ws-1", true, Fate.FINE);
        trial.run(HOUR);
        assertThat(state(trial)).isEqualTo(StepState.AWAITING_PERSON);
        assertThat(trial.ordered()).isEmpty();
        assertThat(trial.submit(new Command.Go("kim", "flush"))).isInstanceOf(Submitted.Taken.class);
        trial.run(HOUR);
        assertThat(state(trial)).isEqualTo(StepState.SUCCEEDED);
        assertThat(trial.state().touched()).containsExactly("ws-1");
    }

    @ParameterizedTest
    @CsvSource({"FINE, true, SUCCEEDED", "FINE, false, FAILED", "REPLY_LOST, true, SUCCEEDED",
            "HUNG_AND_NOT_APPLIED, false, FAILED"})
    @Promise(1)
    void whereAPersonIsAskedNothingElseDecides(Fate fate, boolean seen, StepState after) {
        var trial = started(PERSON, null, false, fate);
        trial.run(HOUR);
        assertThat(state(trial)).isEqualTo(StepState.AWAITING_PERSON);
        assertThat(op(trial).status()).isEqualTo(OpRun.Status.UNKNOWN);
        assertThat(trial.submit(new Command.Go("kim", "flush"))).isInstanceOf(Submitted.Refused.class);
        assertThat(trial.submit(new Command.Settle("kim", op(trial).op().id(), seen, " "))).isInstanceOf(Submitted.Refused.class);
        assertThat(trial.submit(new Command.Settle("kim", op(trial).op().id(), seen, "looked at it")))
                .isInstanceOf(Submitted.Taken.class);
        trial.run(Duration.ofMinutes(1));
        assertThat(state(trial)).isEqualTo(after);
        assertThat(trial.ordered()).hasSize(1);
        assertThat(trial.simulation.engine().history().events("r-1")).map(Recorded::event)
                .filteredOn(RunEvent.OpObserved.class::isInstance).singleElement()
                .isInstanceOfSatisfying(RunEvent.OpObserved.class, event -> assertThat(event.actor()).isEqualTo("kim"));
    }

    @Test
    @Promise(3)
    void theWayBackAndTheEndSayThatItIsNotUndone() {
        var trial = new Trial(1);
        var flush = new Step.Errand("flush", "Flush it", ErrandKind.COMMAND, "flush", "ws-1", null, PRINTS,
                Duration.ofMinutes(1));
        var wait = new Step.Checklist("wait", "Wait", List.of(new Step.Item("a", "A", null, null)));
        trial.submit(
                new Command.Start("kim", "r-1", "", "text", "hash", new Plan("x", "X", List.of(flush, wait)), Plans.wayBack(),
                        Map.of(), null, Map.of(), List.of(), false, "hash", "test", "nonce"));
        trial.run(Duration.ofMinutes(1));
        assertThat(trial.submit(new Command.RollBack("kim", "no"))).isInstanceOf(Submitted.Taken.class);
        var said = "what command flush(ws-1) did is not undone";
        assertThat(trial.state().wayBack()).isNotNull().extracting(RunState.WayBack::warnings).asInstanceOf(LIST).contains(said);
        trial.run(HOUR);
        assertThat(trial.state().ended()).isNotNull().extracting(RunEvent.RunEnded::left).asInstanceOf(LIST).contains(said);
    }
}
