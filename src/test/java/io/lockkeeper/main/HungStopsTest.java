package io.lockkeeper.main;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockkeeper.Promise;
import io.lockkeeper.domain.run.Ending;
import io.lockkeeper.domain.run.RunEvent;
import io.lockkeeper.domain.run.Settlement;
import io.lockkeeper.lab.Fault;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Deploys by a real supervisord whose answers are lost or late, whose stops hang, whose starts are no starts, and that is itself begun
/// anew. One after the other on one lab: each leaves its nodes as the next one's first line says.
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(90)
@Promise(1)
class HungStopsTest {
    private @Nullable FaultyLab started;

    @BeforeAll
    void startLab(@TempDir Path folder) throws Exception {
        started = new FaultyLab(folder);
    }

    @AfterEach
    void afresh() {
        lab().afresh();
    }

    @AfterAll
    void stopLab() {
        lab().close();
    }

    private FaultyLab lab() {
        return Objects.requireNonNull(started);
    }

    private static String[] put(String nodes, String version) {
        return new String[]{"run", "put", "--input", "nodes=" + nodes, "--input", "version=" + version, "--yes"};
    }

    private RunRecord endedWell(Terminals.Running run) throws Exception {
        var result = run.ends();
        assertThat(result.code()).as(result.out()).isZero();
        var record = lab().record();
        lab().truth.nothingWasSaidTooEarly(record);
        return record;
    }

    @Test
    @Order(1)
    void theLostReplyOfAStartIsUnknownUntilTheNodeItselfSaysThatItRuns() throws Exception {
        assertThat(lab().truth.version("ws-1")).isEqualTo("v1");
        lab().wires.supervisor.next("startProcess", new Fault.LostReply());
        var run = lab().start(put("ws-1", "v2"));
        run.says("OUTCOME UNKNOWN");
        var record = endedWell(run);

        var op = record.intended("deploy", "ws-1").getFirst().op();
        assertThat(record.unknownAt(op)).isPresent();
        assertThat(record.succeededAt("each[ws-1]/deploy"))
                .isAfterOrEqualTo(record.seenAt(op, Settlement.Applied.class).orElseThrow());
        assertThat(lab().wires.supervisor.asked("stopProcess")).isEqualTo(1);
        assertThat(lab().wires.supervisor.asked("startProcess")).isEqualTo(1);
        assertThat(lab().truth.version("ws-1")).isEqualTo("v2");
    }

    @Test
    @Order(2)
    void theLostReplyOfAStopLeavesTheNodeDownUntilTheSupervisorSaysThatNothingRuns() throws Exception {
        assertThat(lab().truth.version("ws-1")).isEqualTo("v2");
        lab().wires.supervisor.next("stopProcess", new Fault.LostReply());
        var run = lab().start(put("ws-1", "v1"));
        run.says("OUTCOME UNKNOWN");
        var record = endedWell(run);

        var first = record.intended("deploy", "ws-1").getFirst().op();
        var settled = record.seenAt(first, Settlement.NotApplied.class).orElseThrow();
        assertThat(settled).isAfterOrEqualTo(first.intendedAt().plusSeconds(8));
        assertThat(record.intended("deploy", "ws-1")).as("the second one after --yes tried again what was seen not to be")
                .hasSize(2);
        assertThat(record.intended("deploy", "ws-1").getLast().at()).isAfterOrEqualTo(settled);
        assertThat(lab().wires.supervisor.asked("stopProcess")).isEqualTo(1);
        assertThat(lab().wires.supervisor.asked("startProcess")).isEqualTo(1);
        assertThat(lab().truth.version("ws-1")).isEqualTo("v1");
    }

    @Test
    @Order(3)
    void aReplyAfterTheDeadlineIsOnlyALookAndNoSecondRequest() throws Exception {
        assertThat(lab().truth.version("ws-2")).isEqualTo("v1");
        lab().wires.supervisor.next("startProcess", new Fault.LateReply(Duration.ofSeconds(13)));
        var record = endedWell(lab().start(put("ws-2", "v2")));

        var op = record.intended("deploy", "ws-2").getFirst().op();
        assertThat(record.unknownAt(op).orElseThrow()).isBetween(op.deadline(), op.deadline().plusSeconds(2));
        assertThat(record.succeededAt("each[ws-2]/deploy"))
                .isAfterOrEqualTo(record.seenAt(op, Settlement.Applied.class).orElseThrow());
        assertThat(lab().wires.supervisor.asked("startProcess")).isEqualTo(1);
    }

