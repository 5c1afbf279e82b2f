package io.lockkeeper.app.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockkeeper.Promise;
import io.lockkeeper.app.simulation.VirtualTime;
import io.lockkeeper.domain.client.ClientEvent;
import io.lockkeeper.domain.client.ClientRole;
import io.lockkeeper.domain.client.Continuity;
import io.lockkeeper.domain.client.Failure;
import io.lockkeeper.domain.client.Loss;
import io.lockkeeper.domain.client.Scenario;
import io.lockkeeper.domain.environment.ControlsSpec;
import io.lockkeeper.domain.fleet.AdminState;
import io.lockkeeper.domain.fleet.BalancerReading;
import io.lockkeeper.domain.fleet.Fleet;
import io.lockkeeper.domain.fleet.NodeReading;
import io.lockkeeper.domain.fleet.ObservedState;
import io.lockkeeper.domain.fleet.ServerReading;
import io.lockkeeper.domain.fleet.Sight;
import io.lockkeeper.domain.observer.Contact;
import io.lockkeeper.domain.run.RunEvent;
import io.lockkeeper.domain.run.RunMachine;
import io.lockkeeper.domain.run.RunState;
import io.lockkeeper.domain.runbook.Plan;
import io.lockkeeper.domain.runbook.Step;
import io.lockkeeper.domain.runbook.Verb;
import io.lockkeeper.domain.history.KeptEpisode;
import io.lockkeeper.domain.signal.NodeProbes;
import io.lockkeeper.domain.trigger.Action;
import io.lockkeeper.domain.trigger.Baseline;
import io.lockkeeper.domain.trigger.Delivery;
import io.lockkeeper.domain.trigger.Phase;
import io.lockkeeper.domain.trigger.TriggerSet;
import io.lockkeeper.domain.trigger.TriggerSpec;
import io.lockkeeper.domain.trigger.TriggerSpec.DataLoss;
import io.lockkeeper.domain.trigger.TriggerSpec.SuccessBelow;
import io.lockkeeper.domain.watch.Latch;
import io.lockkeeper.domain.watch.Measured;
import io.lockkeeper.domain.trigger.Said;
import io.lockkeeper.domain.watch.TriggerRecord;
import io.lockkeeper.domain.watch.WatchReading;
import io.lockkeeper.domain.watch.Watcher;
import io.lockkeeper.port.ControlTargets;
import io.lockkeeper.port.LinkFault;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// A watch over ten clients in virtual time.
class WatchTest {
    private static final int ROOM = 100;
    private static final TriggerSet TRIGGERS = new TriggerSet(List.of(
            new SuccessBelow("success-rate", Action.OFFER, 80, Duration.ofMinutes(1), Duration.ofSeconds(20),
                    Duration.ofMinutes(1)),
            new DataLoss("data-loss", Action.OFFER, Delivery.EXACTLY_ONCE, Duration.ofMinutes(5))));

