package io.lockkeeper.domain.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockkeeper.Promise;
import io.lockkeeper.domain.environment.Capability;
import io.lockkeeper.domain.environment.Environment;
import io.lockkeeper.domain.environment.Tier;
import io.lockkeeper.domain.fleet.AdminState;
import io.lockkeeper.domain.fleet.BalancerReading;
import io.lockkeeper.domain.fleet.Fleet;
import io.lockkeeper.domain.fleet.NodeReading;
import io.lockkeeper.domain.fleet.ObservedState;
import io.lockkeeper.domain.fleet.ServerReading;
import io.lockkeeper.domain.fleet.SessionEvent;
import io.lockkeeper.domain.fleet.SessionRoll;
import io.lockkeeper.domain.fleet.Sight;
import io.lockkeeper.domain.runbook.Condition;
import io.lockkeeper.domain.runbook.GateExit;
import io.lockkeeper.domain.runbook.GateSignal;
import io.lockkeeper.domain.runbook.Plan;
import io.lockkeeper.domain.runbook.Step;
import io.lockkeeper.domain.runbook.Stragglers;
import io.lockkeeper.domain.runbook.Verb;
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

/// What gates and proofs make of readings: fresh, old, missing, from before.
class EvidenceTest {
    private static final Instant ENTERED = Instant.parse("2026-11-24T03:00:00Z");
    private static final Instant NOW = ENTERED.plusSeconds(20);
    private static final Environment ENVIRONMENT = new Environment("test", Tier.SANDBOX, "",
            List.of(new Environment.NodeSpec("ws-1", null,
                    null)),
            List.of("edge"), List.of(), 1, Set.of(Capability.NODE_CONNECTIONS, Capability.SESSIONS), 1006);

    private static Sight<NodeReading> view(@Nullable Boolean ready, @Nullable Long connections, Instant at) {
        return new Sight.Seen<>(new NodeReading(ready, "v2", "1", null, connections, null, null), at);
    }

    private static Sight<BalancerReading> edge(long sessions, long old, Instant at) {
        var servers = new TreeMap<>(
                Map.of("ws-1", new ServerReading(AdminState.DRAINED, ObservedState.UP, 100, 100, sessions, "")));
        return new Sight.Seen<>(new BalancerReading("1", servers, old == 0 ? Map.of() : Map.of("ws-1", old), true), at);
    }

    private static Fleet fleet(Sight<BalancerReading> edge, Sight<NodeReading> view, Sight<SessionRoll> roll) {
        return new Fleet(List.of("ws-1"), new TreeMap<>(Map.of("edge", edge)), new TreeMap<>(Map.of("ws-1", view)),
                new TreeMap<>(), roll);
    }

    private static final Sight<SessionRoll> NO_FEED = new Sight.Unseen<>("no feed", ENTERED, null);

    static Stream<Arguments> readings() {
        return Stream.of(Arguments.of("fresh and ready", view(true, 0L, NOW.minusSeconds(1)), Verdict.PASS),
                Arguments.of("fresh and not ready", view(false, 0L, NOW.minusSeconds(1)), Verdict.FAIL),
                Arguments.of("does not say", view(null, 0L, NOW.minusSeconds(1)), Verdict.NO_DATA),
                Arguments.of("older than 5 s", view(true, 0L, NOW.minusSeconds(6)), Verdict.STALE),
                Arguments.of("from before the gate began", view(true, 0L, ENTERED.minusMillis(1)), Verdict.STALE),
                Arguments.of("lost since", view(true, 0L, NOW.minusSeconds(1)).lost("connection refused", NOW), Verdict.STALE),
                Arguments.of("never read", Sight.<NodeReading>never(ENTERED), Verdict.NO_DATA));
    }

    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource("readings")
    @Promise(2)
    void onlyAFreshReadingFromAfterTheGateBeganPasses(String name, Sight<NodeReading> view, Verdict expected) {
        var gate = new Step.Gate("ready", "Ready", GateSignal.NODE_READY, "ws-1", new Condition.IsTrue(true), Duration.ZERO,
                Duration.ofMinutes(1),
                GateExit.HOLD, GateExit.HOLD, GateExit.HOLD);
        var reading = GateJudge.judge(gate, entered(gate), new Facts(ENVIRONMENT, fleet(edge(0, 0, NOW), view, NO_FEED), NOW));
        assertThat(reading.verdict()).as(name).isEqualTo(expected);
        assertThat(reading.why()).isNotBlank();
    }

    @Test
    @Promise(2)
    void aReadingOfTheLifeBeforeIsNoDataEvenWhileItIsFresh() {
        var gate = new Step.Gate("ready", "Ready", GateSignal.NODE_READY, "ws-1", new Condition.IsTrue(true), Duration.ZERO,
                Duration.ofMinutes(1),
                GateExit.HOLD, GateExit.HOLD, GateExit.HOLD);
        var justAfter = ENTERED.plusMillis(500);
        var reading = GateJudge.judge(gate, entered(gate),
                new Facts(ENVIRONMENT, fleet(edge(0, 0, justAfter), view(true, 0L, ENTERED.minusMillis(
                        300)), NO_FEED), justAfter));
        assertThat(reading.verdict()).isEqualTo(Verdict.NO_DATA);
        assertThat(reading.why()).contains("not been read since the gate began");
    }

    private static RunState entered(Step step) {
        var started = new RunEvent.RunStarted(ENTERED, "r", "kim", "", "", "", new Plan("p", "P", List.of(step)), null, Map.of(),
                null, Map.of(),
                List.of(), false, "", "", "");
        return RunMachine.evolve(RunMachine.begin(started), new RunEvent.StepEntered(ENTERED, step.path(), 1));
    }

