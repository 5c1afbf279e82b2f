package io.lockkeeper.domain.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockkeeper.domain.fleet.AdminState;
import io.lockkeeper.domain.fleet.BalancerReading;
import io.lockkeeper.domain.fleet.Fleet;
import io.lockkeeper.domain.fleet.NodeReading;
import io.lockkeeper.domain.fleet.ObservedState;
import io.lockkeeper.domain.fleet.ServerReading;
import io.lockkeeper.domain.fleet.Sight;
import io.lockkeeper.domain.signal.Ratio;
import io.lockkeeper.domain.signal.Shape;
import io.lockkeeper.domain.signal.SourceKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SignalReadingsTest {
    private static final Instant NOW = Instant.parse("2026-11-26T03:00:00Z");
    private static final Duration WINDOW = Duration.ofMinutes(5);

    /// Two nodes behind one balancer.
    private static Fleet fleet(long balanced1, long balanced2, @Nullable Long own1, @Nullable Long own2) {
        var servers = new TreeMap<String, ServerReading>();
        servers.put("ws-1", new ServerReading(AdminState.ENABLED, ObservedState.UP, 1, 1, balanced1, "UP"));
        servers.put("ws-2", new ServerReading(AdminState.ENABLED, ObservedState.UP, 1, 1, balanced2, "UP"));
        return new Fleet(List.of("ws-1", "ws-2"),
                new TreeMap<>(Map.of("edge", new Sight.Seen<>(new BalancerReading("1", servers, Map.of(), true), NOW))),
                new TreeMap<>(Map.of("ws-1", view(own1), "ws-2", view(own2))), new TreeMap<>(), Sight.never(NOW));
    }

    private static Sight<NodeReading> view(@Nullable Long connections) {
        return new Sight.Seen<>(new NodeReading(true, "v1", "1", null, connections, null, null), NOW.minusSeconds(1));
    }

    private static MetricsReading metrics(SourceReading... readings) {
        return new MetricsReading(10, List.of(new MetricsReading.Kind("custom.queue", Shape.LEVEL, "messages", "waiting")),
                List.of(readings));
    }

    private static SourceReading from(String signal, String source, Datum datum) {
        return new SourceReading(signal, source, SourceKind.METRICS, null, datum, Duration.ofSeconds(15),
                new Shadow(NOW.minus(Duration.ofHours(1)), Shadow.USUAL), "");
    }

    private static SignalBySource open(SignalReadings readings) {
        return readings.signals().stream().filter(one -> one.name().equals("connections.open")).findFirst().orElseThrow();
    }

    @Test
    void sourcesThatDisagreeAreAllShownAndThatIsSaid() {
        var readings = SignalReadings.of(fleet(400, 412, 400L, 240L), null,
                metrics(from("connections.open", "prom", new Datum.Level(811, NOW))), NOW);

        assertThat(open(readings).whole()).extracting(one -> one.source() + " " + DatumWords.value(one.datum()))
                .containsExactly("balancer edge 812", "nodes' own 640", "prom 811");
        assertThat(readings.disagreements()).containsExactly(
                "connections.open: balancer edge 812, nodes' own 640, prom 811: they disagree",
                "connections.open: on ws-2 balancer edge 412, nodes' own 240: they disagree");
    }

    @Test
    void withinTheToleranceTheyAgree() {
        assertThat(SignalReadings.of(fleet(400, 400, 370L, 380L), null, null, NOW).disagreements()).isEmpty();
        assertThat(SignalReadings.of(fleet(2, 0, 0L, 0L), null, null, NOW).disagreements()).as("by two").isEmpty();
        assertThat(SignalReadings.of(fleet(3, 0, 0L, 0L), null, null, NOW).disagreements()).isNotEmpty();
    }

    @Test
    void aPartThatIsMissingIsNoZero() {
        var readings = SignalReadings.of(fleet(5, 5, 5L, null), null, null, NOW);

        assertThat(readings.of("connections.open", null)).filteredOn(one -> one.kind() == SourceKind.NODES).singleElement()
                .extracting(SourceReading::datum)
                .isEqualTo(new Datum.None("5 of 1 of 2 nodes; ws-2: it does not say"));
        assertThat(readings.disagreements()).isEmpty();
        assertThat(readings.of("connections.open", "ws-1")).hasSize(2);
        assertThat(SignalReadings.of(fleet(5, 5, null, null), null, null, NOW).whole()).as("a view that is never asked")
                .noneMatch(one -> one.kind() == SourceKind.NODES);
    }

    @Test
    void whatIsOldIsStaleAndHeldAgainstNothing() {
        var readings = SignalReadings.of(fleet(5, 5, 5L, 5L), null,
                metrics(from("connections.open", "prom", new Datum.Level(500, NOW.minusSeconds(16)))), NOW);

        assertThat(readings.of("connections.open", null)).extracting(one -> one.state(NOW)).containsExactly(
                SourceReading.State.HERE, SourceReading.State.HERE, SourceReading.State.STALE);
        assertThat(readings.disagreements()).isEmpty();
    }

    @Test
    void noEventsAreNoDataNeverAHundredPercent() {
        var none = from("reconnect.success", "prom", new Datum.Share(new Ratio(0, 0), WINDOW, WINDOW, NOW));

        assertThat(none.state(NOW)).isEqualTo(SourceReading.State.NO_DATA);
        assertThat(DatumWords.value(none.datum())).isEqualTo("NO DATA");
        assertThat(DatumWords.basis(none.datum())).isEqualTo("no events, 5m");
        assertThat(from("x", "y", new Datum.Mean(0, 0, WINDOW, WINDOW, NOW)).state(NOW)).isEqualTo(SourceReading.State.NO_DATA);
        assertThat(from("x", "y", new Datum.Count(0, WINDOW, WINDOW, NOW)).state(NOW)).as("a counted zero is data")
                .isEqualTo(SourceReading.State.HERE);
    }

    @Test
    void sharesDisagreeWhenTheirIntervalsDoNotMeet() {
        var good = from("reconnect.success", "a", new Datum.Share(new Ratio(990, 1000), WINDOW, WINDOW, NOW));
        var less = from("reconnect.success", "b", new Datum.Share(new Ratio(900, 1000), WINDOW, WINDOW, NOW));
        var few = from("reconnect.success", "b", new Datum.Share(new Ratio(9, 10), WINDOW, WINDOW, NOW));
        var other = from("reconnect.success", "b",
                new Datum.Share(new Ratio(900, 1000), Duration.ofMinutes(1), Duration.ofMinutes(1), NOW));
        var calm = fleet(0, 0, 0L, 0L);

        assertThat(SignalReadings.of(calm, null, metrics(good, less), NOW).disagreements())
                .containsExactly("reconnect.success: a 99.0 %, b 90.0 %: they disagree");
        assertThat(SignalReadings.of(calm, null, metrics(good, few), NOW).disagreements()).isEmpty();
        assertThat(SignalReadings.of(calm, null, metrics(good, other), NOW).disagreements()).as("another window").isEmpty();
    }

    @Test
    void inShadowASignalIsShownAndGatesNothing() {
        var reading = from("custom.queue", "prom", new Datum.Level(7, NOW));
        var readings = SignalReadings.of(fleet(0, 0, 0L, 0L), null, metrics(reading), NOW);
        var later = NOW.plus(Duration.ofHours(47));

        assertThat(readings.of("custom.queue", null)).containsExactly(reading);
        assertThat(reading.inShadow(NOW)).isTrue();
        assertThat(reading.inShadow(later.minusSeconds(1))).isTrue();
        assertThat(reading.inShadow(later)).isFalse();
        assertThat(new Shadow(NOW.plusSeconds(3600), Shadow.USUAL).holds(NOW)).as("a first value of the future").isTrue();
        assertThat(new Shadow(null, Duration.ZERO).holds(NOW)).isFalse();
        assertThat(new Shadow(null, Shadow.USUAL).holds(NOW)).isTrue();
        assertThat(readings.signals().getLast().unit()).isEqualTo("messages");
    }
}