    private final VirtualTime time = new VirtualTime();
    private ControlTargets controls = ControlTargets.NONE;
    private ControlsSpec spec = ControlsSpec.NONE;
    private List<Contact> contacts = List.of();
    private TriggerSet triggers = TRIGGERS;
    private Fleet seen = new Fleet(List.of(), new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), Sight.never(time.now()));
    private final Map<String, Latch> latches = new LinkedHashMap<>();
    private final List<String> fired = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private boolean diskFull;
    private FakeFleet fleet = new FakeFleet();
    private Watch watch = watch(fleet);
    private @Nullable RunState run;

    private Watch watch(FakeFleet clients) {
        return watch(clients, triggers, Past.NONE);
    }

    private Watch watch(FakeFleet clients, TriggerSet asked, Past past) {
        return new Watch(new Watch.Parts(clients, asked, Duration.ofSeconds(15), ROOM, controls, spec, past),
                new Watch.Session("test", time, Runnable::run, Runnable::run, this::write, failures::add));
    }

    private boolean write(TriggerSpec trigger, String evidence) {
        if (!diskFull) {
            fired.add(trigger.name());
            latches.put(trigger.name(), new Latch(trigger.name(), time.now(), evidence));
        }
        return !diskFull;
    }

    private void look() {
        watch.look(new Watch.Scene(run, seen, latches, contacts));
    }

    private void pass(Duration length) {
        long until = time.passed().plus(length).toMillis();
        while (time.passed().toMillis() < until) {
            time.in(Duration.ofMillis(500), this::look);
            time.step(Duration.ofDays(1));
        }
    }

    private void allConnect() {
        watch.start();
        for (int i = 1; i <= 10; i++) {
            fleet.meets(new ClientEvent.Opened("sentinel-" + i, ClientRole.SENTINEL, time.now(), "ws-1", "v1"));
        }
        fleet.connected.set(10);
    }

    private void allLost(Loss loss) {
        for (int i = 1; i <= 10; i++) {
            fleet.meets(new ClientEvent.Lost("sentinel-" + i, ClientRole.SENTINEL, time.now(), loss));
        }
        fleet.connected.set(0);
    }

    private void back(int client, int lost) {
        fleet.meets(new ClientEvent.Back("sentinel-" + client, ClientRole.SENTINEL, time.now(), time.now().minusMillis(20),
                "ws-2", "v1", new Continuity(Continuity.SessionKept.SAME, lost, 0)));
        fleet.connected.incrementAndGet();
    }

    private WatchReading reading() {
        return watch.reading(new TriggerRecord(latches, Said.NOTHING));
    }

    private Phase phase(String trigger) {
        return reading().triggers().stream().filter(one -> one.name().equals(trigger)).findFirst().orElseThrow().phase();
    }

    private Measured minute() {
        return Objects.requireNonNull(reading().minute());
    }

    @Test
    void anOutageFiresOnceAndAtTheRightSecondAndStaysSo() {
        outage();
        assertThat(minute().byClient().ratio().tried()).isEqualTo(10);
        assertThat(minute().byClient().ratio().good()).isZero();
    }

    private void outage() {
        allConnect();
        pass(Duration.ofSeconds(20));
        allLost(Loss.of(Loss.Way.CUT));
        pass(Duration.ofSeconds(30)); // they have failed now
        assertThat(fired).isEmpty();
        pass(Duration.ofSeconds(10));
        assertThat(phase("success-rate")).isInstanceOfSatisfying(Phase.Holding.class,
                holding -> assertThat(holding.progress()).contains("of 0:20"));
        pass(Duration.ofSeconds(11));
        assertThat(fired).containsExactly("success-rate");
        pass(Duration.ofMinutes(10));
        assertThat(fired).containsExactly("success-rate");
        assertThat(reading().offer()).isPresent();
    }

    @Test
    void anAcknowledgementBeginsAnewAndWhatGoesOnFiresAgain() {
        outage();
        latches.clear();
        pass(Duration.ofSeconds(9));
        assertThat(phase("success-rate")).isNotInstanceOf(Phase.Fired.class);
        pass(Duration.ofSeconds(40));
        assertThat(fired).containsExactly("success-rate", "success-rate");
    }

    @Test
    void whatFiredBeforeThisConsoleStaysFiredAndOneThatTheFileHasNoLongerToo() {
        latches.put("success-rate", new Latch("success-rate", VirtualTime.START.minusSeconds(60), "it was bad"));
        latches.put("of-yore", new Latch("of-yore", VirtualTime.START.minusSeconds(90), "it was bad then"));
        allConnect();
        pass(Duration.ofMinutes(3));
        assertThat(phase("success-rate")).isEqualTo(new Phase.Fired(VirtualTime.START.minusSeconds(60), "it was bad"));
        assertThat(phase("of-yore")).isInstanceOf(Phase.Fired.class);
        assertThat(fired).isEmpty();
    }

    @Test
    void aFireThatCannotBeWrittenIsShownAndWrittenLater() {
        diskFull = true;
        allConnect();
        allLost(Loss.of(Loss.Way.CUT));
        pass(Duration.ofMinutes(2));
        assertThat(phase("success-rate")).isInstanceOf(Phase.Fired.class);
        assertThat(fired).isEmpty();
        diskFull = false;
        pass(Duration.ofSeconds(11));
        assertThat(fired).containsExactly("success-rate");
    }

    @Test
    @Promise(2)
    void withoutAnythingToMeasureThereIsNoDataAndNothingIsGood() {
        allConnect();
        pass(Duration.ofMinutes(3));
        assertThat(minute().byClient().noData()).isTrue();
        assertThat(phase("success-rate")).isInstanceOf(Phase.Blind.class);
    }

    @Test
    void clientsThatCannotBeStartedAreAStateThatSaysSo() {
        fleet = new FakeFleet(LinkFault.permanent("the secret SHOP_CLIENT is not there"));
        watch = watch(fleet);
        watch.start();
        pass(Duration.ofMinutes(1));
        assertThat(failures).containsExactly("the secret SHOP_CLIENT is not there");
        assertThat(reading().watcher()).isInstanceOf(Watcher.Failed.class);
        assertThat(reading().watcher().words()).contains("nobody is watching").contains("SHOP_CLIENT");
        assertThat(reading().triggers()).allSatisfy(one -> assertThat(one.phase()).isInstanceOf(Phase.Blind.class));
    }

    @Test
    @Promise(10)
    void whatFoundNoRoomMakesTheTriggersBlindUntilTheCountsAgreeAgain() {
        allConnect();
        pass(Duration.ofSeconds(5));
        for (int i = 0; i < ROOM; i++) {
            fleet.meets(new ClientEvent.Gap("sentinel-1", ClientRole.SENTINEL, time.now(), 0, 0));
        }
        fleet.meets(new ClientEvent.Lost("sentinel-1", ClientRole.SENTINEL, time.now(), Loss.of(Loss.Way.CUT)));
        fleet.connected.set(9);
        pass(Duration.ofMinutes(1));
        assertThat(phase("data-loss")).isInstanceOfSatisfying(Phase.Blind.class,
                blind -> assertThat(blind.why()).contains("more happened to the clients"));
        back(1, 0);
        pass(Duration.ofSeconds(30));
        assertThat(phase("data-loss")).isInstanceOf(Phase.Quiet.class);
    }

    @Test
    @Promise(10)
    void lateThreadsOfOurOwnAndTimeInWhichNobodyLookedMakeThemBlindToo() {
        allConnect();
        pass(Duration.ofSeconds(15));
        fleet.lag = Duration.ofMillis(1500);
        pass(Duration.ofSeconds(6));
        assertThat(phase("data-loss").words()).contains("late by more than a second");
        fleet.lag = Duration.ofMillis(10);
        pass(Duration.ofSeconds(31));
        assertThat(phase("data-loss")).isInstanceOf(Phase.Quiet.class);
        watch.lookedAway(Duration.ofSeconds(5));
        pass(Duration.ofSeconds(10));
        assertThat(phase("data-loss").words()).contains("the clock jumped");
    }

    private void controlled(FakeControls by) {
        controls = by;
        watch = watch(fleet);
    }

    private void allBack() {
        for (int i = 1; i <= 10; i++) {
            back(i, 0);
        }
    }

    private String means() {
        return Objects.requireNonNull(reading().observer()).means();
    }

    @Test
    @Promise(10)
    void whenTheControlsFailTooNothingFiresAndAfterwardsItJudgesAgain() {
        var outside = new FakeControls("https://intranet.example.org/", "tcp://10.0.0.1:53");
        controlled(outside);
        allConnect();
        pass(Duration.ofSeconds(20));
        var cut = VirtualTime.START.plus(time.passed());
        outside.cut();
        pass(Duration.ofSeconds(10));
        assertThat(reading().doubted()).as("nobody is out").isEmpty();
        allLost(Loss.of(Loss.Way.SILENT));
        pass(Duration.ofMinutes(4));
        assertThat(phase("success-rate").words()).contains("the observer itself is at fault").contains("all 2 control targets");
        assertThat(reading().doubted().orElseThrow()).contains("OBSERVER_FAULT since").contains("10 clients of ours are out");
        assertThat(Objects.requireNonNull(Objects.requireNonNull(reading().observer()).doubt()).since())
                .isBetween(cut.minusSeconds(4), cut);
        assertThat(means()).startsWith("0 of 2 control targets answer").contains("no answer within 2000 ms");
        outside.back();
        pass(Duration.ofSeconds(5));
        allBack();
        pass(Duration.ofMinutes(1));
        assertThat(fired).isEmpty();
        assertThat(reading().doubted()).isEmpty();
        assertThat(phase("data-loss")).isInstanceOf(Phase.Quiet.class);
        allLost(Loss.of(Loss.Way.CUT));
        pass(Duration.ofMinutes(1));
        assertThat(fired).containsExactly("success-rate");
    }

    @Test
    @Promise(10)
    void whenAControlAnswersItIsTheServiceAndFiresAtTheSameSecondAsWithoutControls() {
        controlled(new FakeControls("https://intranet.example.org/", "tcp://10.0.0.1:53"));
        ((FakeControls) controls).silent.add("tcp://10.0.0.1:53");
        outage();
        assertThat(means())
                .isEqualTo("1 of 1 control targets answer; tcp://10.0.0.1:53 has never answered and counts for nothing: "
                        + "no answer within 2000 ms: check its address");
    }

    @Test
    @Promise(10)
    void aControlThatNeverAnsweredIsNoEvidence() {
        controlled(new FakeControls("tcp://10.0.0.1:53"));
        ((FakeControls) controls).cut();
        outage();
        assertThat(means()).startsWith("no control target has ever answered");
    }

    @Test
    @Promise(10)
    void controlsThatWereDeadLongBeforeAreNoEvidenceEither() {
        var outside = new FakeControls("tcp://10.0.0.1:53");
        controlled(outside);
        allConnect();
        pass(Duration.ofSeconds(20));
        outside.cut();
        pass(Duration.ofMinutes(2));
        allLost(Loss.of(Loss.Way.CUT));
        pass(Duration.ofSeconds(70));
        assertThat(fired).containsExactly("success-rate");
    }

    @Test
    @Promise(10)
    void anEvaluationWaitsForTheControlsBeforeItBelievesALossOfThatMoment() {
        triggers = new TriggerSet(List.of(new SuccessBelow("at-once", Action.ESCALATE, 80, Duration.ofMinutes(1), Duration.ZERO,
                Duration.ofMinutes(1))));
        var outside = new FakeControls("tcp://10.0.0.1:53");
        controlled(outside);
        allConnect();
        pass(Duration.ofMillis(19_500));
        outside.cut();
        allLost(Loss.of(Loss.Way.CUT));
        for (int i = 1; i <= 10; i++) {
            fleet.meets(new ClientEvent.Failed("sentinel-" + i, ClientRole.SENTINEL, time.now(), time.now(), time.now(),
                    Failure.of(Failure.Cause.REFUSED)));
        }
        pass(Duration.ofMinutes(1));
        assertThat(fired).isEmpty();
        assertThat(phase("at-once")).isInstanceOf(Phase.Blind.class);
    }

    @Test
    @Promise(10)
    void withoutControlsItSaysSoAndDoubtsItselfWhenNothingAtAllAnswers() {
        allConnect();
        contacts = List.of(new Contact("node ws-1", time.now(), time.now()));
        pass(Duration.ofSeconds(20));
        assertThat(means()).contains("no control targets").contains("only by counts");
        contacts = List.of(new Contact("node ws-1", time.now(), time.now().minusSeconds(1)));
        allLost(Loss.of(Loss.Way.SILENT));
        pass(Duration.ofMinutes(3));
        assertThat(fired).isEmpty();
        assertThat(phase("success-rate").words()).contains("nothing of this environment answers any more");
    }

    @Test
    @Promise(10)
    void withoutControlsCountsThatStayAreADoubtAndCountsThatFallAreNone() {
        counted(80);
        allConnect();
        pass(Duration.ofSeconds(20), () -> counted(80));
        allLost(Loss.of(Loss.Way.CUT));
        pass(Duration.ofMinutes(2), () -> counted(70));
        assertThat(fired).isEmpty();
        assertThat(phase("success-rate").words()).contains("the service counts 70 connections");
        pass(Duration.ofMinutes(2), () -> counted(20));
        assertThat(fired).containsExactly("success-rate");
    }

    /// One node and one balancer that agree.
    private void counted(long connections) {
        var servers = new TreeMap<String, ServerReading>();
        servers.put("ws-1", new ServerReading(AdminState.ENABLED, ObservedState.UP, 100, 100, connections, "UP"));
        var balancers = new TreeMap<String, Sight<BalancerReading>>();
        balancers.put("edge", new Sight.Seen<>(new BalancerReading("1", servers, Map.of(), true), time.now()));
        var views = new TreeMap<String, Sight<NodeReading>>();
        views.put("ws-1", new Sight.Seen<>(new NodeReading(true, "v1", "1", null, connections, null, null), time.now()));
        seen = new Fleet(List.of("ws-1"), balancers, views, new TreeMap<>(), Sight.never(time.now()));
    }

    private void pass(Duration length, Runnable each) {
        for (long left = length.toMillis(); left > 0; left -= 500) {
            each.run();
            pass(Duration.ofMillis(500));
        }
    }

    @Test
    void settingTheWallClockMovesNothing() {
        allConnect();
        pass(Duration.ofSeconds(20));
        time.jump(Duration.ofHours(-3));
        pass(Duration.ofSeconds(40));
        var at = VirtualTime.START.plus(time.passed());
        fleet.meets(new ClientEvent.Lost("sentinel-1", ClientRole.SENTINEL, at, Loss.of(Loss.Way.CUT)));
        pass(Duration.ofSeconds(1));
        fleet.meets(new ClientEvent.Back("sentinel-1", ClientRole.SENTINEL, at.plusSeconds(1), at.plusMillis(900), "ws-2", "v1",
                Continuity.UNKNOWN));
        pass(Duration.ofSeconds(2));
        assertThat(minute().byClient().ratio().good()).isEqualTo(1);
    }

    @Test
    void aLostMessageFiresDataLossWithItsEvidence() {
        allConnect();
        allLost(Loss.closed(1012));
        back(3, 2);
        pass(Duration.ofSeconds(11));
        assertThat(fired).containsExactly("data-loss");
        assertThat(phase("data-loss").words()).contains("sentinel-3 lost 2 messages");
    }

    private static RunState drainOfWs1(Instant entered) {
        var drain = new Step.Action("roll[ws-1]/drain", "Drain", Verb.DRAIN, "ws-1", null, null, null, Duration.ofMinutes(1),
                null);
        var plan = new Plan("p", "P",
                List.of(new Step.ForEach("roll", "Roll", List.of(new Step.Lane("roll[ws-1]", "ws-1", List.of(drain))), 1)));
        var begun = RunMachine
                .begin(new RunEvent.RunStarted(entered, "r-1", "kim", "", "text", "hash", plan, null, Map.of(), null,
                        Map.of(), List.of(), false, "hash", "test", "nonce"));
        return RunMachine.evolve(begun, new RunEvent.StepEntered(entered, drain.path(), 1));
    }

    @Test
    void whatARollingStepDoesToItsNodeIsAHandoffHoweverTheConnectionEnds() {
        allConnect();
        pass(Duration.ofSeconds(5));
        run = drainOfWs1(time.now());
        pass(Duration.ofSeconds(1));
        allLost(Loss.of(Loss.Way.CUT));
        pass(Duration.ofSeconds(1));
        for (int i = 1; i <= 10; i++) {
            back(i, 0);
        }
        run = RunMachine.evolve(Objects.requireNonNull(run), new RunEvent.StepSucceeded(time.now(), "roll[ws-1]/drain", "done"));
        pass(Duration.ofSeconds(2));
        assertThat(minute().times()).filteredOn(times -> times.scenario() == Scenario.HANDOFF)
                .allSatisfy(times -> assertThat(times.samples()).isEqualTo(10));
        pass(Duration.ofSeconds(20));
        fleet.meets(new ClientEvent.Lost("sentinel-1", ClientRole.SENTINEL, time.now(), Loss.of(Loss.Way.CUT)));
        pass(Duration.ofSeconds(1));
        back(1, 0);
        pass(Duration.ofSeconds(2));
        assertThat(minute().times()).filteredOn(times -> times.scenario() == Scenario.HANDOFF)
                .allSatisfy(times -> assertThat(times.samples()).isEqualTo(10));
    }

    @Test
    void aRecordedBaselineLetsItSeeSlowerReturns() {
        var slower = new TriggerSpec.Slower("slower-reconnects", Action.OFFER, 50, Duration.ofSeconds(1), 5, 3,
                Duration.ofMinutes(5), Duration.ofMinutes(2), Duration.ofDays(30));
        watch = watch(fleet, new TriggerSet(List.of(slower)), Past.NONE);
        allConnect();
        pass(Duration.ofSeconds(21));
        assertThat(phase("slower-reconnects").words()).startsWith("no baseline: none recorded");
        for (int age : new int[]{40, 1}) {
            fleet = new FakeFleet();
            fired.clear();
            latches.clear();
            watch = watch(fleet, new TriggerSet(List.of(slower)), recorded(new Baseline(Scenario.EMERGENCY,
                    Duration.ofSeconds(2), 100, time.now().minus(Duration.ofDays(age)))));
            allConnect();
            pass(Duration.ofSeconds(2));
            allLost(Loss.of(Loss.Way.CUT));
            pass(Duration.ofSeconds(8));
            for (int i = 1; i <= 10; i++) {
                back(i, 0);
            }
            pass(Duration.ofSeconds(40));
            if (age == 40) {
                assertThat(phase("slower-reconnects").words()).contains("for emergency", "40 days old and counted for 30");
            } else {
                assertThat(fired).containsExactly("slower-reconnects");
            }
        }
    }

    private static Past recorded(Baseline baseline) {
        return new Past() {
            @Override
            public boolean keep(List<KeptEpisode> episodes) {
                return true;
            }

            @Override
            public boolean retract(Instant from, Instant to) {
                return true;
            }

            @Override
            public List<Baseline> baselines() {
                return List.of(baseline);
            }
        };
    }

    @Test
    void closingSaysGoodbye() {
        allConnect();
        watch.close();
        assertThat(fleet.closed).isTrue();
    }

    private static final NodeProbes.Plan TWO = new NodeProbes.Plan(
            new TreeMap<>(Map.of("ws-1", Set.of("ws-1"), "ws-2", Set.of("ws-2"))), Duration.ofSeconds(30));

    private void probing() {
        watch = new Watch(new Watch.Parts(fleet, triggers, Duration.ofSeconds(15), ROOM, controls, spec, Past.NONE, TWO),
                new Watch.Session("test", time, Runnable::run, Runnable::run, this::write, failures::add));
    }

    private void probed(String node, @Nullable Failure failure) {
        var client = NodeProbes.client(node);
        var role = ClientRole.PROBE;
        fleet.meets(new ClientEvent.Opened(client, role, time.now(), node, "v1"));
        fleet.meets(new ClientEvent.Lost(client, role, time.now(), Loss.of(Loss.Way.ON_PURPOSE)));
        fleet.meets(failure == null
                ? new ClientEvent.Back(client, role, time.now(), time.now(), node, "v1",
                        new Continuity(Continuity.SessionKept.SAME, 0, 0))
                : new ClientEvent.Failed(client, role, time.now(), time.now(), time.now(), failure));
    }

    @Test
    void probesFireNothingAndAreTold() {
        probing();
        allConnect();
        for (int i = 0; i < 40; i++) {
            probed("ws-1", new Failure(Failure.Cause.STATUS, 503));
            pass(Duration.ofSeconds(5));
        }
        assertThat(fired).isEmpty();
        assertThat(minute().byClient().noData() && minute().byAttempt().noData()).isTrue();
        assertThat(minute().failures().attempts().tried()).isZero();
        assertThat(minute().nodes()).isEmpty();
        assertThat(Objects.requireNonNull(reading().clients()).clients()).isEqualTo(10);
        assertThat(reading().probe("ws-1").orElseThrow().words(time.now()))
                .isEqualTo("REFUSED: HTTP 503, 5s ago; 0 of the last 20");
        assertThat(reading().probe("ws-2").orElseThrow().words(time.now())).isEqualTo("NO DATA");
        assertThat(watch.remembered().episodes()).isNotEmpty().allMatch(episode -> episode.scenario() == Scenario.PROBE);
    }

    @Test
    void aTotalOutageFiresWhateverProbesSay() {
        probing();
        allConnect();
        pass(Duration.ofSeconds(20));
        allLost(Loss.of(Loss.Way.CUT));
        for (int i = 0; i < 13; i++) {
            probed("ws-1", null);
            pass(Duration.ofSeconds(5));
        }
        assertThat(fired).containsExactly("success-rate");
        assertThat(minute().byClient().ratio().good()).isZero();
        assertThat(reading().probe("ws-1").orElseThrow().resumed()).isEqualTo(13);
    }

    @Test
    void nobodyIsProbedOnANodeThatIsDrainedOrThatARunIsAtWorkOn() {
        probing();
        allConnect();
        pass(Duration.ofSeconds(1));
        assertThat(fleet.resting).isEmpty();
        var servers = new TreeMap<String, ServerReading>();
        servers.put("ws-1", new ServerReading(AdminState.ENABLED, ObservedState.UP, 100, 100, 3, "UP"));
        servers.put("ws-2", new ServerReading(AdminState.DRAINED, ObservedState.UP, 100, 100, 0, "DRAIN"));
        var balancers = new TreeMap<String, Sight<BalancerReading>>();
        balancers.put("edge", new Sight.Seen<>(new BalancerReading("1", servers, Map.of(), true), time.now()));
        seen = new Fleet(List.of("ws-1", "ws-2"), balancers, new TreeMap<>(), new TreeMap<>(), Sight.never(time.now()));
        look();
        assertThat(fleet.resting).containsExactly("ws-2");
    }
}
