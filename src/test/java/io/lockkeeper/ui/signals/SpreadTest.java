package io.lockkeeper.ui.signals;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockkeeper.app.signals.Points;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpreadTest {
    /// One value a second, the newest last.
    private static Points points(String values) {
        var all = Arrays.stream(values.split(" ")).mapToDouble(Double::parseDouble).toArray();
        var times = new long[all.length];
        Arrays.setAll(times, i -> 1_000L * i);
        return Points.of(times, all, new boolean[all.length], false);
    }

    @ParameterizedTest
    @CsvSource({
            "60, 60, false", // the same
            "60, 40, true",
            "60 60 40, 60, false", // 20 have just left, and the other one has not been read since
            "40, 60 60 40, false",
            "60 60 60 60 60 40, 60 60 60 60 60 60, false", // five seconds ago
            "60 40 40 40 40 40 40, 60 60 60 60 60 60 60, true", // longer ago than that
            "60 61 60, 62 63 62, true"})
    void countsDifferWhenTheyHaveNothingInCommonOfLate(String balancers, String nodes, boolean apart) {
        assertThat(Spread.of(points(balancers)).isApartFrom(Spread.of(points(nodes)))).isEqualTo(apart);
        assertThat(Spread.of(points(nodes)).isApartFrom(Spread.of(points(balancers)))).isEqualTo(apart);
    }

    @Test
    void countsOfSeveralNodesAreAddedUp() {
        assertThat(Spread.NOTHING.plus(Spread.of(points("20 10"))).plus(Spread.of(points("5 6")))).isEqualTo(new Spread(15, 26));
    }
}
