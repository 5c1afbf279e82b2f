package io.lockkeeper.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockkeeper.domain.metrics.Datum;
import io.lockkeeper.domain.metrics.Shadow;
import io.lockkeeper.domain.metrics.SignalBySource;
import io.lockkeeper.domain.metrics.SignalReadings;
import io.lockkeeper.domain.metrics.SourceReading;
import io.lockkeeper.domain.signal.Ratio;
import io.lockkeeper.domain.signal.Shape;
import io.lockkeeper.domain.signal.SourceKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SignalLinesTest {
    private static final Instant NOW = Instant.parse("2026-11-26T03:00:00Z");
    private static final Duration WINDOW = Duration.ofMinutes(5);

    private static SourceReading from(String source, Datum datum, @Nullable Shadow shadow) {
        return new SourceReading("x", source, SourceKind.METRICS, null, datum, Duration.ofSeconds(15), shadow, "");
    }

    @Test
    void everySourceHasItsLineWithWhatItRestsOn() {
        var open = new SignalBySource("connections.open", Shape.LEVEL, "connections", "", List.of(
                from("balancer edge", new Datum.Level(812, NOW.minusSeconds(1)), null),
                from("nodes' own", new Datum.Level(640, NOW.minusSeconds(20)), null)),
                List.of("balancer edge 812, nodes' own 640: they disagree"));
        var success = new SignalBySource("reconnect.success", Shape.SHARE, "%", "", List.of(
                from("prom", new Datum.Share(new Ratio(291, 300), WINDOW, Duration.ofSeconds(70), NOW),
                        new Shadow(NOW.minusSeconds(3600), Shadow.USUAL)),
                from("nodes", new Datum.None("connection refused"), new Shadow(null, Shadow.USUAL))), List.of());

        assertThat(new SignalLines(new SignalReadings(NOW, 10, List.of(open, success))).words()).containsExactly(
                "signals by source",
                "  connections.open   balancer edge  812 connections; 1s old",
                "                     nodes' own     640 connections; STALE, 20s old",
                "                     DISAGREEMENT: balancer edge 812, nodes' own 640: they disagree",
                "  reconnect.success  prom           97.0 %; 291 of 300: 94.3 to 98.5 %, 70s of 5m; 0s old; in shadow until 2026-11-28T02:00:00Z",
                "                     nodes          NO DATA; connection refused; in shadow until 48h after its first value");
    }

    @Test
    void nothingIsSaidWhereNothingIsKnown() {
        assertThat(new SignalLines(new SignalReadings(NOW, 10, List.of())).words()).isEmpty();
    }
}
