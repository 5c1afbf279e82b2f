package io.lockkeeper.domain.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lockkeeper.domain.metrics.CounterTrack.Point;
import io.lockkeeper.domain.signal.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CounterTrackTest {
    private static final Instant START = Instant.parse("2026-11-26T03:00:00Z");
    private static final Duration WINDOW = Duration.ofMinutes(5);

    private static Point point(double value) {
        return new Point(Map.of(), "", value);
    }

    /// One counter read every 5 s; `null` where the page did not have it.
    private static CounterTrack track(@Nullable Double... values) {
        var track = CounterTrack.empty(WINDOW);
        for (int i = 0; i < values.length; i++) {
            var value = values[i];
            track = track.on(at(i * 5L), value == null ? List.of() : List.of(point(value)));
        }
        return track;
    }

    private static Instant at(long second) {
        return START.plusSeconds(second);
    }

    private static @Nullable Double counted(CounterTrack track) {
        var now = track.readAt();
        return now == null ? null : track.over(Window.last(WINDOW, now), "").map(CounterTrack.Increase::amount).orElse(null);
    }

    @Test
    void onlyWhatHappenedBetweenTwoReadingsIsCounted() {
        assertThat(counted(track())).isNull();
        assertThat(counted(track(100.0))).as("one reading tells nothing").isNull();
        assertThat(counted(track(100.0, 100.0))).isEqualTo(0);
        assertThat(counted(track(100.0, 103.0, 110.0))).isEqualTo(10);
        assertThat(counted(track(100.0, 103.0, 2.0, 5.0))).as("a restart counts from zero").isEqualTo(3 + 2 + 3);
        assertThat(counted(track(100.0, 0.0))).as("restarted, and nothing since").isEqualTo(0);
        assertThat(counted(track(null, 7.0))).as("born with 7").isEqualTo(7);
        assertThat(counted(track(null, null))).as("never there is not zero").isNull();
        assertThat(counted(track(5.0, null, 8.0))).as("away for one page").isEqualTo(3);
        assertThat(counted(track(5.0, Double.NaN, 8.0))).isEqualTo(3);
        assertThat(counted(track(5.0, -1.0, Double.POSITIVE_INFINITY, 8.0))).isEqualTo(3);
    }

    @Test
    void aMissedReadingIsNoZero() {
        var track = CounterTrack.empty(WINDOW).on(at(0), List.of(point(10))).on(at(60), List.of(point(40)));

        assertThat(track.over(Window.last(WINDOW, at(60)), "")).hasValueSatisfying(increase -> {
            assertThat(increase.amount()).isEqualTo(30);
            assertThat(increase.covered()).isEqualTo(Duration.ofMinutes(1));
        });
        assertThat(track.over(new Window(at(30), at(60)), "")).as("what was counted before the window is not known apart")
                .isEmpty();
    }

    @Test
    void aReadingOutOfOrderChangesNothing() {
        var track = track(1.0, 5.0);

        assertThat(counted(track.on(at(5), List.of(point(99))).on(at(2), List.of(point(77))))).isEqualTo(4);
    }

    @Test
    void groupsAreCountedApartAndOneThatVanishesKeepsItsTime() {
        var a = new Point(Map.of("server", "a"), "ws-1", 5);
        var b = new Point(Map.of("server", "b"), "ws-2", 5);
        var track = CounterTrack.empty(WINDOW).on(at(0), List.of(a, b))
                .on(at(5), List.of(new Point(a.series(), "ws-1", 9), new Point(b.series(), "ws-2", 6)))
                .on(at(10), List.of(new Point(a.series(), "ws-1", 10)));
        var window = Window.last(WINDOW, at(10));

        assertThat(track.over(window, "ws-1").orElseThrow().amount()).isEqualTo(5);
        assertThat(track.over(window, "ws-2")).hasValueSatisfying(increase -> {
            assertThat(increase.amount()).isEqualTo(1);
            assertThat(increase.newest()).isEqualTo(at(5));
        });
        assertThat(track.over(window, "ws-3")).isEmpty();
    }

    /// Whatever restarts, births and missed readings there are: no more is claimed than happened, and everything where nothing restarts unseen.
    @Test
    void neverMoreThanHappenedAndAllOfItWithoutRestarts() {
        for (long seed = 0; seed < 3000; seed++) {
            var random = new Random(seed);
            boolean restarts = random.nextBoolean();
            int counters = 1 + random.nextInt(4);
            var values = new double[counters];
            var born = new boolean[counters];
            for (int i = 0; i < counters; i++) {
                born[i] = random.nextBoolean();
                values[i] = born[i] ? random.nextInt(1000) : 0;
            }
            var track = CounterTrack.empty(WINDOW);
            double happened = 0;
            double sinceFirst = 0;
            boolean first = true;
            for (int second = 0; second < 100; second++) {
                int one = random.nextInt(counters);
                int more = random.nextInt(5);
                born[one] |= more > 0;
                values[one] += more;
                happened += more;
                sinceFirst += first ? 0 : more;
                if (restarts && random.nextInt(20) == 0) {
                    Arrays.fill(values, 0);
                }
                if (random.nextInt(3) == 0) {
                    var points = new ArrayList<Point>();
                    for (int i = 0; i < counters; i++) {
                        if (born[i]) {
                            points.add(new Point(Map.of("i", "" + i), "", values[i]));
                        }
                    }
                    track = track.on(at(second), points);
                    if (first) {
                        first = false;
                        sinceFirst = 0;
                    }
                    var counted = counted(track);
                    if (counted != null) {
                        assertThat(counted).as("seed %s", seed).isLessThanOrEqualTo(sinceFirst);
                        if (!restarts) {
                            assertThat(counted).as("seed %s", seed).isCloseTo(sinceFirst, within(1e-9));
                        }
                    }
                }
            }
            assertThat(happened).isGreaterThanOrEqualTo(sinceFirst);
        }
    }

    @Test
    void whatIsOlderThanTheWindowIsForgotten() {
        var track = CounterTrack.empty(Duration.ofMinutes(1));
        var lasting = new HashMap<Map<String, String>, Double>();
        for (int second = 0; second < 600; second += 5) {
            lasting.merge(Map.of(), 1.0, Double::sum);
            track = track.on(at(second), List.of(point(lasting.getOrDefault(Map.of(), 0.0))));
        }

        assertThat(track.over(Window.last(Duration.ofMinutes(1), at(595)), "").orElseThrow().amount()).isEqualTo(12);
        assertThat(track.over(Window.last(Duration.ofMinutes(9), at(595)), "").orElseThrow().covered())
                .isLessThanOrEqualTo(Duration.ofSeconds(70));
    }
}