    @Test
    @Order(4)
    @Promise(3)
    void aStartThatAnswersYesAndThenCrashesNeverPassesItsGateAndTheWayBackBeginsAtOnce() throws Exception {
        assertThat(lab().truth.version("ws-1")).isEqualTo("v1");
        var forward = lab().start(put("ws-1", "crash")).ends();
        assertThat(forward.code()).as(forward.out()).isNotZero();
        assertThat(forward.out()).doesNotContain("each[ws-1]/ready succeeded");

        var back = lab().run("rollback", "--reason", "it crashes");
        assertThat(back.code()).as(back.out()).isZero();
        var record = lab().record();
        assertThat(record.ended().orElseThrow().ending()).isEqualTo(Ending.ROLLED_BACK);
        assertThat(lab().truth.version("ws-1")).isEqualTo("v1");
    }

    @Test
    @Order(5)
    @Promise(3)
    void aWayBackOrderedWhileAStopHangsWaitsForThatCallSaysSoAndEndsRight() throws Exception {
        assertThat(lab().truth.version("ws-3")).isEqualTo("v1");
        long hung = lab().lab.pid("ws-2");
        var run = lab().start(put("ws-3,ws-2", "bad"));
        run.says("each[ws-3]/ready begins");
        lab().lab.signal("STOP", hung);
        run.says("ordered: deploy ws-2");
        var back = lab().run("rollback", "--reason", "enough");
        assertThat(back.code()).as(back.out()).isZero();
        run.ends();

        var record = lab().record();
        var ordered = record.rollback().at();
        var call = record.intended("deploy", "ws-2").getFirst().op();
        assertThat(ordered).isBefore(call.deadline());
        assertThat(back.out())
                .contains("waits for deploy ws-2, in flight until " + call.deadline().truncatedTo(ChronoUnit.SECONDS));
        var second = record.intended("deploy", "ws-2").get(1);
        assertThat(second.at()).isAfterOrEqualTo(call.deadline());
        var idle = record.first(RunEvent.OpIntended.class, intent -> intent.at().compareTo(ordered) >= 0
                && intent.op().order().isOf("ws-3")
                && !(intent.op().order() instanceof io.lockkeeper.domain.run.Order.Probe))
                .orElseThrow();
        assertThat(idle.at()).as("the idle lane does not wait for the call that hangs").isBefore(call.deadline());
        assertThat(record.ended().orElseThrow().ending()).isEqualTo(Ending.ROLLED_BACK);
        assertThat(lab().truth.version("ws-3")).isEqualTo("v1");
        assertThat(lab().truth.version("ws-2")).isEqualTo("v2");
        assertThat(lab().lab.pid("ws-2")).isNotEqualTo(hung);
    }

    @Test
    @Order(6)
    void aSupervisorBegunAnewInMidDeployTakesFinishedNodesBackAndTheRunNeverCallsThatDone() throws Exception {
        assertThat(lab().truth.version("ws-1")).isEqualTo("v1");
        lab().wires.supervisor.next("stopProcess</methodName><params><param><value><string>ws3:", new Fault.LostReply());
        var run = lab().start(put("ws-1,ws-3", "v2"));
        run.says("each[ws-1]/version succeeded");
        run.says("OUTCOME UNKNOWN");
        assertThat(lab().truth.version("ws-1")).isEqualTo("v2");
        lab().lab.restartSupervisor();
        run.says("HELD by lockkeeper: ws-1 ran v2");
        assertThat(lab().truth.version("ws-1")).isEqualTo("v1");
        assertThat(lab().record().ended()).isEmpty();

        var back = lab().run("rollback", "--reason", "the supervisor began anew");
        assertThat(back.code()).as(back.out()).isZero();
        run.ends();
        var record = lab().record();
        assertThat(record.ended().orElseThrow().ending()).isEqualTo(Ending.ROLLED_BACK);
        assertThat(record.ended().orElseThrow().left()).isEmpty();
        assertThat(lab().truth.version("ws-3")).isEqualTo("v1");
    }
}
