package io.lockkeeper.domain.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockkeeper.domain.client.ClientEvent;
import io.lockkeeper.domain.client.ClientRole;
import io.lockkeeper.domain.client.Continuity;
import io.lockkeeper.domain.client.Episodes;
import io.lockkeeper.domain.client.Loss;
import io.lockkeeper.domain.signal.EpisodeSignals;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunSpentTest {
    private static final Instant START = Instant.parse("2026-11-26T03:00:00Z");

    private static EpisodeSignals tenSecondsOutAtOneMinute() {
        var lost = START.plusSeconds(60);
        return new EpisodeSignals(new Episodes().on(new ClientEvent.Opened("s", ClientRole.SENTINEL, START, "ws-1", "v1"))
                .on(new ClientEvent.Lost("s", ClientRole.SENTINEL, lost, Loss.closed(1012)))
                .on(new ClientEvent.Back("s", ClientRole.SENTINEL, lost.plusSeconds(10), lost, "ws-2", "v1", Continuity.UNKNOWN)),
                List.of());
    }

    private static RunSpent of(long started, Instant ended, long since, long now) {
        return RunSpent.of("r", START.plusSeconds(started), ended, START.plusSeconds(since), START.plusSeconds(now),
                tenSecondsOutAtOneMinute()).orElseThrow();
    }

    @Test
    void itIsWhatWasSpentFromTheRunsBeginningToItsEnd() {
        var open = of(50, Instant.MAX, 0, 100);
        assertThat(open.whole()).isTrue();
        assertThat(open.availability().spent()).isEqualTo(Duration.ofSeconds(10));
        assertThat(open.availability().planned()).isEqualTo(Duration.ofSeconds(10));
        assertThat(of(50, START.plusSeconds(65), 0, 100).availability().spent()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void whatIsNotRememberedIsLeftOutAndThatIsSaid() {
        var late = of(0, Instant.MAX, 65, 100);
        assertThat(late.whole()).isFalse();
        assertThat(late.availability().spent()).isEqualTo(Duration.ofSeconds(5));
        assertThat(RunSpent.of("r", START, START.plusSeconds(10), START.plusSeconds(20), START.plusSeconds(30),
                tenSecondsOutAtOneMinute())).isEmpty();
    }
}
