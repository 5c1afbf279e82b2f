package io.lockkeeper.ui.control.chart;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockkeeper.Promise;
import io.lockkeeper.app.signals.Mark;
import io.lockkeeper.app.signals.Points;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChartWordsTest {
    private static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");
    private static final long AT = NOON.toEpochMilli();

    private static Points points(boolean lost) {
        return Points.of(new long[]{AT - 60_000, AT - 59_000, AT - 2_000, AT - 1_000}, new double[]{10, 12, 3, 1_234},
                new boolean[]{false, true, false, true}, lost);
    }

    @Test
    @Promise(6)
    void noValueStandsWithoutItsAge() {
        var line = new Line("balancers", points(false));
        assertThat(ChartWords.newest(line, NOON)).isEqualTo(new ChartWords.Said("balancers 1,234, 1 s", false));
        assertThat(ChartWords.newest(line, NOON.plusSeconds(40)))
                .isEqualTo(new ChartWords.Said("balancers 1,234, 41 s OLD", true));
        assertThat(ChartWords.newest(new Line("balancers", points(true)), NOON).old()).isTrue();
        assertThat(ChartWords.newest(new Line("itself", Points.NONE), NOON))
                .isEqualTo(new ChartWords.Said("itself: never read", true));
    }

    @Test
    @Promise(6)
    void betweenReadingsThatAreNotJoinedNothingIsReadOff() {
        assertThat(ChartWords.at(points(false), AT - 30_000)).isEmpty();
        assertThat(ChartWords.at(points(false), AT - 59_400)).hasValue(12);
        assertThat(ChartWords.at(points(false), AT)).hasValue(1_234);
        assertThat(ChartWords.at(points(true), AT)).isEmpty();
        assertThat(ChartWords.at(points(false), AT - 90_000)).isEmpty();
    }

    @Test
    void aChartSaysInWordsWhatItShows() {
        var frame = new ChartFrame(NOON, Duration.ofMinutes(5), NOON.minusSeconds(600),
                List.of(new Line("balancers", points(false))),
                new Line("ready", Points.of(new long[]{AT}, new double[]{0}, new boolean[]{false}, false)),
                new Limit(1, Limit.Good.AT_LEAST, "floor: at least 1"),
                List.of(new Mark(NOON.minusSeconds(20), Mark.Kind.ACT, "held by kim")), 1);
        assertThat(ChartWords.spoken("Connections", frame)).isEqualTo("Connections, last 5 min; balancers 1,234, 1 s"
                + " (between 3 and 1,234, 1 gap); ready NO, 0 s; floor: at least 1; 1 mark");
    }

    @Test
    void marksOnTheSamePixelsAreOneLineWithTheLoudestWords() {
        var time = new TimeScale(AT, 1000, 100);
        var clusters = Clusters.of(List.of(new Mark(NOON, Mark.Kind.ENDED, "Drain ws-1: done"),
                new Mark(NOON.plusSeconds(1), Mark.Kind.BEGUN, "Deploy ws-1"), new Mark(NOON.plusSeconds(2), Mark.Kind.ALARM,
                        "ROLL BACK by kim"),
                new Mark(NOON.plusSeconds(50), Mark.Kind.ENDED, "Back ws-1: done"),
                new Mark(NOON.plusSeconds(200), Mark.Kind.ACT, "out of sight")), time);
        assertThat(clusters).extracting(Clusters.Cluster::words).containsExactly("ROLL BACK by kim +1", "");
    }
}
