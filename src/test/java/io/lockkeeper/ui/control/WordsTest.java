package io.lockkeeper.ui.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockkeeper.domain.link.LinkState;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class WordsTest {
    private static final Instant NOW = Instant.parse("2026-11-27T03:00:00Z");

    @Test
    void aLinkThatWasLostSaysSoUntilItIsLiveAgain() {
        var waits = Words.of(new LinkState.Waiting(1, NOW.plusSeconds(2), "no answer in time"), NOW);
        var tries = Words.of(new LinkState.Connecting(2, NOW, "no answer in time"), NOW);

        assertThat(waits.words()).isEqualTo("lost: attempt 2 in 2 s; no answer in time");
        assertThat(tries.words()).isEqualTo("lost: attempt 2 now; no answer in time");
        assertThat(tries.style()).isEqualTo(waits.style()).isEqualTo("bad");
        assertThat(Words.of(new LinkState.Connecting(1, NOW, ""), NOW).words()).isEqualTo("connecting");
    }
}
