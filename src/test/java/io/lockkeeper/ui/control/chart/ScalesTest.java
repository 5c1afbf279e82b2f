package io.lockkeeper.ui.control.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScalesTest {
    private static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");

    @ParameterizedTest
    @CsvSource({"0, 4, 1, 1", "1, 4, 1, 1", "3.15, 4, 4, 1", "4, 4, 4, 1", "5, 4, 5, 2", "31.5, 4, 32, 10", "31.5, 2, 32, 20",
            "99, 4, 100, 50", "105, 2, 110, 50", "1176, 3, 1200, 500", "12000, 4, 12000, 5000", "7, 1, 7, 5"})
    void theAxisOfValuesEndsNearTheHighestOne(double highest, int most, long top, long step) {
        assertThat(ValueScale.reaching(highest, most)).isEqualTo(new ValueScale(top, step));
    }

    @Test
    void theAxisOfValuesNeverHasMoreThanThereIsRoomFor() {
        for (int highest = 0; highest < 30_000; highest = highest * 5 / 4 + 1) {
            for (int most = 1; most < 8; most++) {
                var scale = ValueScale.reaching(highest, most);
                assertThat(scale.top()).isGreaterThanOrEqualTo(highest);
                assertThat(scale.ticks()).hasSizeBetween(2, most + 1).first().isEqualTo(0L);
                assertThat(scale.ticks().getLast()).isLessThanOrEqualTo(scale.top());
            }
        }
    }

    @Test
    void aTimeScaleEndsWithTheColumnOfNow() {
        var scale = TimeScale.endingAt(NOON, Duration.ofMinutes(15), 900);
        assertThat(scale.perColumn()).isEqualTo(1000);
        assertThat(scale.column(NOON.toEpochMilli())).isEqualTo(899);
        assertThat(scale.to() - scale.from()).isEqualTo(900_000);
        assertThat(scale.column(scale.from())).isZero();
        assertThat(scale.column(scale.from() - 1)).isEqualTo(-1);
        assertThat(scale.column(scale.to())).isEqualTo(900);
    }

    @Test
    void theSameReadingsStayInOneColumnWhileTimeGoesOn() {
        var reading = NOON.minusSeconds(100).toEpochMilli();
        var together = NOON.minusMillis(100_000 - 1).toEpochMilli();
        for (int millis = 0; millis < 5000; millis += 37) {
            var scale = TimeScale.endingAt(NOON.plusMillis(millis), Duration.ofHours(1), 711);
            assertThat(scale.column(reading) == scale.column(together)).isEqualTo(
                    TimeScale.endingAt(NOON, Duration.ofHours(1), 711).column(reading) == TimeScale
                            .endingAt(NOON, Duration.ofHours(1), 711).column(together));
            assertThat(scale.from() % scale.perColumn()).isZero();
        }
    }

    private static List<String> ticks(Instant from, Duration span, String zone, int most) {
        return TimeTicks.of(from.toEpochMilli(), from.plus(span).toEpochMilli(), ZoneId.of(zone), most).stream()
                .map(TimeTicks.Tick::words).toList();
    }

    @Test
    void timesOnTheAxisAreRoundByTheClocksOfThePlace() {
        assertThat(ticks(NOON.plusSeconds(7), Duration.ofMinutes(5), "UTC", 6)).containsExactly("12:01", "12:02", "12:03",
                "12:04",
                "12:05");
        assertThat(ticks(NOON.plusSeconds(7), Duration.ofMinutes(15), "Europe/Berlin", 4)).containsExactly("13:05", "13:10",
                "13:15");
        assertThat(ticks(NOON.plusSeconds(7), Duration.ofHours(1), "Asia/Kathmandu", 3)).containsExactly("18:00", "18:30");
        assertThat(ticks(NOON, Duration.ofSeconds(20), "UTC", 6)).containsExactly("12:00:00", "12:00:05", "12:00:10", "12:00:15",
                "12:00:20");
    }

    @Test
    void anHourThatIsRepeatedIsToldTwice() {
        assertThat(ticks(Instant.parse("2026-10-25T00:30:00Z"), Duration.ofHours(1), "Europe/Berlin", 4)).containsExactly("02:30",
                "02:00", "02:30");
    }

    @Test
    void thereAreNeverMoreTimesThanThereIsRoomFor() {
        for (int minutes = 1; minutes <= 60; minutes++) {
            for (int most = 1; most < 12; most++) {
                assertThat(ticks(NOON.plusMillis(minutes * 7777L), Duration.ofMinutes(minutes), "UTC", most).size())
                        .isLessThanOrEqualTo(most);
            }
        }
    }
}
