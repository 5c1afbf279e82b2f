package io.lockkeeper.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockkeeper.Promise;
import io.lockkeeper.app.simulation.ModelNode;
import io.lockkeeper.domain.fleet.AdminState;
import io.lockkeeper.domain.fleet.Fleet;
import io.lockkeeper.domain.fleet.NodeReading;
import io.lockkeeper.domain.fleet.Sight;
import io.lockkeeper.domain.run.Command;
import io.lockkeeper.domain.run.Ending;
import io.lockkeeper.domain.run.Op;
import io.lockkeeper.domain.run.Order;
import io.lockkeeper.domain.run.StepState;
import io.lockkeeper.domain.runbook.Plan;
import io.lockkeeper.domain.runbook.RestorePoint;
import io.lockkeeper.domain.runbook.Step;
import io.lockkeeper.domain.runbook.Verb;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Rolling back puts each touched node to what it was itself before the run, and touches no other. Where that cannot be, the end says so.
@Promise(3)
class RestorePointsTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration NEVER = Duration.ofSeconds(-1);
    private static final String LANE_1 = "wayBack/back[ws-1]/";

    /// ws-2 runs v2 already, the others v1.
    private static ShippedTrial mixed() {
        var trial = new ShippedTrial("edge");
        trial.service.begin("ws-2", "v2");
        return trial;
    }

    private static void deploy(ShippedTrial trial, String version) {
        trial.start("rolling-deploy", Map.of("version", version));
    }

    private static ShippedTrial deployed(String untilDone) {
        var trial = mixed();
        deploy(trial, "v3");
        trial.until("roll[" + untilDone + "]/serves", StepState.SUCCEEDED);
        return trial;
    }

    private static AdminState admin(ShippedTrial trial, String node) {
        return trial.service.model().admin(node, "edge");
    }

    private static void hasItsOwn(ShippedTrial trial) {
        assertThat(trial.version("ws-1")).isEqualTo("v1");
        assertThat(trial.version("ws-2")).isEqualTo("v2");
        assertThat(trial.version("ws-3")).isEqualTo("v1");
        assertThat(ShippedTrial.NODES).allMatch(trial.service.model()::serves);
    }

    private static List<Op> ordered(ShippedTrial trial, String node) {
        return trial.service.received().stream().filter(op -> op.order().disruptive() && op.order().isOf(node)).toList();
    }

    @Test
    void eachNodeOfAMixedFleetGoesBackToItsOwnVersion() {
        var trial = deployed("ws-2");
        trial.rollBack();
        trial.run(HOUR);
        trial.isBack();
        hasItsOwn(trial);
    }

    @ParameterizedTest
    @CsvSource({"ws-1,false", "ws-1,true", "ws-2,false", "ws-2,true"})
    void fromEveryMomentOfADeployAndAfterAKill(String node, boolean killed) {
        int moments = 0;
        while (true) {
            var trial = mixed();
            trial.start("rolling-deploy", Map.of("version", "v3", "nodes", node));
            for (int i = 0; i < moments && trial.state().open(); i++) {
                trial.step();
            }
            if (!trial.state().open()) {
                assertThat(moments).isGreaterThan(40);
                return;
            }
            if (killed) {
                trial.simulation.kill();
            }
            trial.rollBack();
            trial.run(HOUR);
            trial.isBack();
            hasItsOwn(trial);
            moments += 5;
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 20, 60, 100})
    void whatIsKilledOnItsWayBackGoesOnThere(int moments) {
        var trial = deployed("ws-2");
        trial.rollBack();
        for (int i = 0; i < moments; i++) {
            trial.step();
        }
        trial.simulation.kill();
        trial.run(HOUR);
        trial.isBack();
        hasItsOwn(trial);
    }

    @Test
    void aNodeThatWasOutBeforeIsLeftOut() {
        var trial = mixed();
        trial.service.drain("ws-2", "edge");
        trial.start("rolling-deploy", Map.of("version", "v3", "nodes", "ws-2,ws-1"));
        trial.until("roll[ws-1]/resumes", StepState.VERIFYING);
        assertThat(admin(trial, "ws-2")).isEqualTo(AdminState.ENABLED);
        trial.rollBack();
        trial.run(HOUR);
        trial.isBack();
        assertThat(admin(trial, "ws-2")).isEqualTo(AdminState.DRAINED);
        assertThat(admin(trial, "ws-1")).isEqualTo(AdminState.ENABLED);
        assertThat(List.of(trial.version("ws-1"), trial.version("ws-2"))).containsExactly("v1", "v2");
    }

    @Test
    void aNodeThatWasReturnedIsTakenOutAgainThoughItsVersionIsTheSame() {
        var trial = mixed();
        trial.service.drain("ws-1", "edge");
        trial.start("return-node", Map.of("node", "ws-1"));
        trial.until("enable", StepState.RUNNING);
        trial.rollBack();
        trial.run(HOUR);
        trial.isBack();
        assertThat(admin(trial, "ws-1")).isEqualTo(AdminState.DRAINED);
        assertThat(ordered(trial, "ws-1")).noneMatch(op -> op.order() instanceof Order.OfLifecycle);
    }

    @Test
    void aNodeThatOneOfTwoBalancersKeptOutIsBackAtTheOtherOnly() {
        var trial = new ShippedTrial("edge-a", "edge-b");
        trial.service.drain("ws-1", "edge-b");
        deploy(trial, "v2");
        trial.until("roll[ws-1]/serves", StepState.SUCCEEDED);
        trial.rollBack();
        trial.run(HOUR);
        trial.isBack();
        assertThat(trial.service.model().admin("ws-1", "edge-a")).isEqualTo(AdminState.ENABLED);
        assertThat(trial.service.model().admin("ws-1", "edge-b")).isEqualTo(AdminState.DRAINED);
        assertThat(trial.version("ws-1")).isEqualTo("v1");
    }

    private static Command.Start canary(@Nullable String before) {
        var share = new Step.Action("share", "A little", Verb.SHARE, "ws-1", null, 25, null, Duration.ofSeconds(15), null);
        var ask = new Step.Checklist("look", "Look", List.of(new Step.Item("well", "All is well", null, null)));
        var start = Plans.start("v2", false);
        var restore = List.of(new RestorePoint("ws-1", before, Map.of("edge", AdminState.ENABLED), Map.of("edge", 80)));
        return new Command.Start("kim", "r-1", "", "text", "hash", new Plan("canary", "Canary", List.of(share, ask)),
                before == null ? withoutVersion() : start.wayBack(), Map.of(), null, Map.of(), restore, false, "hash", "test",
                "nonce");
    }

    private static Plan withoutVersion() {
        return new Plan("rollback", "Back", List.of(Plans.action("wayBack/rollback", Verb.ROLLBACK, "ws-1", null)));
    }

    @Test
    void aShareThatTheRunGaveIsTakenBack() {
        var trial = new Trial(1);
        trial.service.weight("ws-1", "edge", 80);
        trial.time.pass(Duration.ofSeconds(5));
        trial.submit(canary("v1"));
        trial.run(MINUTE);
        assertThat(trial.simulation.snapshot().fleet().server("edge", "ws-1", trial.time.now()).orElseThrow().weight())
                .isEqualTo(25);
        trial.submit(new Command.RollBack("kim", "enough"));
        trial.run(HOUR);
        var end = Objects.requireNonNull(trial.state().ended());
        assertThat(end.ending()).as(end.summary()).isEqualTo(Ending.ROLLED_BACK);
        assertThat(end.left()).isEmpty();
        assertThat(trial.simulation.snapshot().fleet().server("edge", "ws-1", trial.time.now()).orElseThrow().weight())
                .isEqualTo(80);
        assertThat(trial.node("ws-1").life()).isEqualTo(1);
    }

    @Test
    void whereTheVersionBeforeIsNotKnownNoWayBackIsArmedAndNothingBegins() {
        var trial = new ShippedTrial(RestorePointsTest::withoutVersions, "edge");
        assertThat(trial.prepare("rolling-deploy", Map.of("version", "v3")))
                .isInstanceOfSatisfying(Prepared.Refused.class, refused -> assertThat(String.join("; ", refused.problems()))
                        .contains("the way back cannot be armed").contains("did not say which version it runs"));
    }

    private static Fleet withoutVersions(Fleet seen) {
        var views = new TreeMap<String, Sight<NodeReading>>();
        seen.views().forEach((node, sight) -> views.put(node, sight instanceof Sight.Seen<NodeReading>(var one, var at)
                ? new Sight.Seen<>(new NodeReading(one.ready(), null, one.instance(), one.startedAt(), one.connections(),
                        one.environment(), one.name()), at)
                : sight));
        return new Fleet(seen.nodes(), seen.balancers(), views, seen.processes(), seen.roll());
    }

    @Test
    void aVersionThatNobodyKnowsIsNeverPutBackByDoingNothing() {
        var trial = new Trial(1);
        trial.submit(canary(null));
        trial.run(MINUTE);
        trial.submit(new Command.RollBack("kim", "enough"));
        trial.run(HOUR);
        assertThat(trial.state().step("wayBack/rollback").state()).isEqualTo(StepState.FAILED);
        assertThat(trial.state().step("wayBack/rollback").words()).isEqualTo("nobody knows which version to put on ws-1");
    }

    @Test
    void aNodeThatNeverComesBackIsLeftByAPersonAndTheOthersArePutBack() {
        var trial = deployed("ws-2");
        trial.service.die("ws-1", NEVER);
        trial.run(Duration.ofSeconds(10));
        trial.service.nextStartNeverEnds();
        trial.rollBack();
        trial.run(HOUR);
        var lost = trial.state().step(LANE_1 + "rollback");
        assertThat(lost.state()).isEqualTo(StepState.OUTCOME_UNKNOWN);
        assertThat(lost.words()).isEqualTo("ws-1 does not answer");
        trial.submit(new Command.Settle("kim", trial.state().undecided().getFirst().op().id(), false, "its machine is gone"));
        trial.run(MINUTE);
        trial.submit(new Command.SkipNode("kim", "wayBack/back[ws-1]", "its machine is gone"));
        trial.run(HOUR);
        assertThat(trial.version("ws-2")).isEqualTo("v2");
        assertThat(trial.service.model().serves("ws-2")).isTrue();
        assertThat(trial.ended().ending()).isEqualTo(Ending.INCOMPLETE);
        assertThat(trial.ended().left()).contains("ws-1 is drained at edge");
    }

    @Test
    void aNodeThatComesBackLateIsWaitedFor() {
        var trial = deployed("ws-2");
        trial.service.die("ws-1", NEVER);
        trial.run(Duration.ofSeconds(10));
        trial.service.nextStartTakes(Duration.ofMinutes(10));
        trial.rollBack();
        trial.run(HOUR);
        trial.isBack();
        hasItsOwn(trial);
        assertThat(ordered(trial, "ws-1")).filteredOn(op -> op.path().startsWith("wayBack/"))
                .filteredOn(op -> op.order() instanceof Order.OfLifecycle).hasSize(1);
    }

    @Test
    void aBalancerThatForgotItsDrainsBeforeTheWayBackChangesNothingOfWhereItLeads() {
        var trial = mixed();
        trial.service.drain("ws-2", "edge");
        trial.start("rolling-deploy", Map.of("version", "v3", "nodes", "ws-2,ws-1"));
        trial.until("roll[ws-1]/deploy", StepState.RUNNING);
        trial.service.reload("edge");
        trial.run(Duration.ofSeconds(3));
        trial.rollBack();
        trial.run(HOUR);
        trial.isBack();
        assertThat(admin(trial, "ws-2")).isEqualTo(AdminState.DRAINED);
        assertThat(trial.service.model().serves("ws-1")).isTrue();
        assertThat(List.of(trial.version("ws-1"), trial.version("ws-2"))).containsExactly("v1", "v2");
    }

    @Test
    void aBalancerThatForgetsItsDrainOnTheWayBackIsToldAgainByAPersonBeforeAProcessIsStopped() {
        var trial = deployed("ws-1");
        trial.rollBack();
        trial.until(LANE_1 + "drain", StepState.VERIFYING);
        trial.service.reload("edge");
        trial.run(Duration.ofMinutes(5));
        assertThat(ordered(trial, "ws-1")).filteredOn(op -> op.path().startsWith("wayBack/"))
                .noneMatch(op -> op.order() instanceof Order.OfLifecycle);
        assertThat(trial.state().drifts()).containsKey("ws-1@edge");
        trial.submit(new Command.Reassert("kim", "ws-1", "edge"));
        trial.run(HOUR);
        trial.isBack();
        hasItsOwn(trial);
    }

    @Test
    void aNodeLeftOutThatABalancerTakesInAfterwardsIsNoWayBack() {
        var trial = mixed();
        trial.service.drain("ws-2", "edge");
        trial.start("rolling-deploy", Map.of("version", "v3", "nodes", "ws-2,ws-1,ws-3"));
        trial.until("roll[ws-3]/drain", StepState.VERIFYING);
        trial.rollBack();
        trial.until("wayBack/back[ws-2]/serves", StepState.SUCCEEDED);
        trial.service.enable("ws-2", "edge");
        trial.run(HOUR);
        assertThat(trial.ended().ending()).isEqualTo(Ending.INCOMPLETE);
        assertThat(trial.ended().summary()).contains("ws-2 is enabled at edge");
    }

    @Test
    void aTouchedNodeThatSomebodyElseDeployedMeanwhileGoesBackToItsOwn() {
        var trial = deployed("ws-1");
        trial.service.begin("ws-1", ModelNode.BAD);
        trial.run(Duration.ofSeconds(10));
        trial.rollBack();
        trial.run(HOUR);
        trial.isBack();
        hasItsOwn(trial);
    }

    @Test
    void aNodeThatSomebodyElseDeploysAfterItWasPutBackIsNamedAndLeftToThem() {
        var trial = deployed("ws-2");
        trial.rollBack();
        trial.until("wayBack/back[ws-1]/serves", StepState.SUCCEEDED);
        trial.service.begin("ws-1", ModelNode.BAD);
        trial.run(HOUR);
        assertThat(trial.ended().ending()).isEqualTo(Ending.INCOMPLETE);
        assertThat(trial.ended().summary()).contains("ws-1 runs bad, and this run left it with v1");
        assertThat(trial.version("ws-1")).isEqualTo(ModelNode.BAD);
        assertThat(trial.version("ws-2")).isEqualTo("v2");
    }

    @Test
    void aNodeThatTheRunNeverTouchedIsNotPutAnywhere() {
        var trial = deployed("ws-1");
        trial.service.begin("ws-3", "v2");
        trial.run(Duration.ofSeconds(5));
        trial.rollBack();
        trial.run(HOUR);
        assertThat(trial.ended().ending()).isEqualTo(Ending.ROLLED_BACK);
        assertThat(ordered(trial, "ws-3")).isEmpty();
        assertThat(trial.version("ws-3")).isEqualTo("v2");
    }
}