    private static StepProgress.DrainWatch watch(List<String> sessions) {
        return new StepProgress.DrainWatch("ws-1", ENTERED, sessions, !sessions.isEmpty(), NOW.plusSeconds(60), null, null, null,
                null);
    }

    @Test
    @Promise(5)
    void drainedByCountNeedsBalancerOldWorkersAndNodeAllFreshlyZero() {
        assertThat(proof(edge(0, 0, NOW), view(true, 0L, NOW)).empty()).isTrue();
        assertThat(proof(edge(0, 3, NOW), view(true, 0L, NOW)).counts()).contains("edge's old workers 3");
        assertThat(proof(edge(0, 3, NOW), view(true, 0L, NOW)).empty()).isFalse();
        assertThat(proof(edge(0, 0, NOW), view(true, 1L, NOW)).empty()).isFalse();
        assertThat(proof(edge(0, 0, NOW.minusSeconds(9)), view(true, 0L, NOW)).empty()).isFalse();
        assertThat(proof(edge(0, 0, NOW), Sight.never(ENTERED)).empty()).isFalse();
        assertThat(proof(edge(0, 0, NOW), view(true, null, NOW)).empty()).isFalse();
    }

    private static DrainProof proof(Sight<BalancerReading> edge, Sight<NodeReading> view) {
        return RunMachine.proof(watch(List.of()), new Facts(ENVIRONMENT, fleet(edge, view, NO_FEED), NOW));
    }

    @Test
    @Promise(5)
    void drainedBySessionAccountsForEveryClientThatWasThere() {
        var roll = SessionRoll.EMPTY.on(new SessionEvent.Resumed("moved", "ws-2", "ws-1", NOW.minusSeconds(3)))
                .on(new SessionEvent.Closed("left", "ws-1", 1000, NOW.minusSeconds(3)))
                .on(new SessionEvent.Closed("away", "ws-1", 1012, NOW.minusSeconds(3)))
                .on(new SessionEvent.Closed("gone", "ws-1", 1006, NOW.minusSeconds(31)))
                .on(new SessionEvent.Lost("forgotten", "ws-2", NOW.minusSeconds(3)))
                .on(new SessionEvent.Opened("still", "ws-1", NOW.minusSeconds(90)));
        var facts = new Facts(ENVIRONMENT, fleet(edge(1, 0, NOW), view(true, 1L, NOW), new Sight.Seen<>(roll, NOW)), NOW);
        var account = RunMachine.proof(watch(List.of("moved", "left", "away", "gone", "forgotten", "still")), facts).account();
        assertThat(account).isEqualTo(new DrainProof.Account(1, 1, 1, 1, 2));
    }

    @Test
    @Promise(5)
    void withoutAFreshFeedNothingIsClaimedBySession() {
        var old = new Sight.Seen<>(SessionRoll.EMPTY, NOW.minusSeconds(20));
        var facts = new Facts(ENVIRONMENT, fleet(edge(0, 0, NOW), view(true, 0L, NOW), old), NOW);
        assertThat(RunMachine.proof(watch(List.of("a")), facts).account()).isNull();
    }

    static Stream<Arguments> feeds() {
        var roll = SessionRoll.EMPTY.on(new SessionEvent.Opened("one", "ws-1", ENTERED));
        return Stream.of(Arguments.of("live", new Sight.Seen<>(roll, NOW), List.of("one by name")),
                Arguments.of("not read yet, since a moment", Sight.never(NOW.minusSeconds(4)), List.of()),
                Arguments.of("lost a moment ago", new Sight.Seen<>(roll, NOW).lost("cut", NOW.minusSeconds(4)), List.of()),
                Arguments.of("lost for longer", new Sight.Seen<>(roll, NOW).lost("cut", NOW.minusSeconds(5)),
                        List.of("by count")),
                Arguments.of("lost, and the clock was set back", new Sight.Seen<>(roll, NOW).lost("cut", NOW.plusSeconds(3600)),
                        List.of("by count")),
                Arguments.of("older than 5 s", new Sight.Seen<>(roll, NOW.minusSeconds(6)), List.of("by count")));
    }

    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource("feeds")
    @Promise(5)
    void aDrainFollowsEachClientByNameAndWaitsForAFeedThatIsOnlyJustGone(String name, Sight<SessionRoll> feed,
            List<String> expected) {
        var terms = new Step.DrainTerms(Duration.ofSeconds(20), Stragglers.ASK, 10);
        var drain = new Step.Action("drain", "Drain", Verb.DRAIN, "ws-1", null, null, terms, Duration.ofMinutes(1), null);
        var op = new Op("r/drain/ws-1@edge/drain/1", "drain", new Order.Drain("ws-1", "edge"), 1, 0, ENTERED, NOW, null);
        var state = RunMachine.evolve(RunMachine.evolve(entered(drain), new RunEvent.OpIntended(ENTERED, op)),
                new RunEvent.OpSettled(ENTERED, op.id(), new Outcome.Done("drained")));

        var began = RunMachine.look(state, new Facts(ENVIRONMENT, fleet(edge(1, 0, NOW), view(true, 1L, NOW), feed), NOW));

        assertThat(began).as(name).extracting(event -> event instanceof RunEvent.DrainBegan drained
                ? drained.bySession() ? String.join(" ", drained.sessions()) + " by name" : "by count"
                : "something else: " + event).isEqualTo(expected);
    }
}
