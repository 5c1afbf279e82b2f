package io.lockkeeper.main;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockkeeper.Promise;
import io.lockkeeper.domain.run.Ending;
import io.lockkeeper.domain.run.Settlement;
import io.lockkeeper.lab.Fault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Orders to a real HAProxy whose answers are lost, late, cut short or nonsense on their way back.
@TestInstance(Lifecycle.PER_CLASS)
@Timeout(90)
@Promise(1)
class LostRepliesTest {
    private static final String DRAIN = "set server ws_nodes/ws1 state drain";
    private static final String READY = "set server ws_nodes/ws1 state ready";
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

    @Test
    void lostRepliesOfDrainAndEnableAreUnknownUntilLookedAtAndNothingIsSentTwice() throws Exception {
        lab().wires.runtime.next(DRAIN, new Fault.LostReply());
        lab().wires.runtime.next(READY, new Fault.LostReply());
        var result = lab().start("run", "out", "--input", "node=ws-1", "--yes").ends();

        assertThat(result.code()).as(result.out()).isZero();
        assertThat(result.out()).containsPattern("OUTCOME UNKNOWN: .* - drain/ws-1@edge/drain/1")
                .containsPattern("OUTCOME UNKNOWN: .* - enable/ws-1@edge/enable/1");
        var record = lab().record();
        for (var order : List.of("drain", "enable")) {
            var intents = record.intended(order, "ws-1@edge");
            assertThat(intents).hasSize(1);
            var op = intents.getFirst().op();
            var unknown = record.unknownAt(op).orElseThrow();
            var seen = record.seenAt(op, Settlement.Applied.class).orElseThrow();
            assertThat(seen).isAfterOrEqualTo(unknown);
            assertThat(record.succeededAt(order)).isAfterOrEqualTo(seen);
        }
        assertThat(lab().wires.runtime.asked(DRAIN)).isEqualTo(1);
        assertThat(lab().wires.runtime.asked(READY)).isEqualTo(1);
        assertThat(lab().truth.drained("ws-1")).isFalse();
        lab().truth.nothingWasSaidTooEarly(record);
    }

    static Stream<Fault> faults() {
        return Stream.of(new Fault.LateReply(Duration.ofSeconds(7)), new Fault.CutReply(0), new Fault.Reset(),
                new Fault.Silence(),
                new Fault.Nonsense("HTTP/1.0 503 Service Unavailable\r\n\r\n"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void whateverBecomesOfTheAnswerTheDrainIsUnknownAndThenSeen(Fault fault) throws Exception {
        lab().wires.runtime.next(DRAIN, fault);
        var run = lab().start("run", "out", "--input", "node=ws-1", "--yes");
        run.says("settled, it was applied");
        assertThat(run.out()).contains("OUTCOME UNKNOWN");
        assertThat(lab().truth.drained("ws-1")).isTrue();
        assertThat(lab().run("abort", "--reason", "seen enough").code()).isZero();
        run.ends();

        var record = lab().record();
        assertThat(record.succeeded()).as("nobody was seen to be off the node").isEmpty();
        assertThat(record.ended().orElseThrow().ending()).isEqualTo(Ending.ABORTED);
        assertThat(lab().wires.runtime.asked(DRAIN)).isEqualTo(1);
    }

    @Test
    void aDrainThatAReloadForgotBeforeAnybodyLookedIsNotAppliedAndNeverDone() throws Exception {
        var lost = lab().wires.runtime.next(DRAIN, new Fault.LostReply());
        lab().wires.runtime.holdAfter(lost);
        var run = lab().start("run", "out", "--input", "node=ws-1");
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> lost.isMet() && lab().truth.drained("ws-1"));
        lab().lab.edge.reload();
        Awaitility.await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(50))
                .until(() -> !lab().truth.drained("ws-1"));
        lab().wires.runtime.release();
        run.says("drain failed");
        assertThat(run.out()).contains("OUTCOME UNKNOWN", "settled, it was not applied");
        var record = lab().record();
        assertThat(record.succeeded()).isEmpty();
        var op = record.intended("drain", "ws-1@edge").getFirst().op();
        assertThat(record.seenAt(op, Settlement.NotApplied.class).orElseThrow()).isAfterOrEqualTo(op.deadline());
        assertThat(lab().wires.runtime.asked(DRAIN)).isEqualTo(1);

        var back = lab().run("rollback", "--reason", "leave it");
        assertThat(back.code()).as(back.out()).isZero();
        run.ends();
        assertThat(lab().truth.drained("ws-1")).isFalse();
    }
}
