package io.lockkeeper.domain.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockkeeper.Promise;
import io.lockkeeper.domain.signal.Availability;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MonthSpentTest {
    private static final Instant NOW = Instant.parse("2026-11-26T03:00:00Z");

    /// So many percent over a minute that ended so many minutes ago, of which so many seconds were watched.
    private static Stretch minute(int ago, double percent, int seconds) {
        return new Stretch(NOW.minus(Duration.ofMinutes(ago + 1)), Duration.ofMinutes(1), "availability", "", "clients", percent,
                percent, percent, seconds, seconds);
    }

    @Test
    void aFailureRateOfTwentyPercentForFiveMinutesIsAMinute() {
        var availability = IntStream.range(0, 5).mapToObj(i -> minute(i, 80, 60)).toList();
        var spent = MonthSpent.of(availability, List.of(minute(0, 10, 60)), NOW);
        assertThat(spent.spent()).isEqualTo(Duration.ofMinutes(1));
        assertThat(spent.planned()).isEqualTo(Duration.ofSeconds(6));
        assertThat(spent.left()).isEqualTo(Availability.budget().minusMinutes(1));
        assertThat(spent.to()).isEqualTo(NOW);
    }

    @Test
    @Promise(2)
    void whatNobodyWatchedSpendsNothingAndIsNotTakenForWatched() {
        var none = MonthSpent.of(List.of(), List.of(), NOW);
        assertThat(none.watched()).isZero();
        assertThat(none.to()).isEqualTo(NOW.minus(Availability.MONTH));
        assertThat(MonthSpent.of(List.of(minute(3, 0, 20)), List.of(), NOW))
                .isEqualTo(new MonthSpent(Duration.ofSeconds(20), Duration.ofSeconds(20), Duration.ZERO,
                        NOW.minus(Duration.ofMinutes(3))));
    }

    @Test
    void moreCanBeSpentThanThereIs() {
        var hour = IntStream.range(0, 60).mapToObj(i -> minute(i, 0, 60)).toList();
        assertThat(MonthSpent.of(hour, List.of(), NOW).left()).isEqualTo(Duration.ofSeconds(2592 - 3600));
    }
}
