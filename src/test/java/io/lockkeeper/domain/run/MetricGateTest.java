package io.lockkeeper.domain.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockkeeper.Promise;
import io.lockkeeper.domain.environment.Environment;
import io.lockkeeper.domain.environment.Tier;
import io.lockkeeper.domain.fleet.Fleet;
import io.lockkeeper.domain.fleet.Sight;
import io.lockkeeper.domain.metrics.Datum;
import io.lockkeeper.domain.metrics.MetricsReading;
import io.lockkeeper.domain.metrics.Shadow;
import io.lockkeeper.domain.metrics.SourceReading;
import io.lockkeeper.domain.runbook.Condition;
import io.lockkeeper.domain.runbook.GateExit;
import io.lockkeeper.domain.runbook.GateSignal;
import io.lockkeeper.domain.runbook.Plan;
import io.lockkeeper.domain.runbook.Step;
import io.lockkeeper.domain.signal.Portion;
import io.lockkeeper.domain.signal.Ratio;
import io.lockkeeper.domain.signal.Reading;
import io.lockkeeper.domain.signal.SourceKind;
import io.lockkeeper.domain.signal.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Gates on numbers of other systems.
class MetricGateTest {
    private static final Instant ENTERED = Instant.parse("2026-11-26T03:00:00Z");
    private static final Duration WINDOW = Duration.ofMinutes(5);
    private static final Instant NOW = ENTERED.plus(Duration.ofMinutes(10));
    private static final Instant READ = NOW.minusSeconds(4);
    private static final Shadow OVER = new Shadow(NOW.minus(Duration.ofDays(3)), Shadow.USUAL);
    private static final Shadow UNDER = new Shadow(NOW.minus(Duration.ofHours(1)), Shadow.USUAL);
    private static final Condition.Metric QUEUE = metric("custom.queue", new Condition.Count(null, 100L, null, null), null, null);
    private static final Condition.Metric SUCCESS = metric("reconnect.success", null, new Portion(9_500), null);
    private static final Condition.Metric TIME = metric("reconnect.time", null, null, Duration.ofSeconds(2));

    private static Condition.Metric metric(String name, Condition.@Nullable Count count, @Nullable Portion atLeast,
            @Nullable Duration lessThan) {
        return new Condition.Metric(name, "prom", count, atLeast, lessThan, 50);
    }

    static Stream<Arguments> readings() {
        return Stream.of(level(100, READ, Verdict.PASS, "custom.queue from prom: 100"),
                level(100.5, READ, Verdict.FAIL, "wanted from prom at most 100"),
                level(3, ENTERED.minusMillis(1), Verdict.STALE, "s old"),
                level(3, NOW.minusSeconds(16), Verdict.STALE, "16 s old"),
                level(3, NOW.plusSeconds(60), Verdict.STALE, "60 s ahead of this clock"),
                Arguments.of(QUEUE, new Datum.None("no series fits ws_queue"), OVER, Verdict.NO_DATA, "no series fits ws_queue"),
                Arguments.of(QUEUE, new Datum.Level(3, READ), UNDER, Verdict.INCONCLUSIVE,
                        "in shadow until 2026-11-28T02:10:00Z"),
                Arguments.of(QUEUE, new Datum.Level(300, READ), UNDER, Verdict.INCONCLUSIVE, "in shadow"),
                share(200, 200, WINDOW, READ, Verdict.PASS, "100.0 %"),
                share(100, 200, WINDOW, READ, Verdict.FAIL, "wanted from prom at least 95 %, 50 samples"),
                share(193, 200, WINDOW, READ, Verdict.INCONCLUSIVE, "96.5 %"),
                share(40, 40, WINDOW, READ, Verdict.INCONCLUSIVE, "40 of 40"),
                share(0, 0, WINDOW, READ, Verdict.NO_DATA, "no events"),
                share(200, 200, Duration.ofMinutes(4), READ, Verdict.INCONCLUSIVE, "4m of 5m"),
                share(200, 200, WINDOW, ENTERED.plus(WINDOW).minusMillis(1), Verdict.STALE, "s old"),
                mean(1.9, 50, Verdict.PASS, "1.90 s"), mean(2.0, 50, Verdict.FAIL, "wanted from prom less than 2s"),
                mean(1.9, 49, Verdict.INCONCLUSIVE, "49 samples"), mean(1.9, 0, Verdict.NO_DATA, "no events"));
    }

    private static Arguments level(double value, Instant at, Verdict verdict, String why) {
        return Arguments.of(QUEUE, new Datum.Level(value, at), OVER, verdict, why);
    }

