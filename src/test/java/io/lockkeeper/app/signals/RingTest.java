package io.lockkeeper.app.signals;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockkeeper.Promise;
import org.junit.jupiter.api.Test;

class RingTest {
    private static final long START = 1_700_000_000_000L;
    private final Ring ring = new Ring();

    private void add(double second, double value) {
        ring.add(START + Math.round(second * 1000), value);
    }

    private void adds(int from, int to) {
        for (int second = from; second < to; second++) {
            add(second, second);
        }
    }

    @Test
    void anHourIsKeptAndNothingBeyond() {
        adds(0, 10_000);
        var points = ring.points();
        assertThat(points.size()).isEqualTo(Ring.CAPACITY);
        assertThat(points.value(0)).isEqualTo(10_000 - Ring.CAPACITY);
        assertThat(points.value(points.size() - 1)).isEqualTo(9_999);
        for (int i = 1; i < points.size(); i++) {
            assertThat(points.at(i)).isEqualTo(points.at(i - 1) + 1000);
            assertThat(points.isJoined(i)).isTrue();
        }
    }

    @Test
    void whatIsOlderThanAnHourGoesThoughThereIsRoom() {
        add(0, 1);
        add(1, 2);
        add(3601, 3);
        assertThat(ring.points().size()).isEqualTo(2);
        assertThat(ring.points().value(0)).isEqualTo(2);
    }

    @Test
    void ofASecondTheNewestReadingStays() {
        add(1.1, 10);
        add(1.6, 12);
        add(2.2, 13);
        assertThat(ring.points().size()).isEqualTo(2);
        assertThat(ring.points().value(0)).isEqualTo(12);
    }

    @Test
    void theSameReadingSeenAgainChangesNothing() {
        add(1, 10);
        var before = ring.points();
        add(1, 10);
        assertThat(ring.points()).isSameAs(before);
    }

    @Test
    @Promise(6)
    void aFailedReadingBreaksTheSeries() {
        adds(0, 3);
        ring.lost();
        assertThat(ring.points().isLost()).isTrue();
        add(3, 7);
        assertThat(ring.points().isLost()).isFalse();
        assertThat(ring.points().isJoined(3)).isFalse();
        add(4, 7);
        assertThat(ring.points().isJoined(4)).isTrue();
    }

    @Test
    @Promise(6)
    void aReadingLostAndHadAgainWithinASecondBreaksItToo() {
        add(1.0, 1);
        add(2.0, 2);
        ring.lost();
        add(2.9, 3);
        assertThat(ring.points().size()).isEqualTo(2);
        assertThat(ring.points().isJoined(1)).isFalse();
    }

    @Test
    @Promise(6)
    void readingsThatAreTooFarApartAreNotJoined() {
        add(0, 1);
        add(5, 2);
        add(10.1, 3);
        assertThat(ring.points().isJoined(1)).isTrue();
        assertThat(ring.points().isJoined(2)).isFalse();
    }

    @Test
    void aClockThatIsPutBackLeavesNothingAheadOfIt() {
        adds(0, 60);
        add(30.5, 5);
        var points = ring.points();
        assertThat(points.size()).isEqualTo(31);
        assertThat(points.value(30)).isEqualTo(5);
        assertThat(points.isJoined(30)).isFalse();
    }
}
