package io.lockkeeper.ui.control.chart;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockkeeper.Promise;
import io.lockkeeper.app.signals.Points;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CurvesTest {
    private static final long FRESH = 5000;

    /// A second apart more or less, with gaps, of a length that is not always more than the columns.
    private static Points random(Random dice) {
        int size = dice.nextInt(400);
        var times = new long[size];
        var values = new double[size];
        var joined = new boolean[size];
        long at = 1_000_000L + dice.nextInt(100_000);
        for (int i = 0; i < size; i++) {
            boolean gap = dice.nextInt(20) == 0;
            at += gap ? 6000 + dice.nextInt(60_000) : 200 + dice.nextInt(3000);
            times[i] = at;
            values[i] = dice.nextInt(100);
            joined[i] = i > 0 && !gap;
        }
        return Points.of(times, values, joined, dice.nextBoolean());
    }

    private static TimeScale window(Random dice) {
        return new TimeScale(1_000_000 + dice.nextInt(200_000), 1 + dice.nextInt(8000), 1 + dice.nextInt(200));
    }

    @Test
    void everyReadingIsInItsBar() {
        for (int seed = 0; seed < 500; seed++) {
            var dice = new Random(seed);
            var points = random(dice);
            var time = window(dice);
            var columns = Columns.of(points, time);
            for (int i = 0; i < points.size(); i++) {
                int column = time.column(points.at(i));
                if (column >= 0 && column < time.columns()) {
                    assertThat(columns.isFilled(column)).isTrue();
                    assertThat(points.value(i)).isBetween(columns.low(column), columns.high(column));
                }
            }
        }
    }

    @Test
    @Promise(6)
    void noBarLiesInAGap() {
        for (int seed = 0; seed < 500; seed++) {
            var dice = new Random(seed);
            var points = random(dice);
            var time = window(dice);
            var columns = Columns.of(points, time);
            var known = new boolean[time.columns()];
            for (int i = 0; i < points.size(); i++) {
                int from = time.column(points.isJoined(i) ? points.at(i - 1) : points.at(i));
                for (int column = Math.max(0, from); column <= Math.min(time.columns() - 1,
                        time.column(points.at(i))); column++) {
                    known[column] = true;
                }
            }
            for (int column = 0; column < time.columns(); column++) {
                assertThat(!columns.isFilled(column) || known[column]).as("column %d of seed %d", column, seed).isTrue();
            }
        }
    }

    @Test
    void barsOfJoinedReadingsTouch() {
        for (int seed = 0; seed < 500; seed++) {
            var dice = new Random(seed);
            var points = random(dice);
            var time = window(dice);
            var columns = Columns.of(points, time);
            for (int i = 1; i < points.size(); i++) {
                int from = time.column(points.at(i - 1));
                int to = time.column(points.at(i));
                for (int column = Math.max(0, from) + 1; points.isJoined(i) && from >= 0 && column <= to
                        && column < time.columns(); column++) {
                    assertThat(columns.low(column)).isLessThanOrEqualTo(columns.high(column - 1));
                    assertThat(columns.high(column)).isGreaterThanOrEqualTo(columns.low(column - 1));
                }
            }
        }
    }

    @Test
    @Promise(6)
    void aGapIsExactlyWhereNoSourceHasAReading() {
        for (int seed = 0; seed < 300; seed++) {
            var dice = new Random(seed);
            var sources = List.of(random(dice), random(dice));
            long from = 1_000_000L + dice.nextInt(100_000);
            long to = from + 1 + dice.nextInt(300_000);
            var gaps = Gaps.of(sources, from, to, FRESH);
            for (int probe = 0; probe < 200; probe++) {
                long at = from + dice.nextLong(to - from);
                boolean inGap = gaps.stream().anyMatch(gap -> at > gap.from() && at < gap.to());
                boolean known = sources.stream().anyMatch(points -> isKnown(points, at, to));
                boolean onTheEdge = gaps.stream().anyMatch(gap -> at == gap.from() || at == gap.to());
                assertThat(onTheEdge || inGap != known).as("%d of seed %d", at, seed).isTrue();
            }
        }
    }

    private static boolean isKnown(Points points, long at, long to) {
        for (int i = 0; i < points.size(); i++) {
            boolean onTheWay = points.isJoined(i) && points.at(i - 1) <= at && at <= points.at(i);
            boolean stands = i == points.size() - 1 && !points.isLost() && points.at(i) <= at && points.at(i) + FRESH >= to;
            if (points.at(i) == at || onTheWay || stands) {
                return true;
            }
        }
        return false;
    }

    @Test
    void withNothingReadItIsOneGap() {
        assertThat(Gaps.of(List.of(Points.NONE), 10, 20, FRESH)).containsExactly(new Gaps.Span(10, 20));
    }

    @Test
    void labelsNeverCoverEachOtherAndWhatMattersMostIsThere() {
        for (int seed = 0; seed < 500; seed++) {
            var dice = new Random(seed);
            var wishes = new ArrayList<LabelRows.Wish>();
            for (int i = dice.nextInt(40); i > 0; i--) {
                wishes.add(new LabelRows.Wish(dice.nextInt(900), 10 + dice.nextInt(200), dice.nextInt(5)));
            }
            var places = LabelRows.of(wishes, 900, 3);
            for (var one : places) {
                double width = wishes.get(one.wish()).width();
                assertThat(one.x()).isBetween(0.0, 900 - width);
                for (var other : places) {
                    boolean apart = one.equals(other) || one.row() != other.row() || one.x() + width <= other.x()
                            || other.x() + wishes.get(other.wish()).width() <= one.x();
                    assertThat(apart).as("seed %d", seed).isTrue();
                }
            }
            int most = wishes.stream().mapToInt(LabelRows.Wish::weight).max().orElse(0);
            assertThat(wishes.isEmpty() || places.stream().anyMatch(place -> wishes.get(place.wish()).weight() == most)).isTrue();
        }
    }
}
