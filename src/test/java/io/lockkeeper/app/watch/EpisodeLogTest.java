package io.lockkeeper.app.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockkeeper.domain.client.ClientEvent;
import io.lockkeeper.domain.client.ClientRole;
import io.lockkeeper.domain.client.Continuity;
import io.lockkeeper.domain.client.Episodes;
import io.lockkeeper.domain.client.Failure;
import io.lockkeeper.domain.client.Loss;
import io.lockkeeper.domain.client.Planned;
import io.lockkeeper.domain.client.Scenario;
import io.lockkeeper.domain.history.KeptEpisode;
import io.lockkeeper.domain.history.KeptEpisode.End;
import io.lockkeeper.domain.signal.ObserverFault;
import io.lockkeeper.domain.trigger.Baseline;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EpisodeLogTest {
    private static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");

    private final Episodes episodes = new Episodes();
    private final List<KeptEpisode> kept = new ArrayList<>();
    private boolean room = true;
    private int looks;
    private List<ObserverFault> faults = List.of();
    private final EpisodeLog log = new EpisodeLog(episodes, new Past() {
        @Override
        public boolean keep(List<KeptEpisode> some) {
            return room && kept.addAll(some);
        }

        @Override
        public boolean retract(Instant from, Instant to) {
            throw new UnsupportedOperationException("samples are not its own");
        }

        @Override
        public List<Baseline> baselines() {
            return List.of();
        }
    });

    private void lost(int second) {
        episodes.on(new ClientEvent.Opened("sentinel-1", ClientRole.SENTINEL, NOON.minusSeconds(9), "ws-1", "v1"))
                .on(new ClientEvent.Lost("sentinel-1", ClientRole.SENTINEL, NOON.plusSeconds(second), Loss.of(Loss.Way.CUT)));
    }

    private void failed(int second) {
        var at = NOON.plusSeconds(second);
        episodes.on(new ClientEvent.Failed("sentinel-1", ClientRole.SENTINEL, at, at, at, Failure.of(Failure.Cause.REFUSED)));
    }

    private void back(int second) {
        episodes.on(new ClientEvent.Back("sentinel-1", ClientRole.SENTINEL, NOON.plusSeconds(second), NOON.plusSeconds(second),
                "ws-2", "v1", Continuity.UNKNOWN));
    }

    private void tell(int second) {
        log.tell(NOON.plusSeconds(second), faults);
    }

    private void fault(int from, @Nullable Integer to) {
        faults = List.of(new ObserverFault(NOON.plusSeconds(from), to == null ? Instant.MAX : NOON.plusSeconds(to),
                "our network at look " + looks++));
    }

    @Test
    void itIsWrittenWhenItBeginsAndWhenItEndsAndNotInBetween() {
        lost(0);
        tell(1);
        assertThat(kept).extracting(KeptEpisode::end).containsExactly(End.OPEN);
        for (int second = 2; second < 60; second++) {
            failed(second);
            tell(second);
        }
        assertThat(kept).hasSize(1);
        back(60);
        tell(61);
        tell(62);
        assertThat(kept).extracting(KeptEpisode::end).containsExactly(End.OPEN, End.BACK);
        assertThat(kept.getLast().failed()).containsEntry(Failure.of(Failure.Cause.REFUSED), 58L);
    }

    @Test
    void whatFoundNoRoomIsOfferedAgain() {
        room = false;
        lost(0);
        tell(1);
        room = true;
        tell(2);
        assertThat(kept).hasSize(1);
    }

    @Test
    void oneThatIsToldAnewIsWrittenAnew() {
        lost(0);
        back(1);
        tell(2);
        episodes.on(new Planned("ws-1", NOON.minusSeconds(5), Instant.MAX, Planned.Work.HANDOFF));
        tell(3);
        assertThat(kept).extracting(KeptEpisode::scenario).containsExactly(Scenario.EMERGENCY, Scenario.HANDOFF);
        tell(200);
        tell(201);
        assertThat(kept).hasSize(2);
    }

    private List<Instant> ends() {
        return kept.getLast().faults().stream().map(ObserverFault::to).toList();
    }

    @Test
    void aFaultThatIsFoundLongAfterIsWrittenToWhatItTouchedAndOnceMoreWhenItHasEnded() {
        lost(0);
        back(5);
        tell(6);
        assertThat(kept.getLast().faults()).isEmpty();
        tell(200); // settled, and not looked at any more
        for (int second = 201; second < 210; second++) {
            fault(3, null); // in other words each time
            tell(second);
        }
        assertThat(kept).hasSize(2);
        assertThat(ends()).containsExactly(Instant.MAX);
        for (int second = 210; second < 225; second++) {
            fault(3, 220); // until its aftermath is over it goes on
            tell(second);
        }
        assertThat(kept).hasSize(3);
        assertThat(kept.getLast().end()).isEqualTo(End.BACK);
        assertThat(ends()).containsExactly(NOON.plusSeconds(220));
    }

    @Test
    void aFaultThatBeganAfterTheReturnIsNotItsOwn() {
        lost(0);
        back(5);
        tell(6);
        fault(6, 40);
        for (int second = 7; second < 60; second++) {
            tell(second);
        }
        assertThat(kept).singleElement().matches(episode -> !episode.doubted());
    }

    @Test
    void aFaultIsNotForgottenBeforeItsEpisodesFoundRoom() {
        lost(0);
        back(5);
        tell(6);
        tell(200);
        room = false;
        fault(3, null);
        tell(201);
        tell(202);
        room = true;
        tell(203);
        tell(204);
        assertThat(kept).hasSize(2);
        assertThat(ends()).containsExactly(Instant.MAX);
    }

    @Test
    void manyAreToldInParts() {
        for (int i = 0; i < EpisodeLog.MOST + 10; i++) {
            var name = "sentinel-" + i;
            episodes.on(new ClientEvent.Opened(name, ClientRole.SENTINEL, NOON.minusSeconds(9), "ws-1", "v1"))
                    .on(new ClientEvent.Lost(name, ClientRole.SENTINEL, NOON, Loss.of(Loss.Way.CUT)))
                    .on(new ClientEvent.Back(name, ClientRole.SENTINEL, NOON.plusSeconds(1), NOON.plusSeconds(1), "ws-2", "v1",
                            Continuity.UNKNOWN));
        }
        fault(0, 9);
        assertThat(log.tell(NOON.plusSeconds(300), faults)).isTrue();
        assertThat(kept).hasSize(EpisodeLog.MOST);
        assertThat(log.tell(NOON.plusSeconds(301), faults)).isFalse();
        assertThat(kept).hasSize(EpisodeLog.MOST + 10).allMatch(KeptEpisode::doubted);
        assertThat(log.tell(NOON.plusSeconds(302), faults)).isFalse();
        assertThat(kept).hasSize(EpisodeLog.MOST + 10);
    }
}
