package io.lockkeeper.domain.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lockkeeper.Promise;
import io.lockkeeper.domain.client.ClientEvent;
import io.lockkeeper.domain.client.ClientRole;
import io.lockkeeper.domain.client.Continuity;
import io.lockkeeper.domain.client.Continuity.SessionKept;
import io.lockkeeper.domain.client.Episodes;
import io.lockkeeper.domain.client.Failure;
import io.lockkeeper.domain.client.Loss;
import io.lockkeeper.domain.client.Planned;
import io.lockkeeper.domain.client.Scenario;
import io.lockkeeper.domain.signal.Success.By;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EpisodeSignalsTest {
    private static final Instant START = Instant.parse("2026-11-26T03:00:00Z");
    private static final ClientRole ROLE = ClientRole.SENTINEL;

    private final Episodes episodes = new Episodes();

    private static Instant at(double second) {
        return START.plusMillis(Math.round(second * 1000));
    }

    private void opened(String client) {
        episodes.on(new ClientEvent.Opened(client, ROLE, START, "ws-1", "v1"));
    }

    private void lost(String client, double second) {
        episodes.on(new ClientEvent.Lost(client, ROLE, at(second), Loss.of(Loss.Way.CUT)));
    }

    private void failed(String client, double second, Failure failure) {
        episodes.on(new ClientEvent.Failed(client, ROLE, at(second), at(second), at(second), failure));
    }

    private void back(String client, double second, Continuity continuity) {
        episodes.on(new ClientEvent.Back(client, ROLE, at(second), at(second), "ws-2", "v1", continuity));
    }

    private void trip(String client, double lost, double back) {
        opened(client);
        lost(client, lost);
        back(client, back, new Continuity(SessionKept.SAME, 0, 0));
    }

    private ClientSignals signals(ObserverFault... faults) {
        return new EpisodeSignals(episodes, List.of(faults));
    }

    private static Window minute(double to) {
        return Window.last(Duration.ofMinutes(1), at(to));
    }

    private Ratio byClient(double to, ObserverFault... faults) {
        return signals(faults).success(By.CLIENT, minute(to)).ratio();
    }

    @Test
    @Promise(2)
    void nobodyWhoHadToComeBackIsNoDataAndNotAHundredPercent() {
        opened("s-1");
        var success = signals().success(By.CLIENT, minute(60));
        assertThat(success.noData()).isTrue();
        assertThat(success.newest()).isNull();
        assertThat(success.atLeast(0.8, 1, 1).verdict()).isEqualTo(Verdict.NO_DATA);
        assertThat(signals().success(By.ATTEMPT, minute(60)).atLeast(0, 0, 0).verdict()).isEqualTo(Verdict.NO_DATA);
        assertThat(signals().kept(minute(60)).sessions().atLeast(0, 0)).isEqualTo(Verdict.NO_DATA);
        assertThat(new EpisodeSignals(new Episodes(), List.of()).availability(minute(60)).known()).isEqualTo(Verdict.NO_DATA);
    }

    @ParameterizedTest(name = "lost at 10, back at {0}, seen at {1}: {2} of {3}")
    @CsvSource({"12, 15, 1, 1", "12, 72, 0, 0", "12, 71.9, 1, 1", "999, 39, 0, 0", "999, 40, 0, 1", "999, 700, 0, 1",
            "40, 41, 1, 1",
            "45, 44, 0, 1", "45, 46, 0, 1", "45, 99.9, 0, 1", "45, 100, 0, 0", "300, 299, 0, 1", "300, 301, 0, 0"})
    void whoIsOutPastTheDeadlineHasFailedInEveryWindowUntilItIsBack(double back, double seen, long good, long tried) {
        opened("s-1");
        lost("s-1", 10);
        if (back <= seen) {
            back("s-1", back, Continuity.UNKNOWN);
        }
        assertThat(byClient(seen)).isEqualTo(new Ratio(good, tried));
        back("s-1", back, Continuity.UNKNOWN);
        assertThat(byClient(seen)).as("what came later changes nothing of it").isEqualTo(new Ratio(good, tried));
    }

    @Test
    void byClientEachLossCountsOnceAndByAttemptEveryTry() {
        opened("s-1");
        lost("s-1", 10);
        failed("s-1", 11, Failure.of(Failure.Cause.REFUSED));
        failed("s-1", 12, new Failure(Failure.Cause.STATUS, 503));
        back("s-1", 13, Continuity.UNKNOWN);
        assertThat(byClient(20)).isEqualTo(new Ratio(1, 1));
        var attempts = signals().success(By.ATTEMPT, minute(20));
        assertThat(attempts.words()).isEqualTo("by attempt 33 % (1 of 3)");
        assertThat(attempts.newest()).isEqualTo(at(13));
        assertThat(signals().success(By.ATTEMPT, minute(71)).ratio()).isEqualTo(new Ratio(1, 2));
    }

    @Test
    void whatTheObserversOwnFaultExplainsIsNoSample() {
        var fault = new ObserverFault(at(5), at(50), "the network of this computer");
        trip("s-1", 10, 12);
        opened("s-2");
        lost("s-2", 10);
        failed("s-2", 20, Failure.of(Failure.Cause.UNREACHABLE));
        assertThat(byClient(60, fault)).isEqualTo(new Ratio(0, 0));
        assertThat(signals(fault).success(By.ATTEMPT, minute(60)).noData()).isTrue();
        assertThat(byClient(79, fault)).as("30 s to come back once the fault is over").isEqualTo(new Ratio(0, 0));
        assertThat(byClient(80, fault)).as("and is still out after them").isEqualTo(new Ratio(0, 1));
        var later = new ObserverFault(at(100), at(110), "again");
        assertThat(byClient(139, fault, later)).isEqualTo(new Ratio(0, 1)); // its deadline at 80 is in this window
        assertThat(byClient(140, fault, later)).isEqualTo(new Ratio(0, 1));
        assertThat(byClient(145, fault, new ObserverFault(at(100), at(130), "longer"))).isEqualTo(new Ratio(0, 0));
        assertThat(byClient(160, fault, new ObserverFault(at(100), at(130), "longer"))).isEqualTo(new Ratio(0, 1));
        assertThat(byClient(60, new ObserverFault(at(5), Instant.MAX, "goes on"))).isEqualTo(new Ratio(0, 0));
    }

    @Test
    void timesAreKeptApartByScenarioAndComeWithMeanTailAndLimit() {
        episodes.on(new Planned("ws-1", at(100), at(120), Planned.Work.HANDOFF));
        for (int i = 1; i <= 20; i++) {
            trip("s-" + i, 10, 10 + i);
        }
        trip("h-1", 110, 115);
        var emergency = signals().times(Scenario.EMERGENCY, minute(60), _ -> true);
        assertThat(emergency.samples()).isEqualTo(20);
        assertThat(emergency.mean()).hasMillis(10_500);
        assertThat(emergency.p95()).hasSeconds(19);
        assertThat(emergency.max()).hasSeconds(20);
        assertThat(emergency.events()).isEqualTo(1);
        assertThat(emergency.newest()).isEqualTo(at(30));
        assertThat(signals().times(Scenario.HANDOFF, minute(120), _ -> true).within()).as("less than 5 s each")
                .isEqualTo(new Ratio(0, 1));
        assertThat(signals().times(Scenario.GRACEFUL, minute(120), _ -> true).samples()).isZero();
    }

    @Test
    void failuresAreCountedByCauseWithFirstConnectionsAmongThem() {
        failed("s-1", 1, Failure.of(Failure.Cause.TLS));
        opened("s-2");
        lost("s-2", 10);
        failed("s-2", 11, new Failure(Failure.Cause.STATUS, 503));
        failed("s-2", 12, new Failure(Failure.Cause.STATUS, 503));
        failed("s-2", 13, new Failure(Failure.Cause.STATUS, 502));
        back("s-2", 14, Continuity.UNKNOWN);
        var failures = signals().failures(minute(59));
        assertThat(failures.causes())
                .isEqualTo(Map.of(Failure.of(Failure.Cause.TLS), 1L, new Failure(Failure.Cause.STATUS, 503), 2L,
                        new Failure(Failure.Cause.STATUS, 502), 1L));
        assertThat(failures.of(Failure.Cause.STATUS)).isEqualTo(3);
        assertThat(failures.attempts()).isEqualTo(new Ratio(2, 6)); // the first connection and the return
    }

    @Test
    void continuityIsTheSameSessionWithNothingLostAndNothingTwice() {
        opened("s-1");
        var ends = List.of(new Continuity(SessionKept.SAME, 0, 0), new Continuity(SessionKept.SAME, 2, 0),
                new Continuity(SessionKept.SAME, 0, 3), new Continuity(SessionKept.LOST, 0, 0), Continuity.UNKNOWN,
                new Continuity(SessionKept.UNKNOWN, 1, 0));
        for (int i = 0; i < ends.size(); i++) {
            lost("s-1", 1 + i * 5);
            back("s-1", 2 + i * 5, ends.get(i));
        }
        episodes.on(new ClientEvent.Gap("s-1", ROLE, at(40), 10, 20));
        var kept = signals().kept(minute(59));
        assertThat(kept.sessions()).isEqualTo(new Ratio(1, 5));
        assertThat(kept.unknown()).isEqualTo(1);
        assertThat(kept.lost()).isEqualTo(13);
        assertThat(kept.duplicated()).isEqualTo(23);
        assertThat(kept.newest()).isEqualTo(at(40));
    }

    @Test
    void aGateAsksForEnoughSamplesOutOfEnoughEvents() {
        for (int i = 0; i < 100; i++) {
            trip("s-" + i, 10, 11);
        }
        var oneEvent = signals().success(By.CLIENT, minute(59));
        assertThat(oneEvent.atLeast(0.95, 73, 3).verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(oneEvent.atLeast(0.95, 73, 3).why()).isEqualTo("by client 100 % of 100: 96 % to 100 %, 1 event; it takes 3");
        trip("t-1", 20, 21);
        trip("t-2", 30, 31);
        assertThat(signals().success(By.CLIENT, minute(59)).atLeast(0.95, 73, 3).verdict()).isEqualTo(Verdict.PASS);
        assertThat(signals().success(By.CLIENT, minute(59)).atLeast(0.95, 103, 3).verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    }

    @Test
    void availabilityIsClientTimeAndItsBudgetIsFortyThreeMinutesAMonth() {
        for (int i = 0; i < 10; i++) {
            opened("s-" + i);
        }
        lost("s-0", 10);
        lost("s-1", 10); // two of ten are out for the whole of the window: a failure rate of 20 % for 5 minutes
        var window = Window.last(Duration.ofMinutes(5), at(310));
        var availability = signals().availability(window);
        assertThat(availability.share()).isCloseTo(0.8, within(1e-9));
        assertThat(Availability.budget()).isEqualTo(Duration.ofMinutes(43).plusSeconds(12));
        assertThat(availability.spent()).hasMinutes(1);
        assertThat(availability.spentShare()).isCloseTo(0.023, within(0.0005));
        assertThat(availability.planned()).isZero();
        episodes.on(new Planned("ws-1", at(0), at(20), Planned.Work.GRACEFUL));
        assertThat(signals().availability(window).planned()).as("planned windows count, and can be told apart")
                .isEqualTo(signals().availability(window).out()).hasMinutes(10);
        var ours = signals(new ObserverFault(at(0), at(160), "ours")).availability(window);
        assertThat(ours.watched()).hasMinutes(25);
        assertThat(ours.out()).hasMinutes(5);
    }

    @Test
    void clientsThatAreOutAreAmongThoseThatShouldNotBe() {
        opened("s-1");
        opened("s-2");
        lost("s-2", 1);
        episodes.on(new ClientEvent.Left("s-3", ROLE, at(2)));
        assertThat(signals().connected()).isEqualTo(new Ratio(1, 2));
    }

    @Test
    void aClientThatStaysOutFailsAgainEveryThirtySeconds() {
        opened("s-1");
        lost("s-1", 10);
        trip("s-2", 50, 51);
        assertThat(signals().recoveries(Instant.MIN, at(101))).extracting(one -> one.client() + " " + one.good() + " "
                + Duration.between(START, one.at()).toSeconds())
                .containsExactly("s-1 false 40", "s-2 true 51", "s-1 false 70", "s-1 false 100");
        assertThat(signals().recoveries(at(51), at(99))).extracting(ClientSignals.Recovery::at).containsExactly(at(70));
    }

    @Test
    void whatHappenedIsToldNodeByNodeByWhereClientsWereAndWhereTheyLanded() {
        trip("s-1", 10, 12);
        trip("s-2", 11, 45);
        opened("s-3");
        lost("s-3", 40);
        failed("s-3", 41, new Failure(Failure.Cause.STATUS, 503));
        var nodes = signals().nodes(minute(60));
        assertThat(nodes).extracting(AtNode::node).containsExactly("ws-1", "ws-2");
        var left = nodes.getFirst();
        assertThat(left.lost()).isEqualTo(Map.of(Scenario.EMERGENCY, 3L));
        assertThat(left.landed()).isEqualTo(new Ratio(0, 0));
        assertThat(left.timed()).isZero();
        assertThat(left.back()).isEqualTo(new Ratio(1, 2)); // one that is out for 20 s has not settled
        var landed = nodes.getLast();
        assertThat(landed.landed()).isEqualTo(new Ratio(1, 2));
        assertThat(landed.mean()).isEqualTo(Duration.ofSeconds(18));
        assertThat(landed.lost()).isEmpty();
        assertThat(landed.newest()).isEqualTo(at(45));
        assertThat(signals().nodes(minute(200))).extracting(AtNode::back).containsExactly(new Ratio(0, 1));
    }

    @Test
    @Promise(2)
    void aNodeAtWhichNothingHappenedIsNotThereAndAnObserversFaultIsNoLoss() {
        opened("s-1");
        assertThat(signals().nodes(minute(60))).isEmpty();
        trip("s-1", 10, 12);
        assertThat(signals(new ObserverFault(at(5), at(20), "asleep")).nodes(minute(60))).isEmpty();
    }

    @Test
    void everyCauseHasTheTimeOfItsNewest() {
        opened("s-1");
        lost("s-1", 10);
        var busy = new Failure(Failure.Cause.STATUS, 503);
        failed("s-1", 12, busy);
        failed("s-1", 20, busy);
        failed("s-1", 15, Failure.of(Failure.Cause.REFUSED));
        assertThat(signals().failures(minute(60)).newestOf())
                .isEqualTo(Map.of(busy, at(20), Failure.of(Failure.Cause.REFUSED), at(15)));
    }
}
