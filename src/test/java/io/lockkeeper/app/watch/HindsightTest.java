package io.lockkeeper.app.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockkeeper.Promise;
import io.lockkeeper.app.simulation.VirtualTime;
import io.lockkeeper.domain.client.ClientEvent;
import io.lockkeeper.domain.client.ClientRole;
import io.lockkeeper.domain.client.Continuity;
import io.lockkeeper.domain.client.Loss;
import io.lockkeeper.domain.environment.ControlsSpec;
import io.lockkeeper.domain.fleet.Fleet;
import io.lockkeeper.domain.fleet.Sight;
import io.lockkeeper.domain.history.KeptEpisode;
import io.lockkeeper.domain.signal.ObserverFault;
import io.lockkeeper.domain.trigger.Baseline;
import io.lockkeeper.domain.trigger.TriggerSet;
import io.lockkeeper.domain.watch.TriggerRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// What stays in the history of a fault of our own that is found only after it was written, in virtual time.
@Promise(10)
class HindsightTest {
    private final VirtualTime time = new VirtualTime();
    private final FakeFleet fleet = new FakeFleet();
    private final FakeControls outside = new FakeControls("tcp://10.0.0.1:53");
    private final Kept kept = new Kept();
    private final List<Boolean> told = new ArrayList<>();
    private final Watch watch = new Watch(
            new Watch.Parts(fleet, TriggerSet.USUAL, Duration.ofSeconds(15), 100, outside,
                    new ControlsSpec(List.of(), Duration.ofSeconds(5), Duration.ofSeconds(2), 100), kept),
            new Watch.Session("test", time, Runnable::run, Runnable::run, (_, _) -> true, _ -> {
            }));

    /// A history: the newest of each episode, and what was measured of availability, by second.
    private static final class Kept implements Past {
        final Map<String, KeptEpisode> episodes = new TreeMap<>();
        final TreeMap<Instant, Double> available = new TreeMap<>();
        final List<Double> gone = new ArrayList<>();
        boolean room = true;

        @Override
        public boolean keep(List<KeptEpisode> some) {
            some.forEach(one -> episodes.put(one.client() + one.lostAt(), one));
            return true;
        }

        @Override
        public boolean retract(Instant from, Instant to) {
            if (room) {
                var range = available.subMap(from, true, to, true);
                gone.addAll(range.values());
                range.clear();
            }
            return room;
        }

        @Override
        public List<Baseline> baselines() {
            return List.of();
        }
    }

    private void pass(Duration length) {
        pass(length, Duration.ofMillis(500));
    }

    private void pass(Duration length, Duration every) {
        long until = time.passed().plus(length).toMillis();
        while (time.passed().toMillis() < until) {
            time.in(every, this::look);
            time.step(Duration.ofDays(1));
        }
    }

