package io.lockkeeper.domain.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockkeeper.Promise;
import io.lockkeeper.domain.fleet.NodeReading;
import io.lockkeeper.domain.runbook.Condition;
import io.lockkeeper.domain.runbook.GateExit;
import io.lockkeeper.domain.runbook.GateSignal;
import io.lockkeeper.domain.runbook.Plan;
import io.lockkeeper.domain.runbook.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SoakTest {
    private static final Step.Check READY = new Step.Check(GateSignal.NODE_READY, "ws-1", new Condition.IsTrue(true));
    private static final Step.Check FEW = new Step.Check(GateSignal.NODE_CONNECTIONS, "ws-1",
            new Condition.Count(null, 50L, null, null));

    private static Step.Soak soak(Duration hold, GateExit onFail, Step.Check... checks) {
        return new Step.Soak("soak", "Watch it", hold, List.of(checks), Duration.ofSeconds(15), Duration.ofMinutes(10), onFail);
    }

    private static Walker soaking(Duration hold) {
        return Walker.of(soak(hold, GateExit.HOLD, READY, FEW)).look();
    }

    private static NodeReading says(boolean ready, long connections) {
        return new NodeReading(ready, "v1", "1", null, connections, "site", "ws-1");
    }

    private static Duration journalled(Walker walker) {
        return walker.all(RunEvent.SoakEvidence.class).stream().map(one -> Duration.between(one.from(), one.to()))
                .reduce(Duration.ZERO, Duration::plus);
    }

    @Test
    @Promise(4)
    void itSucceedsWhenItsTimeWasSeenInReadings() {
        var walker = soaking(Duration.ofMinutes(5)).pass(Duration.ofMinutes(4));
        assertThat(walker.step("soak").state()).isEqualTo(StepState.SOAKING);
        walker.pass(Duration.ofMinutes(2));
        assertThat(walker.step("soak").state()).isEqualTo(StepState.SUCCEEDED);
        assertThat(walker.step("soak").words()).startsWith("held for 5m with evidence");
        assertThat(journalled(walker)).isEqualTo(Duration.ofMinutes(5));
        assertThat(walker.all(RunEvent.SoakEvidence.class)).hasSize(10)
                .allSatisfy(one -> assertThat(one.samples()).isGreaterThan(50));
    }

    @Test
    @Promise({2, 4})
    void timeWithoutEvidenceDoesNotCountAndEndsWithAPerson() {
        var walker = soaking(Duration.ofMinutes(5)).pass(Duration.ofMinutes(2));
        walker.view = _ -> null;
        walker.pass(Duration.ofMinutes(9));
        assertThat(walker.step("soak").state()).isEqualTo(StepState.SOAKING);
        assertThat(journalled(walker)).isLessThanOrEqualTo(Duration.ofMinutes(2));
        walker.pass(Duration.ofMinutes(2));
        assertThat(walker.step("soak").state()).isEqualTo(StepState.TIMED_OUT);
        assertThat(walker.step("soak").words()).startsWith("no evidence for 10m");
    }

    @Test
    @Promise(4)
    void evidenceThatComesBackGoesOnCountingFromThere() {
        var walker = soaking(Duration.ofMinutes(5)).pass(Duration.ofMinutes(2));
        walker.view = _ -> null;
        walker.pass(Duration.ofMinutes(5));
        walker.view = _ -> says(true, 10);
        walker.pass(Duration.ofMinutes(2));
        assertThat(walker.step("soak").state()).isEqualTo(StepState.SOAKING);
        walker.pass(Duration.ofSeconds(65));
        assertThat(walker.step("soak").state()).isEqualTo(StepState.SUCCEEDED);
    }

    @Test
    void aShortBadMomentIsToleratedAndDoesNotCount() {
        var walker = soaking(Duration.ofMinutes(2)).pass(Duration.ofMinutes(1));
        walker.view = _ -> says(false, 10);
        walker.pass(Duration.ofSeconds(14));
        walker.view = _ -> says(true, 10);
        walker.pass(Duration.ofSeconds(59));
        assertThat(walker.step("soak").state()).isEqualTo(StepState.SOAKING);
        walker.pass(Duration.ofSeconds(5));
        assertThat(walker.step("soak").state()).isEqualTo(StepState.SUCCEEDED);
    }

    @Test
    void badForTooLongFailsAndSaysWhat() {
        var walker = soaking(Duration.ofMinutes(2)).pass(Duration.ofMinutes(1));
        walker.view = _ -> says(true, 51);
        walker.pass(Duration.ofSeconds(17));
        assertThat(walker.step("soak").state()).isEqualTo(StepState.FAILED);
        assertThat(walker.step("soak").words()).startsWith("bad for 15s").contains("own connection count: 51");
    }

    @Test
    void whereItSaysSoAFailureGoesBackAndMissingEvidenceNeverDoes() {
        var plan = new Plan("test", "Test", List.of(soak(Duration.ofMinutes(2), GateExit.WAY_BACK, READY)));
        var back = new Plan("back", "Back", List.of(new Step.Note("wayBack/n", "Back", "back")));
        var bad = new Walker(plan, back, Map.of(), null, false).look().pass(Duration.ofMinutes(1));
        bad.view = _ -> says(false, 1);
        bad.pass(Duration.ofSeconds(20));
        assertThat(bad.state.rollingBack()).isTrue();
        var silent = new Walker(plan, back, Map.of(), null, false).look().pass(Duration.ofMinutes(1));
        silent.view = _ -> null;
        silent.pass(Duration.ofMinutes(15));
        assertThat(silent.state.rollingBack()).isFalse();
        assertThat(silent.step("soak").state()).isEqualTo(StepState.TIMED_OUT);
    }

    @Test
    @Promise(4)
    void aGapInWhichNobodyLookedDoesNotCount() {
        var walker = soaking(Duration.ofMinutes(2)).pass(Duration.ofSeconds(31)).asleep(Duration.ofHours(1)).look();
        assertThat(walker.step("soak").state()).isEqualTo(StepState.SOAKING);
        walker.pass(Duration.ofSeconds(85));
        assertThat(walker.step("soak").state()).isEqualTo(StepState.SOAKING);
        walker.pass(Duration.ofSeconds(7));
        assertThat(walker.step("soak").state()).isEqualTo(StepState.SUCCEEDED);
    }

    @Test
    @Promise(4)
    void whatWasJournalledSurvivesAKillAndNothingMore() {
        var walker = soaking(Duration.ofMinutes(2)).pass(Duration.ofSeconds(70)).killed().asleep(Duration.ofMinutes(30)).look();
        var kept = walker.step("soak").soak();
        assertThat(kept).isNotNull();
        assertThat(kept == null ? null : kept.counted()).isEqualTo(Duration.ofSeconds(60));
        walker.pass(Duration.ofSeconds(58));
        assertThat(walker.step("soak").state()).isEqualTo(StepState.SOAKING);
        walker.pass(Duration.ofSeconds(5));
        assertThat(walker.step("soak").state()).isEqualTo(StepState.SUCCEEDED);
    }

    @Test
    void theReadingClosestToItsLimitIsTheOneOnRecord() {
        var walker = soaking(Duration.ofMinutes(1)).pass(Duration.ofSeconds(10));
        walker.view = _ -> says(true, 49);
        walker.pass(Duration.ofSeconds(2));
        walker.view = _ -> says(true, 10);
        walker.pass(Duration.ofSeconds(20));
        assertThat(walker.all(RunEvent.SoakEvidence.class).getFirst().worst().why()).contains("own connection count: 49");
    }

    /// Readings that are missing, late, repeated, out of order, from the future or of nothing, looks that come when they like, and kills.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    @Promise({2, 4})
    void noSequenceOfReadingsPassesWithoutEnoughFreshEvidence(long seed) {
        int passed = 0;
        for (int round = 0; round < 150; round++) {
            var dice = new Random(seed * 1_000 + round);
            var hold = Duration.ofSeconds(20 + dice.nextInt(60));
            var walker = soaking(hold);
            var truth = new Freshness();
            for (int i = 0; i < 400 && walker.state.open() && walker.step("soak").state() == StepState.SOAKING; i++) {
                boolean good = dice.nextInt(40) > 0;
                boolean silent = dice.nextInt(30) == 0;
                long age = dice.nextInt(12) == 0 ? dice.nextInt(60_000) - 20_000 : dice.nextInt(1_500);
                walker.view = _ -> silent ? null : says(good, 10);
                walker.read = at -> at.minusMillis(age);
                walker.asleep(Duration.ofMillis(dice.nextInt(20) == 0 ? dice.nextInt(90_000) : 200 + dice.nextInt(1_500)));
                if (dice.nextInt(60) == 0) {
                    walker.killed();
                    truth.broken();
                }
                truth.looked(walker.now, !silent && good && age <= 5_000 && age >= -5_000);
                walker.look();
            }
            if (walker.step("soak").state() == StepState.SUCCEEDED) {
                passed++;
                assertThat(truth.seen).as("seed " + seed + " round " + round + " needs " + hold).isGreaterThanOrEqualTo(hold);
            }
        }
        assertThat(passed).as("a search in which nothing passes finds nothing").isGreaterThan(20);
    }

    /// Counts for itself, from what it was shown, how much time was covered by looks at most 5 s apart that all saw something fresh and good.
    private static final class Freshness {
        Duration seen = Duration.ZERO;
        private @Nullable Instant last;

        void looked(Instant at, boolean good) {
            if (good && last != null && Duration.between(last, at).toMillis() <= 5_000) {
                seen = seen.plus(Duration.between(last, at));
            }
            last = good ? at : null;
        }

        void broken() {
            last = null;
        }
    }
}