    private static Arguments share(long good, long all, Duration covered, Instant at, Verdict verdict, String why) {
        return Arguments.of(SUCCESS, new Datum.Share(new Ratio(good, all), WINDOW, covered, at), OVER, verdict, why);
    }

    private static Arguments mean(double seconds, long samples, Verdict verdict, String why) {
        return Arguments.of(TIME, new Datum.Mean(seconds, samples, WINDOW, WINDOW, READ), OVER, verdict, why);
    }

    @ParameterizedTest(name = "{0} {1}: {3}")
    @MethodSource("readings")
    @Promise(2)
    void onlyWhatIsFreshOutOfShadowAndEnoughPasses(Condition.Metric wanted, Datum datum, Shadow shadow, Verdict expected,
            String why) {
        var reading = judge(wanted, NOW, told(wanted.name(), "prom", datum, shadow));
        assertThat(reading.verdict()).as(reading.why()).isEqualTo(expected);
        assertThat(reading.why()).contains(why);
    }

    @Test
    @Promise(2)
    void aWindowThatReachesBackBeforeTheStepNeitherPassesNorFails() {
        for (int good : new int[]{200, 10}) {
            var now = ENTERED.plus(WINDOW).minusSeconds(1);
            var reading = judge(SUCCESS, now,
                    told("reconnect.success", "prom", new Datum.Share(new Ratio(good, 200), WINDOW, WINDOW, now), OVER));
            assertThat(reading.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
            assertThat(reading.why()).contains("reaches back before the step began");
        }
    }

    @Test
    @Promise(2)
    void whatWasReadBeforeTheStepIsNoData() {
        var now = ENTERED.plusSeconds(3);
        var reading = judge(QUEUE, now, told("custom.queue", "prom", new Datum.Level(3, ENTERED.minusSeconds(1)), OVER));
        assertThat(reading.verdict()).isEqualTo(Verdict.NO_DATA);
        assertThat(reading.why()).contains("has not been read since the gate began");
    }

    @Test
    @Promise(2)
    void whileSourcesDisagreeItIsInconclusive() {
        var reading = judge(QUEUE, NOW, told("custom.queue", "prom", new Datum.Level(3, READ), OVER),
                told("custom.queue", "other", new Datum.Level(90, READ), OVER));
        assertThat(reading.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(reading.why()).contains("sources disagree: ").contains("prom 3").contains("other 90");
    }

    @Test
    @Promise(2)
    void anotherSourceOrNobodyWhoReadsIsNoData() {
        assertThat(judge(QUEUE, NOW, told("custom.queue", "other", new Datum.Level(3, READ), OVER)).verdict())
                .isEqualTo(Verdict.NO_DATA);
        var gate = gate(QUEUE);
        assertThat(GateJudge.judge(gate, entered(gate), facts(NOW)).verdict()).isEqualTo(Verdict.NO_DATA);
    }

    private static SourceReading told(String signal, String source, Datum datum, Shadow shadow) {
        return new SourceReading(signal, source, SourceKind.METRICS, null, datum, Duration.ofSeconds(15), shadow, "");
    }

    private static Reading judge(Condition.Metric wanted, Instant now, SourceReading... told) {
        var kinds = Stream.of(told)
                .map(one -> new MetricsReading.Kind(one.signal(), io.lockkeeper.domain.signal.Shape.LEVEL, "messages", "waiting"))
                .distinct().toList();
        var gate = gate(wanted);
        return GateJudge.judge(gate, entered(gate), facts(now).withMetrics(new MetricsReading(10, kinds, List.of(told))));
    }

    private static Facts facts(Instant now) {
        var environment = new Environment("site", Tier.SANDBOX, "h", List.of(), List.of(), List.of("v1"), 1, Set.of(), 1001);
        return new Facts(environment, new Fleet(List.of(), new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), Sight.never(now)),
                now);
    }

    private static Step.Gate gate(Condition condition) {
        return new Step.Gate("felt", "Felt", GateSignal.METRICS, null, condition, Duration.ZERO, Duration.ofMinutes(20),
                GateExit.HOLD,
                GateExit.HOLD, GateExit.HOLD);
    }

    private static RunState entered(Step step) {
        var started = new RunEvent.RunStarted(ENTERED, "r", "kim", "", "", "", new Plan("p", "P", List.of(step)), null, Map.of(),
                null,
                Map.of(), List.of(), false, "", "", "");
        return RunMachine.evolve(RunMachine.begin(started), new RunEvent.StepEntered(ENTERED, step.path(), 1));
    }
}
