package io.lockkeeper.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockkeeper.Promise;
import io.lockkeeper.app.simulation.Fate;
import io.lockkeeper.domain.run.Command;
import io.lockkeeper.domain.run.Ending;
import io.lockkeeper.domain.run.Op;
import io.lockkeeper.domain.run.OpRun;
import io.lockkeeper.domain.run.Order;
import io.lockkeeper.domain.run.RunState;
import io.lockkeeper.domain.run.StepState;
import io.lockkeeper.domain.run.StragglerChoice;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EngineTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private static Trial started(String version, boolean guided, long seed) {
        var simulation = new Trial(seed);
        assertThat(simulation.submit(Plans.start(version, guided))).isInstanceOf(Submitted.Taken.class);
        return simulation;
    }

    private static Trial ticked(String version, long seed) {
        var simulation = started(version, false, seed);
        assertThat(simulation.submit(new Command.Tick("kim", "before", "ticket", ""))).isInstanceOf(Submitted.Taken.class);
        return simulation;
    }

    @Test
    void aRollingDeployEndsWithEveryNodeOnTheNewVersionAndServing() {
        var simulation = ticked("v2", 1);
        simulation.run(HOUR);
        assertThat(ending(simulation.state())).as(words(simulation.state())).isEqualTo(Ending.SUCCEEDED);
        assertThat(Plans.NODES).allSatisfy(node -> isOn(simulation, node, "v2"));
        assertThat(simulation.simulation.engine().history().knownGood().orElseThrow().versions()).containsEntry("ws-3", "v2");
    }

    @Test
    void nothingHappensBeforeTheChecklistIsTicked() {
        var simulation = started("v2", false, 1);
        simulation.run(Duration.ofMinutes(10));
        assertThat(simulation.service.received()).isEmpty();
    }

    @Test
    void aGuidedRunWaitsForGoBeforeEveryAction() {
        var simulation = started("v2", true, 1);
        simulation.submit(new Command.Tick("kim", "before", "ticket", ""));
        simulation.run(Duration.ofMinutes(10));
        assertThat(simulation.service.received()).isEmpty();
        assertThat(simulation.submit(new Command.Go("kim", "roll[ws-1]/drain"))).isInstanceOf(Submitted.Taken.class);
        simulation.run(Duration.ofMinutes(10));
        assertThat(simulation.service.received()).extracting(op -> op.order().verb()).containsOnly("drain", "closeSessions");
        assertThat(simulation.state().step("roll[ws-1]/version").state()).isEqualTo(StepState.AWAITING_PERSON);
    }

    @Test
    @Promise(8)
    void aVersionThatRefusesResumesIsHeldAtTheFirstNodeByItsProbe() {
        var simulation = ticked("bad", 1);
        simulation.run(Duration.ofMinutes(10));
        assertThat(simulation.state().step("roll[ws-1]/resumes").state()).isEqualTo(StepState.FAILED);
        assertThat(simulation.state().step("roll[ws-1]/resumes").words()).contains("handshake refused: HTTP 503");
        assertThat(simulation.node("ws-2").version()).isEqualTo("v1");
    }

    @Test
    @Promise(3)
    void theWayBackPutsEveryTouchedNodeBackAndLeavesTheOthersAlone() {
        var simulation = ticked("bad", 1);
        simulation.run(Duration.ofMinutes(10));
        assertThat(simulation.submit(new Command.RollBack("kim", "bad"))).isInstanceOf(Submitted.Taken.class);
        simulation.run(HOUR);
        assertThat(ending(simulation.state())).as(words(simulation.state())).isEqualTo(Ending.ROLLED_BACK);
        assertThat(simulation.node("ws-1").version()).isEqualTo("v1");
        assertThat(simulation.service.model().serves("ws-1")).isTrue();
        assertThat(simulation.service.received()).noneMatch(op -> op.order().isOf("ws-2"));
    }

    @Test
    void theWayBackDoesNotCutClientsOfANodeThatStillRunsItsOldVersion() {
        var simulation = ticked("v2", 1);
        while (simulation.state().touched().isEmpty() || !simulation.service.model().isOut("ws-1")) {
            assertThat(simulation.step()).isTrue();
        }
        simulation.submit(new Command.RollBack("kim", "changed our minds"));
        simulation.run(HOUR);
        assertThat(ending(simulation.state())).isEqualTo(Ending.ROLLED_BACK);
        assertThat(simulation.service.received()).noneMatch(op -> op.order() instanceof Order.CloseSessions
                || op.order() instanceof Order.OfLifecycle);
        assertThat(simulation.service.model().connections("ws-1")).isEqualTo(10);
    }

    @Test
    @Promise(1)
    void aFinishedNodeThatSaysAnotherVersionHoldsTheRunAndItNeverEndsWell() {
        var simulation = ticked("v2", 1);
        while (simulation.state().step("roll[ws-1]/serves").state() != StepState.SUCCEEDED) {
            assertThat(simulation.step()).isTrue();
        }
        simulation.service.begin("ws-1", "v1");
        simulation.run(HOUR);
        assertThat(simulation.state().held()).isNotNull().extracting(RunState.Hold::reason).asString().contains("ws-1 ran v2")
                .contains("runs v1");
        assertThat(simulation.submit(new Command.Continue("kim"))).isInstanceOfSatisfying(Submitted.Refused.class,
                refused -> assertThat(ActionCatalog.of(simulation.simulation.snapshot(), List.of(), false))
                        .filteredOn(item -> item.id().equals("run.continue")).singleElement()
                        .extracting(ActionItem::disabledBecause).isEqualTo(Optional.of(refused.why())));
        simulation.run(HOUR);
        assertThat(simulation.state().open()).isTrue();
        assertThat(simulation.service.received())
                .noneMatch(op -> op.order() instanceof Order.OfLifecycle && op.order().isOf("ws-2"));
        simulation.submit(new Command.RollBack("kim", "somebody else deploys"));
        simulation.run(HOUR);
        assertThat(ending(simulation.state())).isEqualTo(Ending.ROLLED_BACK);
    }

    @Test
    void aBalancerThatForgotTheDrainIsNoticedAndNoProcessIsStoppedUnderClients() {
        var simulation = started("v2", true, 1);
        simulation.submit(new Command.Tick("kim", "before", "ticket", ""));
        simulation.submit(new Command.Go("kim", "roll[ws-1]/drain"));
        simulation.run(Duration.ofMinutes(5));
        simulation.service.reload("edge");
        simulation.run(Duration.ofSeconds(2));
        simulation.submit(new Command.Go("kim", "roll[ws-1]/version"));
        simulation.run(Duration.ofMinutes(1));
        assertThat(simulation.state().drifts()).containsKey("ws-1@edge");
        assertThat(simulation.state().step("roll[ws-1]/version").state()).isEqualTo(StepState.BLOCKED);
        assertThat(simulation.service.received()).noneMatch(op -> op.order() instanceof Order.OfLifecycle);
        assertThat(simulation.submit(new Command.Reassert("kim", "ws-1", "edge"))).isInstanceOf(Submitted.Taken.class);
        simulation.run(Duration.ofMinutes(1));
        assertThat(simulation.state().drifts()).isEmpty();
        assertThat(simulation.state().step("roll[ws-1]/version").state()).isEqualTo(StepState.SUCCEEDED);
    }

    @Test
    @Promise(3)
    void aNodeThatSomebodyElseDeployedMeanwhileIsNotTouched() {
        var simulation = ticked("v2", 1);
        simulation.run(Duration.ofSeconds(1));
        simulation.service.begin("ws-3", "bad");
        simulation.run(HOUR);
        var step = simulation.state().step("roll[ws-3]/drain");
        assertThat(step.state()).isEqualTo(StepState.BLOCKED);
        assertThat(step.words()).contains("ws-3 runs bad, and ran v1 when this run began");
        assertThat(simulation.service.received()).noneMatch(op -> op.order().isOf("ws-3") && op.order().disruptive());
        simulation.submit(new Command.RollBack("kim", "somebody else deploys"));
        simulation.run(HOUR);
        assertThat(simulation.node("ws-1").version()).isEqualTo("v1");
        assertThat(simulation.node("ws-3").version()).isEqualTo("bad");
    }

    @Test
    void aWayBackSaysWhichWeightIsNotWhatItWas() {
        var simulation = ticked("v2", 1);
        simulation.run(Duration.ofSeconds(1));
        simulation.service.weight("ws-1", "edge", 20);
        simulation.submit(new Command.RollBack("kim", "enough"));
        simulation.run(HOUR);
        assertThat(ending(simulation.state())).isEqualTo(Ending.ROLLED_BACK);
        assertThat(Objects.requireNonNull(simulation.state().ended()).left())
                .contains("ws-1 has weight 20 at edge, before the run it had 100");
    }

    @Test
    void holdSendsNothingMoreUntilSomebodyContinues() {
        var simulation = ticked("v2", 1);
        simulation.submit(new Command.Hold("ada", "wait"));
        int before = simulation.service.received().size();
        simulation.run(Duration.ofMinutes(30));
        assertThat(simulation.service.received()).hasSize(before);
        simulation.submit(new Command.Continue("ada"));
        simulation.run(HOUR);
        assertThat(ending(simulation.state())).isEqualTo(Ending.SUCCEEDED);
    }

    @Test
    @Promise(3)
    void aFullDiskStopsEverythingButTheWayBack() {
        var simulation = ticked("v2", 1);
        simulation.run(Duration.ofSeconds(40));
        simulation.journal.room(0);
        int before = simulation.service.received().size();
        simulation.run(Duration.ofMinutes(5));
        assertThat(simulation.service.received()).hasSize(before);
        assertThat(simulation.simulation.notices()).anyMatch(words -> words.contains("no room"));
        assertThat(simulation.submit(new Command.RollBack("kim", "disk"))).isInstanceOf(Submitted.Taken.class);
        simulation.run(HOUR);
        assertThat(ending(simulation.state())).as(words(simulation.state())).isEqualTo(Ending.ROLLED_BACK);
    }

    private static Trial withDeployUnderWay() {
        var simulation = ticked("v2", 1);
        while (!simulation.sent(Order.Deploy.class)) {
            assertThat(simulation.step()).isTrue();
        }
        return simulation;
    }

    @Test
    @Promise(3)
    void anOutcomeToldWhileTheDiskWasFullIsWrittenOnceAWayBackFoundRoom() {
        var simulation = withDeployUnderWay();
        simulation.journal.room(0);
        simulation.run(Duration.ofSeconds(20));
        simulation.submit(new Command.RollBack("kim", "disk"));
        simulation.run(HOUR);
        assertThat(ending(simulation.state())).as(words(simulation.state())).isEqualTo(Ending.ROLLED_BACK);
    }

    @Test
    @Promise(3)
    void aConsoleRestartedOnAFullDiskStillTakesTheOrderToGoBack() {
        var simulation = withDeployUnderWay();
        simulation.journal.room(0);
        simulation.simulation.kill();
        int before = simulation.service.received().size();
        simulation.run(Duration.ofMinutes(1));
        assertThat(simulation.service.received()).as("sent without a journal").hasSize(before);
        assertThat(simulation.submit(new Command.RollBack("kim", "disk"))).isInstanceOf(Submitted.Taken.class);
        simulation.run(HOUR);
        assertThat(ending(simulation.state())).as(words(simulation.state())).isEqualTo(Ending.ROLLED_BACK);
    }

    @ParameterizedTest
    @ValueSource(ints = {600, -50})
    @Promise(1)
    void aClockThatIsSetDoesNotShortenTheTimeInWhichAnOrderMayStillTakeEffect(int seconds) {
        var simulation = ticked("v2", 1);
        simulation.lose = "deploy";
        simulation.fateOfThose = Fate.APPLIED_AFTER_DEADLINE;
        while (simulation.state().step("roll[ws-1]/version").state() != StepState.OUTCOME_UNKNOWN) {
            assertThat(simulation.step()).isTrue();
        }
        simulation.simulation.jump(Duration.ofSeconds(seconds));
        simulation.run(Duration.ofMinutes(1));
        assertThat(simulation.state().step("roll[ws-1]/version").state()).isEqualTo(StepState.OUTCOME_UNKNOWN);
        simulation.run(Duration.ofMinutes(4));
        assertThat(simulation.state().step("roll[ws-1]/version").state()).isEqualTo(StepState.SUCCEEDED);
        assertThat(simulation.node("ws-1").life()).isEqualTo(2);
    }

    @Test
    @Promise(3)
    void theWayBackLeadsOutOfAVersionThatDoesNotStart() {
        var simulation = withDeployUnderWay();
        simulation.run(Duration.ofSeconds(1));
        simulation.service.die("ws-1", Duration.ofSeconds(-1));
        simulation.run(Duration.ofMinutes(5));
        simulation.submit(new Command.RollBack("kim", "it does not start"));
        simulation.run(HOUR);
        assertThat(ending(simulation.state())).as(words(simulation.state())).isEqualTo(Ending.ROLLED_BACK);
        assertThat(simulation.state().step("wayBack/back[ws-1]/drain").words()).contains("ws-1 itself does not answer");
        isOn(simulation, "ws-1", "v1");
    }

    @Test
    @Promise(1)
    void aConsoleStartedAnewLooksForTheWholeSettlingTimeWhateverItsClockSays() {
        var simulation = ticked("v2", 1);
        simulation.lose = "enable";
        simulation.fateOfThose = Fate.APPLIED_LATE;
        while (simulation.state().step("roll[ws-1]/enable").state() != StepState.OUTCOME_UNKNOWN) {
            assertThat(simulation.step()).isTrue();
        }
        simulation.time.jump(Duration.ofMinutes(10));
        simulation.simulation.kill();
        simulation.lose = "";
        simulation.run(Duration.ofMinutes(1));
        assertThat(simulation.state().step("roll[ws-1]/enable").words()).contains("seen in effect");
        assertThat(simulation.service.applied().stream().map(Op::id)).doesNotHaveDuplicates();
    }

    @Test
    @Promise(5)
    void aNodeWhoseDrainABalancerForgotIsNotDrainedHoweverEmptyItIs() {
        var simulation = started("v2", true, 1);
        simulation.submit(new Command.Tick("kim", "before", "ticket", ""));
        simulation.submit(new Command.Go("kim", "roll[ws-1]/drain"));
        while (simulation.state().step("roll[ws-1]/drain").drain() == null) {
            assertThat(simulation.step()).isTrue();
        }
        simulation.service.enable("ws-1", "edge");
        simulation.service.die("ws-1", Duration.ofSeconds(1));
        simulation.run(Duration.ofMinutes(10));
        assertThat(simulation.state().step("roll[ws-1]/drain").state()).isEqualTo(StepState.VERIFYING);
        simulation.submit(new Command.Reassert("kim", "ws-1", "edge"));
        simulation.run(Duration.ofMinutes(1));
        assertThat(simulation.state().step("roll[ws-1]/drain").state()).isEqualTo(StepState.SUCCEEDED);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 23, 60, 120, 200})
    @Promise(4)
    void killedAtAnyMomentItComesBackAndEndsRightWithNoOrderSentTwice(int seed) {
        for (int moment = 1; moment < 400; moment += 7) {
            var simulation = ticked("v2", seed);
            for (int i = 0; i < moment && simulation.state().open(); i++) {
                simulation.step();
            }
            simulation.simulation.kill();
            goThrough(simulation);
            assertThat(ending(simulation.state())).as("killed at moment " + moment + ": " + words(simulation.state()))
                    .isEqualTo(Ending.SUCCEEDED);
            assertThat(simulation.service.received().stream().map(Op::id)).doesNotHaveDuplicates();
            assertThat(simulation.service.applied().stream().map(Op::id)).doesNotHaveDuplicates();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    @Promise(1)
    void whateverHappensToRequestsNothingIsReportedDoneThatIsNot(long seed) {
        for (long round = 0; round < 40; round++) {
            var simulation = started("v2", false, seed * 1000 + round);
            simulation.faults = 30;
            simulation.submit(new Command.Tick("kim", "before", "ticket", ""));
            goThrough(simulation);
            assertThat(ending(simulation.state())).as(words(simulation.state())).isEqualTo(Ending.SUCCEEDED);
            assertThat(Plans.NODES).allSatisfy(node -> isOn(simulation, node, "v2"));
            assertThat(simulation.service.received().stream().map(Op::id)).doesNotHaveDuplicates();
        }
    }

    /// A person who retries what was seen not to be applied or was refused, closes stragglers when asked, and nothing else.
    private static void goThrough(Trial simulation) {
        for (int i = 0; i < 60 && simulation.state().open(); i++) {
            simulation.run(Duration.ofMinutes(5));
            simulation.state().current().stream()
                    .filter(step -> step.state() == StepState.AWAITING_PERSON && step.drain() != null)
                    .forEach(step -> simulation.submit(
                            new Command.DecideStragglers("kim", step.path(), new StragglerChoice.Close(10, 1006))));
            simulation.state().stopped().forEach(step -> simulation.submit(new Command.Retry("kim", step.path())));
        }
    }

    private static void isOn(Trial simulation, String node, String version) {
        assertThat(simulation.node(node).version()).isEqualTo(version);
        assertThat(simulation.service.model().serves(node)).isTrue();
    }

    private static Ending ending(RunState state) {
        var ended = state.ended();
        if (ended == null) {
            throw new AssertionError("still open: " + words(state));
        }
        return ended.ending();
    }

    private static String words(RunState state) {
        return state.steps().values().stream().filter(step -> step.state() != StepState.SUCCEEDED)
                .map(step -> step.path() + " " + step.state() + " " + step.words()).collect(Collectors.joining("\n"))
                + state.ops().values().stream().filter(OpRun::undecided).map(op -> op.op().id() + " " + op.status())
                        .collect(Collectors.joining("\n", "\n", ""));
    }
}
