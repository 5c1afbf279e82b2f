package io.lockkeeper.domain.alerting;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockkeeper.domain.alerting.DrillWalk.Hop;
import io.lockkeeper.domain.alerting.DrillWalk.Met;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DrillWalkTest {
    private static final Instant NOW = Instant.parse("2026-11-26T03:00:00Z");
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private static DrillSight sight(@Nullable Boolean shown, @Nullable Boolean firing, @Nullable Boolean received) {
        return new DrillSight(shown, firing, received, false, List.of());
    }

    @Test
    void eachHopCountsFromTheOneBefore() {
        var walk = DrillWalk.there(true, NOW).seen(sight(false, false, false), NOW.plusSeconds(1))
                .seen(sight(true, false, false), NOW.plusSeconds(4)).seen(sight(true, true, true), NOW.plusSeconds(9));
        assertThat(walk.met()).containsExactly(new Met(Hop.READ, Duration.ofSeconds(4)),
                new Met(Hop.FIRING, Duration.ofSeconds(5)),
                new Met(Hop.RECEIVED, Duration.ZERO));
        assertThat(walk.done()).isTrue();
        assertThat(walk.missed(LIMIT, NOW.plusSeconds(900))).isEmpty();
    }

    @Test
    void aHopThatWasNotSeenInTimeIsNamed() {
        var walk = DrillWalk.there(true, NOW).seen(sight(true, false, true), NOW.plusSeconds(20));
        assertThat(walk.missed(LIMIT, NOW.plusSeconds(49))).isEmpty();
        assertThat(walk.missed(LIMIT, NOW.plusSeconds(50))).contains(Hop.FIRING);
    }

    @Test
    void whatCouldNotBeAskedIsNeitherSeenNorGone() {
        assertThat(DrillWalk.there(true, NOW).seen(sight(null, null, null), NOW).met()).isEmpty();
        assertThat(DrillWalk.back(true, NOW).seen(sight(null, null, null), NOW).met()).isEmpty();
        assertThat(DrillWalk.back(true, NOW).seen(sight(false, false, null), NOW).left()).containsExactly(Hop.CLEARED);
        assertThat(DrillWalk.back(true, NOW).seen(sight(false, false, false), NOW).done()).isTrue();
    }

    @Test
    void withoutAnAlertmanagerTheWayEndsAtPrometheus() {
        assertThat(DrillWalk.there(false, NOW).left()).containsExactly(Hop.READ, Hop.FIRING);
        assertThat(DrillWalk.back(false, NOW).left()).containsExactly(Hop.RESOLVED);
    }
}
