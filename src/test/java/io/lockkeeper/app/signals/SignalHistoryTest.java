package io.lockkeeper.app.signals;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockkeeper.Promise;
import io.lockkeeper.app.Scenes;
import io.lockkeeper.app.Snapshot;
import io.lockkeeper.domain.environment.Environment;
import io.lockkeeper.domain.environment.Tier;
import io.lockkeeper.domain.fleet.AdminState;
import io.lockkeeper.domain.fleet.BalancerReading;
import io.lockkeeper.domain.fleet.Fleet;
import io.lockkeeper.domain.fleet.NodeReading;
import io.lockkeeper.domain.fleet.ObservedState;
import io.lockkeeper.domain.fleet.ServerReading;
import io.lockkeeper.domain.fleet.SessionRoll;
import io.lockkeeper.domain.fleet.Sight;
import io.lockkeeper.domain.history.Sample;
import io.lockkeeper.domain.client.ClientRecord;
import io.lockkeeper.domain.signal.EpisodeSignals;
import io.lockkeeper.domain.signal.Ratio;
import io.lockkeeper.domain.signal.Success;
import io.lockkeeper.domain.signal.Window;
import io.lockkeeper.domain.watch.Measured;
import io.lockkeeper.domain.watch.ObserverReading;
import io.lockkeeper.domain.watch.WatchReading;
import io.lockkeeper.domain.watch.Watcher;
import io.lockkeeper.port.SignalStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SignalHistoryTest {
    private static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");
    private final SignalHistory history = new SignalHistory(environment(2, "edge-a", "edge-b"), NOON);

    private static Environment environment(int nodes, String... balancers) {
        return new Environment("shop", Tier.STAGING, "hash",
                IntStream.rangeClosed(1, nodes).mapToObj(i -> new Environment.NodeSpec("ws-" + i, null, null)).toList(),
                List.of(balancers), List.of("v1"), 1, Set.of(), 1012);
    }

    private static Sight<BalancerReading> balancer(Instant at, long ofOne, long ofTwo) {
        var servers = new TreeMap<String, ServerReading>();
        servers.put("ws-1", new ServerReading(AdminState.ENABLED, ObservedState.UP, 1, 1, ofOne, ""));
        servers.put("ws-2", new ServerReading(AdminState.DRAINED, ObservedState.UP, 1, 1, ofTwo, ""));
        return new Sight.Seen<>(new BalancerReading("1", servers, Map.of(), true), at);
    }

    private static Sight<NodeReading> view(Instant at, boolean ready, long connections) {
        return new Sight.Seen<>(new NodeReading(ready, "v1", "1", NOON, connections, null, null), at);
    }

    private static Snapshot snapshot(Instant at, Sight<BalancerReading> a, Sight<BalancerReading> b, Sight<NodeReading> one,
            Sight<NodeReading> two) {
        var fleet = new Fleet(List.of("ws-1", "ws-2"), new TreeMap<>(Map.of("edge-a", a, "edge-b", b)),
                new TreeMap<>(Map.of("ws-1", one, "ws-2", two)), new TreeMap<>(),
                new Sight.Seen<>(new SessionRoll(Map.of("s-1", new SessionRoll.Place("ws-1", true, 0, false, NOON), "s-2",
                        new SessionRoll.Place("ws-1", false, 1001, false, NOON))), at));
        return new Snapshot(at, "a test", true, fleet, List.of(), null, List.of(), List.of(), null, null, List.of());
    }

    private static Snapshot calm(Instant at) {
        return snapshot(at, balancer(at, 3, 0), balancer(at.minusMillis(400), 4, 1), view(at, true, 9), view(at, true, 1));
    }

    private Points of(Quantity quantity) {
        return history.points(SeriesKey.of(quantity));
    }

    private Points of(Quantity quantity, String node) {
        return history.points(SeriesKey.of(quantity, node));
    }

    @Test
    void twoSourcesThatDisagreeAreBothKept() {
        history.add(calm(NOON));
        assertThat(of(Quantity.CONNECTIONS_BALANCED, "ws-1").value(0)).isEqualTo(7);
        assertThat(of(Quantity.CONNECTIONS_OWN, "ws-1").value(0)).isEqualTo(9);
        assertThat(of(Quantity.CONNECTIONS_TOTAL).value(0)).isEqualTo(8);
    }

    private static Snapshot measured(int second, double good, @Nullable Instant doubted) {
        var at = NOON.plusSeconds(second);
        var calm = calm(at);
        var window = Window.last(Duration.ofMinutes(1), at);
        var success = new Success(Success.By.CLIENT, new Ratio(Math.round(good), 10), 0, window, at);
        var none = Measured.of(new EpisodeSignals(ClientRecord.Frozen.EMPTY, List.of()), window);
        var minute = new Measured(success, success, none.times(), none.failures(), none.kept(), none.availability(), List.of());
        var observer = new ObserverReading(at, List.of(),
                doubted == null ? null : new ObserverReading.Doubt(doubted, null, "our network"), "", List.of());
        return new Snapshot(at, calm.holder(), true, calm.fleet(), List.of(), null, List.of(), List.of(), null, null, List.of(),
                new WatchReading(at, new Watcher.Watching("a test", NOON), null, minute, minute, List.of(), observer));
    }

    @Test
    @Promise(10)
    void whatWasMeasuredBeforeAFaultOfOurOwnWasFoundIsOnNoChart() {
        for (int second = 0; second < 10; second++) {
            history.add(measured(second, second < 6 ? 10 : 2, null));
        }
        for (int second = 10; second < 14; second++) {
            history.add(measured(second, 9, NOON.plusSeconds(6)));
        }
        var success = of(Quantity.SUCCESS_BY_CLIENT);
        assertThat(IntStream.range(0, success.size()).mapToObj(success::value)).containsExactly(100.0, 100.0, 100.0, 100.0,
                100.0, 100.0, 90.0, 90.0, 90.0, 90.0);
        assertThat(success.isJoined(6)).as("nothing is drawn across").isFalse();
        assertThat(success.isJoined(7)).isTrue();
        assertThat(of(Quantity.SUCCESS_BY_ATTEMPT).size()).isEqualTo(10);
        assertThat(of(Quantity.CONNECTIONS_OWN, "ws-1").size()).as("what was read stays").isEqualTo(14);
        history.add(measured(14, 9, null));
        history.add(measured(15, 9, NOON.plusSeconds(14)));
        assertThat(of(Quantity.SUCCESS_BY_CLIENT).size()).as("the next one counts by itself").isEqualTo(11);
    }

    @Test
    void aSumIsAsOldAsTheOldestOfItsParts() {
        history.add(calm(NOON));
        assertThat(of(Quantity.CONNECTIONS_TOTAL).newestAt()).contains(NOON.minusMillis(400));
    }

    @Test
    void onlySessionsThatAreOpenCount() {
        history.add(calm(NOON));
        assertThat(of(Quantity.SESSIONS).value(0)).isEqualTo(1);
    }

    @Test
    void onlyNodesThatAreKnownToServeCount() {
        history.add(calm(NOON));
        assertThat(of(Quantity.SERVING).value(0)).isEqualTo(1);
    }

    @Test
    @Promise(6)
    void aBalancerThatCannotBeReadLeavesAGapInWhatIsSummedOverItAndNowhereElse() {
        history.add(calm(NOON));
        var later = NOON.plusSeconds(1);
        history.add(snapshot(later, balancer(later, 3, 0), balancer(NOON, 4, 1).lost("refused", later), view(later, true, 9),
                view(later, true, 1)));
        assertThat(of(Quantity.CONNECTIONS_TOTAL).isLost()).isTrue();
        assertThat(of(Quantity.SERVING).isLost()).isTrue();
        assertThat(of(Quantity.CONNECTIONS_OWN, "ws-1").isLost()).isFalse();
        assertThat(of(Quantity.CONNECTIONS_OWN, "ws-1").size()).isEqualTo(2);
    }

    @Test
    @Promise(8)
    void aSilentNodeHidesNoOther() {
        var later = NOON.plusSeconds(1);
        history.add(calm(NOON));
        history.add(snapshot(later, balancer(later, 3, 0), balancer(later, 4, 1), view(NOON, true, 9).lost("refused", later),
                view(later, false, 1)));
        assertThat(of(Quantity.READY, "ws-1").isLost()).isTrue();
        assertThat(of(Quantity.READY, "ws-2").value(1)).isZero();
        assertThat(of(Quantity.SERVING).value(1)).isZero();
    }

    @Test
    @Promise(6)
    void aReadingThatIsOldWhenItIsSeenIsNotKept() {
        var at = NOON.plusSeconds(9);
        history.add(snapshot(at, balancer(NOON, 3, 0), balancer(at, 4, 1), view(NOON, true, 9), view(at, true, 1)));
        assertThat(of(Quantity.CONNECTIONS_TOTAL).isEmpty()).isTrue();
        assertThat(of(Quantity.READY, "ws-1").isEmpty()).isTrue();
        assertThat(of(Quantity.READY, "ws-2").isEmpty()).isFalse();
    }

    @Test
    void whatIsNotSaidIsNotMadeUp() {
        Sight<NodeReading> silent = new Sight.Seen<>(new NodeReading(null, "v1", "1", NOON, null, null, null), NOON);
        history.add(snapshot(NOON, balancer(NOON, 3, 0), balancer(NOON, 4, 1), silent, view(NOON, true, 1)));
        assertThat(of(Quantity.READY, "ws-1").isEmpty()).isTrue();
        assertThat(of(Quantity.CONNECTIONS_OWN, "ws-1").isEmpty()).isTrue();
    }

    @Test
    @Promise(6)
    void whileNobodyReadsEverythingIsLost() {
        history.add(calm(NOON));
        var last = calm(NOON);
        history.add(new Snapshot(last.at(), "nobody", false, last.fleet(), List.of(), null, List.of(), List.of(), null, null,
                List.of()));
        for (var quantity : List.of(Quantity.CONNECTIONS_TOTAL, Quantity.SERVING, Quantity.SESSIONS)) {
            assertThat(of(quantity).isLost()).isTrue();
            assertThat(of(quantity).size()).isEqualTo(1);
        }
    }

    private static Sample kept(int secondsAgo, double value) {
        return new Sample(NOON.minusSeconds(secondsAgo), "connections.own", "ws-1", "nodes", value, 1);
    }

    @Test
    void whatWasKeptBeforeComesFirstAndGapsStayGaps() {
        history.add(calm(NOON.plusSeconds(1)));
        history.refill(
                List.of(kept(30, 1), kept(29, 2), kept(20, 3), kept(-1, 99), new Sample(NOON, "of.others", "", "x", 1, 1)));
        var points = of(Quantity.CONNECTIONS_OWN, "ws-1");
        assertThat(IntStream.range(0, points.size()).mapToObj(points::value)).containsExactly(1.0, 2.0, 3.0, 9.0);
        assertThat(IntStream.range(0, points.size()).mapToObj(points::isJoined)).containsExactly(false, true, false, false);
        history.add(calm(NOON.plusSeconds(2)));
        assertThat(of(Quantity.CONNECTIONS_OWN, "ws-1").isJoined(4)).isTrue();
    }

    @Test
    void everySecondWhatIsKnownIsHandedToTheHistoryAndNothingElse() {
        assertThat(HistoryFeed.of(calm(NOON))).extracting(one -> one.signal() + " " + one.node() + " " + one.source() + " "
                + one.value()).contains("connections.own ws-1 nodes 9.0", "connections.balanced ws-1 balancers 7.0",
                        "connections.total  balancers 8.0", "node.ready ws-2 nodes 1.0", "balancer.sessions  edge-a 3.0",
                        "balancer.sessions  edge-b 5.0", "sessions.open  feed 1.0", "nodes.serving  balancers 1.0")
                .hasSize(11);
        var dark = snapshot(NOON, Sight.never(NOON), balancer(NOON, 4, 1), Sight.never(NOON),
                view(NOON.minusSeconds(60), true, 1));
        assertThat(HistoryFeed.of(dark)).extracting(Sample::signal).containsExactlyInAnyOrder("balancer.sessions",
                "sessions.open");
        var feed = new HistoryFeed(SignalStore.NONE);
        assertThat(feed.due(NOON)).isTrue();
        feed.add(NOON, dark);
        assertThat(feed.due(NOON.plusMillis(999))).isFalse();
        assertThat(feed.due(NOON.plusSeconds(1))).isTrue();
        assertThat(feed.due(NOON.minusSeconds(3_600))).as("the clock was put back").isTrue();
    }

    @Test
    void theNumberOfSeriesIsBounded() {
        assertThat(new SignalHistory(environment(500, "edge-a"), NOON).nodes()).hasSize(SignalHistory.MOST_NODES);
    }

    @Test
    void stepsAndWhatPeopleDidAreMarkedOnce() {
        var scene = Scenes.signals();
        var marks = scene.signals().marks();
        scene.signals().add(scene.snapshot());
        assertThat(scene.signals().marks()).isEqualTo(marks);
        assertThat(marks).extracting(Mark::words).contains("kim started Rolling deploy", "Drain ws-1", "Drain ws-1: done",
                "failed: probe.resumed of ws-1", "ROLL BACK by kim", "the run ended: rolled back");
        assertThat(marks).filteredOn(mark -> mark.kind() == Mark.Kind.ALARM).hasSize(1);
        assertThat(marks).extracting(Mark::at).isSorted();
    }
}
