package io.lockkeeper.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lockkeeper.app.simulation.PassingEvents;
import io.lockkeeper.Promise;
import io.lockkeeper.app.simulation.MemoryJournal;
import io.lockkeeper.domain.fleet.Sight;
import io.lockkeeper.domain.run.Command;
import io.lockkeeper.domain.run.Ending;
import io.lockkeeper.domain.run.RunEvent;
import io.lockkeeper.domain.run.RunState;
import io.lockkeeper.domain.runbook.Condition;
import io.lockkeeper.domain.runbook.GateSignal;
import io.lockkeeper.domain.runbook.Plan;
import io.lockkeeper.domain.runbook.Step;
import io.lockkeeper.domain.runbook.Stragglers;
import io.lockkeeper.domain.runbook.Verb;
import io.lockkeeper.port.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A whole session whose clock is set, whose computer sleeps, whose process is stopped, in the middle of what has to hold without a gap.
@Timeout(60)
@Promise(4)
class ClockTest {
    private static final Duration HOLD = Duration.ofSeconds(4);

    /// Three times as fast as time, and it can be set.
    private static final class SetClock implements Time {
        private static final int FASTER = 3;
        private final long origin = System.nanoTime();
        private final Instant began = Instant.parse("2026-11-24T03:00:00Z");
        private volatile long wall;
        private volatile long slept;

        @Override
        public Instant now() {
            return began.plusNanos(ticks()).plusNanos(wall);
        }

        @Override
        public long ticks() {
            return (System.nanoTime() - origin) * FASTER + slept;
        }

        void set(Duration by) {
            wall = by.toNanos();
        }

        /// Both clocks went on, and nothing of ours did.
        void stopped(Duration by) {
            slept = by.toNanos();
        }
    }

    private final SetClock clock = new SetClock();
    private final CalmService service = new CalmService();
    private EnvironmentSession session;

    ClockTest() throws Exception {
        service.answers.countDown();
        session = session(new MemoryJournal(), new PassingEvents());
    }

    private EnvironmentSession session(MemoryJournal journal, PassingEvents codec) throws Exception {
        return new EnvironmentSession(
                new EnvironmentSession.Parts(Trial.ENVIRONMENT, service.endpoints(), journal, codec, clock,
                        started -> "wayback", () -> 0.5, "test", "kim"));
    }

    @AfterEach
    void close() {
        session.close();
    }

    private void start(Step... steps) throws InterruptedException {
        await().until(() -> session.snapshot().fleet().balancers().values().stream().allMatch(sight -> sight.readAt().isPresent())
                && session.snapshot().fleet().views().values().stream().allMatch(sight -> sight.readAt().isPresent()));
        var start = new Command.Start("kim", "r-1", "", "text", "hash", new Plan("p", "P", List.of(steps)), null, Map.of(), null,
                Map.of(),
                List.of(), false, "hash", "test", "nonce");
        assertThat(session.submit("r-1", start)).isInstanceOf(Submitted.Taken.class);
    }

    private static Step.Gate ready() {
        return Plans.gate("ready", GateSignal.NODE_READY, "ws-1", new Condition.IsTrue(true), HOLD);
    }

    private static Step.Action drain() {
        return new Step.Action("drain", "Drain ws-1", Verb.DRAIN, "ws-1", null, null,
                new Step.DrainTerms(Duration.ofSeconds(60), Stragglers.ASK, 10), Duration.ofSeconds(60), null);
    }

    private <E extends RunEvent> List<E> events(Class<E> type) {
        return session.snapshot().events().stream().map(Recorded::event).filter(type::isInstance).map(type::cast).toList();
    }

    private void until(Class<? extends RunEvent> type) {
        await().atMost(30, TimeUnit.SECONDS).pollInterval(Duration.ofMillis(5)).until(() -> !events(type).isEmpty());
    }

    private RunState ended() {
        until(RunEvent.RunEnded.class);
        return Objects.requireNonNull(session.snapshot().run());
    }

    /// Told on the clock as it was after the jump: what had to hold began again then.
    private void heldWholeAfterTheJump(Duration hold) {
        assertThat(events(RunEvent.ClockJumped.class)).isNotEmpty();
        var jump = events(RunEvent.ClockJumped.class).getLast().at();
        var passed = events(RunEvent.StepSucceeded.class).getLast().at();
        assertThat(Duration.between(jump, passed)).isBetween(hold, hold.plusSeconds(40));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT1H", "PT-1H", "PT-3S", "P30D"})
    void aGateHoldsItsWholeTimeAfterTheClockWasSet(Duration by) throws Exception {
        start(ready());
        until(RunEvent.GateHolding.class);
        clock.set(by);
        assertThat(Objects.requireNonNull(ended().ended()).ending()).isEqualTo(Ending.SUCCEEDED);
        heldWholeAfterTheJump(HOLD);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT1H", "PT-1H"})
    void aDrainedNodeIsAgreedOnForTenWholeSecondsAfterTheClockWasSet(Duration by) throws Exception {
        start(drain());
        until(RunEvent.GateHolding.class);
        clock.set(by);
        assertThat(Objects.requireNonNull(ended().ended()).ending()).isEqualTo(Ending.SUCCEEDED);
        heldWholeAfterTheJump(Duration.ofSeconds(10));
    }

    @Test
    void timeInWhichTheProcessWasStoppedCountsForNothing() throws Exception {
        start(ready());
        until(RunEvent.GateHolding.class);
        clock.stopped(Duration.ofMinutes(30));
        assertThat(Objects.requireNonNull(ended().ended()).ending()).isEqualTo(Ending.SUCCEEDED);
        heldWholeAfterTheJump(HOLD);
    }

    @ParameterizedTest
    @CsvSource({"-3600, false", "-60, false", "-4, true", "4, true", "60, false"})
    @Promise(6)
    void whatWasReadBeforeTheClockWasSetBackIsNotFreshForAnHour(long later, boolean fresh) {
        var at = Instant.parse("2026-11-24T03:00:00Z");
        assertThat(new Sight.Seen<>("up", at).fresh(at.plusSeconds(later), Duration.ofSeconds(5)).isPresent()).isEqualTo(fresh);
    }

    @Test
    void aRunTakenOverAfterTheClockWasSetBackGoesOnAtOnce() throws Exception {
        var journal = new MemoryJournal();
        var codec = new PassingEvents();
        session.close();
        session = session(journal, codec);
        start(drain(), ready());
        until(RunEvent.GateHolding.class);
        session.close();
        clock.set(Duration.ofHours(-5));
        session = session(journal, codec);
        assertThat(Objects.requireNonNull(ended().ended()).ending()).isEqualTo(Ending.SUCCEEDED);
        assertThat(
                Duration.between(events(RunEvent.Resumed.class).getLast().at(), events(RunEvent.RunEnded.class).getLast().at()))
                .isLessThan(Duration.ofMinutes(1));
    }
}