    private void look() {
        int before = kept.gone.size();
        boolean news = watch.look(new Watch.Scene(null,
                new Fleet(List.of(), new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), Sight.never(time.now())), Map.of(),
                List.of()));
        if (kept.gone.size() > before) {
            told.add(news);
        }
        var reading = watch.reading(TriggerRecord.EMPTY);
        var minute = reading.minute();
        if (minute != null && !minute.availability().watched().isZero()) {
            kept.available.put(reading.at(), minute.availability().share());
        }
    }

    private void allConnect() {
        watch.start();
        for (int i = 1; i <= 10; i++) {
            fleet.meets(new ClientEvent.Opened("sentinel-" + i, ClientRole.SENTINEL, time.now(), "ws-1", "v1"));
        }
        fleet.connected.set(10);
        pass(Duration.ofSeconds(90));
    }

    private void allLost() {
        for (int i = 1; i <= 10; i++) {
            fleet.meets(new ClientEvent.Lost("sentinel-" + i, ClientRole.SENTINEL, time.now(), Loss.of(Loss.Way.CUT)));
        }
        fleet.connected.set(0);
    }

    private void allBack() {
        for (int i = 1; i <= 10; i++) {
            fleet.meets(new ClientEvent.Back("sentinel-" + i, ClientRole.SENTINEL, time.now(), time.now().minusMillis(20),
                    "ws-2", "v1", new Continuity(Continuity.SessionKept.SAME, 0, 0)));
        }
        fleet.connected.set(10);
    }

    private void outage(Duration lasts) {
        allLost();
        pass(lasts);
        outside.back();
        pass(Duration.ofSeconds(6));
        allBack();
        pass(Duration.ofSeconds(30));
    }

    @Test
    void whatWasMeasuredBeforeTheNetworkWasFoundCutGoesAndItsEpisodesAreMarked() {
        allConnect();
        outside.cut();
        outage(Duration.ofSeconds(40));
        assertThat(kept.gone).as("it was seen before it was doubted").anyMatch(share -> share < 1);
        assertThat(told).as("what was measured is news at once: who keeps it must not keep what was taken back").isNotEmpty()
                .containsOnly(true);
        assertThat(kept.available.values()).isNotEmpty().allMatch(share -> share == 1);
        assertThat(kept.episodes.values()).hasSize(10).allSatisfy(episode -> {
            assertThat(episode.end()).isEqualTo(KeptEpisode.End.BACK);
            assertThat(episode.faults()).singleElement().satisfies(fault -> {
                assertThat(fault.why()).contains("the control target outside the service fails too", "10 clients of ours");
                assertThat(fault.from()).isBefore(episode.lostAt());
                assertThat(fault.to()).isAfter(episode.endedAt()).isBefore(time.now());
            });
        });
        assertThat(watch.remembered().faults()).hasSize(1);
    }

    @Test
    void whatFoundNoRoomIsTakenBackLaterAndNoMoreThanThat() {
        allConnect();
        outside.cut();
        kept.room = false;
        outage(Duration.ofSeconds(20));
        assertThat(kept.available.values()).anyMatch(share -> share < 1);
        int measured = kept.available.size();
        kept.room = true;
        pass(Duration.ofSeconds(2));
        assertThat(kept.available.values()).allMatch(share -> share == 1);
        assertThat(kept.available).hasSizeGreaterThan(measured - 20);
    }

    @Test
    void anOutageOfTheServiceStaysInItAndUnmarked() {
        allConnect();
        outage(Duration.ofSeconds(40));
        assertThat(kept.gone).isEmpty();
        assertThat(kept.available.values()).anyMatch(share -> share < 0.5);
        assertThat(kept.episodes.values()).hasSize(10).noneMatch(KeptEpisode::doubted);
    }

    @Test
    void whoIsOutForLongKeepsTheFaultInWhichItWasLost() {
        allConnect();
        outside.cut();
        allLost();
        pass(Duration.ofSeconds(30));
        outside.back();
        pass(Duration.ofMinutes(70), Duration.ofSeconds(10));
        assertThat(watch.remembered().faults()).hasSize(1);
        allBack();
        pass(Duration.ofSeconds(3));
        assertThat(kept.episodes.values()).hasSize(10).allMatch(KeptEpisode::doubted)
                .allMatch(episode -> episode.end() == KeptEpisode.End.BACK);
        pass(Duration.ofSeconds(20));
        assertThat(watch.remembered().faults()).as("nobody is out any more").isEmpty();
    }

    @Test
    void ofACutThatGoesOnWhatReachesBackFurthestIsSaid() {
        var doubts = new Doubts();
        var noon = Instant.parse("2026-11-26T12:00:00Z");
        doubts.begin(Doubts.Kind.NETWORK, noon, "the control target fails, 3 are out");
        doubts.begin(Doubts.Kind.NETWORK, noon, "the control target fails, 12 are out");
        doubts.begin(Doubts.Kind.NETWORK, noon.plusSeconds(4), "11 were lost at once");
        assertThat(doubts.all())
                .containsExactly(new ObserverFault(noon, Instant.MAX, "the control target fails, 12 are out"));
        doubts.begin(Doubts.Kind.NETWORK, noon.minusSeconds(1), "all were lost at once");
        assertThat(doubts.all()).containsExactly(new ObserverFault(noon.minusSeconds(1), Instant.MAX, "all were lost at once"));
    }

    @Test
    void oneThatLastsIsOneAndMuchOfWhatIsLongOverIsForgotten() {
        var doubts = new Doubts();
        var noon = Instant.parse("2026-11-26T12:00:00Z");
        for (int second = 0; second < 100; second++) {
            doubts.add(noon.plusSeconds(second), noon.plusSeconds(second), "late");
        }
        assertThat(doubts.all()).containsExactly(new ObserverFault(noon, noon.plusSeconds(109), "late"));
        for (int i = 0; i < 3_000; i++) {
            doubts.add(noon.plusSeconds(200L * i), noon.plusSeconds(200L * i), "again " + i);
        }
        doubts.forget(noon.plusSeconds(600_000), noon);
        assertThat(doubts.all()).hasSize(1_000);
        assertThat(doubts.all().getLast().why()).isEqualTo("again 2999");
        doubts.forget(noon.plusSeconds(700_000), Instant.MAX);
        assertThat(doubts.all()).isEmpty();
    }
}
