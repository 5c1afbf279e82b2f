package io.lockkeeper.app.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockkeeper.domain.environment.MetricsSpec;
import io.lockkeeper.domain.environment.Template;
import io.lockkeeper.domain.metrics.Answer;
import io.lockkeeper.domain.metrics.Ask;
import io.lockkeeper.domain.metrics.Datum;
import io.lockkeeper.domain.metrics.Form;
import io.lockkeeper.domain.metrics.MetricSignal;
import io.lockkeeper.domain.metrics.Sample;
import io.lockkeeper.domain.metrics.Selector;
import io.lockkeeper.domain.metrics.SourceReading;
import io.lockkeeper.domain.signal.Shape;
import io.lockkeeper.port.FirstValues;
import io.lockkeeper.port.MetricsPage;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MetricsBoardTest {
    private static final Instant NOW = Instant.parse("2026-11-26T03:00:00Z");
    private static final Duration SHADOW = Duration.ofDays(2);
    private static final Ask OPEN = new Ask.Series(new Selector("open", List.of()));
    private static final MetricSignal SIGNAL = new MetricSignal("connections.open", Shape.LEVEL, "connections", "", "nodes",
            new Form.Level(OPEN), null);

    /// What would be on disk.
    private static final class Kept implements FirstValues {
        private final Map<String, Instant> firsts = new HashMap<>();
        private boolean broken;

        @Override
        public Map<String, Instant> read() throws IOException {
            fail();
            return Map.copyOf(firsts);
        }

        @Override
        public void write(Map<String, Instant> all) throws IOException {
            fail();
            firsts.putAll(all);
        }

        private void fail() throws IOException {
            if (broken) {
                throw new IOException("no space");
            }
        }
    }

    private record Page(String source, String node) implements MetricsPage {
        @Override
        public String endpoint() {
            return "";
        }

        @Override
        public Duration every() {
            return Duration.ofSeconds(5);
        }

        @Override
        public Answer read(Duration limit) {
            return answer(0);
        }
    }

    private final Kept kept = new Kept();
    private final List<String> troubles = new ArrayList<>();
    private final Page first = new Page("nodes", "ws-1");
    private final Page second = new Page("nodes", "ws-2");

    private MetricsBoard board() {
        var spec = new MetricsSpec(SHADOW, 10,
                List.of(new MetricsSpec.Scrape("nodes", new Template("http://{node}"), Duration.ofSeconds(5), null)),
                List.of(SIGNAL));
        return new MetricsBoard(new MetricsParts(spec, List.of(first, second), kept), List.of("ws-1", "ws-2"), troubles::add);
    }

    private static Answer answer(double value) {
        return new Answer(Map.of(OPEN, List.of(new Sample(Map.of(), value, null))), Map.of(), Map.of(), List.of());
    }

    @Test
    void everyNodeHasItsPageAndTheWholeTheirSum() {
        var board = board();
        board.answered(first, answer(3), NOW);
        board.lost(second, "connection refused");

        assertThat(board.reading(NOW).readings()).extracting(SourceReading::datum).containsExactly(
                new Datum.None("3 of 1 of 2 nodes; ws-2: connection refused"), new Datum.Level(3, NOW),
                new Datum.None("connection refused"));
        board.answered(second, answer(4), NOW.plusSeconds(1));
        assertThat(board.reading(NOW).readings().getFirst().datum()).isEqualTo(new Datum.Level(7, NOW));
    }

    @Test
    void theShadowBeginsWithTheFirstValueAndOutlivesTheConsole() {
        var board = board();
        assertThat(board.reading(NOW).readings().getFirst().shadow()).isNotNull()
                .satisfies(shadow -> assertThat(shadow.since()).isNull());
        board.answered(first, answer(3), NOW);
        board.reading(NOW);
        var next = board();
        next.answered(first, answer(3), NOW.plus(Duration.ofHours(50)));
        var reading = next.reading(NOW.plus(Duration.ofHours(50))).readings().get(1);

        assertThat(reading.inShadow(NOW.plus(Duration.ofHours(47)))).isTrue();
        assertThat(reading.inShadow(NOW.plus(Duration.ofHours(49)))).isFalse();
        assertThat(kept.firsts).containsOnlyKeys(SIGNAL.identity()).containsValue(NOW);
        assertThat(troubles).isEmpty();
    }

    @Test
    void whereThatCannotBeKeptItIsSaidAndTheShadowStays() {
        kept.broken = true;
        var board = board();
        board.answered(first, answer(3), NOW);

        assertThat(board.reading(NOW).readings().get(1).inShadow(NOW.plusSeconds(60))).isTrue();
        assertThat(troubles).hasSize(2).allSatisfy(words -> assertThat(words).contains("begins anew").contains("no space"));
    }
}
