package io.lockkeeper.domain.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockkeeper.Promise;
import io.lockkeeper.domain.fleet.NodeReading;
import io.lockkeeper.domain.runbook.Condition;
import io.lockkeeper.domain.runbook.GateExit;
import io.lockkeeper.domain.runbook.GateSignal;
import io.lockkeeper.domain.runbook.Step;
import io.lockkeeper.domain.signal.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Gates against readings that lie about their time, go missing, repeat themselves, come late or not at all.
class GateSearchTest {
    private static Step.Gate gate(Duration hold) {
        return new Step.Gate("gate", "Ready", GateSignal.NODE_READY, "ws-1", new Condition.IsTrue(true), hold,
                Duration.ofMinutes(5),
                GateExit.HOLD, GateExit.EXTEND, GateExit.HOLD);
    }

    private static NodeReading says(@Nullable Boolean ready) {
        return new NodeReading(ready, "v1", "1", null, 10L, "site", "ws-1");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    @Promise(2)
    void noSequenceOfReadingsPassesAGateThatMustHoldUnlessItHeld(long seed) {
        int passed = 0;
        for (int round = 0; round < 300; round++) {
            var dice = new Random(seed * 10_000 + round);
            var hold = Duration.ofSeconds(dice.nextInt(15));
            var walker = Walker.of(gate(hold));
            walker.view = _ -> null;
            walker.look();
            var held = new Held();
            for (int i = 0; i < 120 && walker.step("gate").state() == StepState.VERIFYING; i++) {
                int kind = dice.nextInt(12);
                Boolean ready = kind == 0 ? null : (Boolean) (kind > 2);
                boolean silent = dice.nextInt(15) == 0;
                long age = dice.nextInt(8) == 0 ? dice.nextInt(60_000) - 20_000 : dice.nextInt(2_000);
                walker.view = _ -> silent ? null : says(ready);
                walker.read = at -> at.minusMillis(age);
                walker.asleep(Duration.ofMillis(dice.nextInt(15) == 0 ? dice.nextInt(30_000) : 100 + dice.nextInt(1_200)));
                if (dice.nextInt(50) == 0) {
                    walker.killed();
                    held.since = null;
                }
                var readAt = walker.now.minusMillis(age);
                var entered = walker.step("gate").enteredAt();
                held.looked(walker.now, !silent && Boolean.TRUE.equals(ready) && age <= 5_000 && age >= -5_000 && entered != null
                        && !readAt.isBefore(entered));
                walker.look();
            }
            if (walker.step("gate").state() == StepState.SUCCEEDED) {
                passed++;
                assertThat(held.since).as("seed " + seed + " round " + round).isNotNull();
                assertThat(held.time()).as("seed " + seed + " round " + round).isGreaterThanOrEqualTo(hold);
                assertThat(walker.all(RunEvent.GateJudged.class).getLast().reading().verdict()).isEqualTo(Verdict.PASS);
            }
        }
        assertThat(passed).as("a search in which nothing passes finds nothing").isGreaterThan(50);
    }

    /// Since when every look, at most 5 s after the one before, saw something fresh and good.
    private static final class Held {
        @Nullable
        Instant since;
        private Instant last = Walker.START;

        void looked(Instant at, boolean good) {
            boolean gap = Duration.between(last, at).toMillis() > 5_000;
            since = !good ? null : since == null || gap ? at : since;
            last = at;
        }

        Duration time() {
            return since == null ? Duration.ZERO : Duration.between(since, last);
        }
    }

    @Test
    @Promise(2)
    void anUpperLimitOnServingNodesDoesNotPassBecauseNothingIsSeen() {
        var check = new Step.Check(GateSignal.FLEET_SERVING, null, new Condition.Count(null, 1L, null, null));
        var walker = Walker.of(new Step.Note("n", "N", "n"));
        walker.view = _ -> null;
        assertThat(GateJudge.judge(check, "n", walker.state, walker.facts()).verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        walker.read = at -> at.minusSeconds(60);
        assertThat(GateJudge.judge(check, "n", walker.state, walker.facts()).verdict()).isEqualTo(Verdict.STALE);
        walker.read = at -> at;
        walker.view = node -> says(node.equals("ws-1"));
        assertThat(GateJudge.judge(check, "n", walker.state, walker.facts()).verdict()).isEqualTo(Verdict.PASS);
    }

    @Test
    @Promise(2)
    void aReadingFromTheFutureIsNoneAClockWasPutBack() {
        var check = new Step.Check(GateSignal.NODE_READY, "ws-1", new Condition.IsTrue(true));
        var walker = Walker.of(new Step.Note("n", "N", "n"));
        walker.read = at -> at.plusSeconds(3_600);
        assertThat(GateJudge.judge(check, "n", walker.state, walker.facts()).verdict()).isEqualTo(Verdict.STALE);
    }

    @Test
    @Promise(2)
    void aShareOfProbesNeedsItsSamplesAndItsInterval() {
        var gate = new Step.Gate("gate", "Resumes", GateSignal.PROBE_SHARE, "ws-1", new Condition.Share(95, 73), Duration.ZERO,
                Duration.ofMinutes(5), GateExit.HOLD, GateExit.EXTEND, GateExit.HOLD);
        var walker = Walker.of(gate).look().pass(Duration.ofSeconds(30));
        assertThat(walker.step("gate").state()).isEqualTo(StepState.VERIFYING);
        walker.pass(Duration.ofSeconds(10));
        assertThat(walker.step("gate").state()).isEqualTo(StepState.SUCCEEDED);
        assertThat(walker.all(RunEvent.GateJudged.class).getLast().reading()).satisfies(reading -> {
            assertThat(reading.samples()).isEqualTo(73);
            assertThat(reading.interval()).isEqualTo("100 % of 73: 95 % to 100 %");
        });
    }
}
