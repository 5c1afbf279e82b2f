package io.lockkeeper.adapter.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockkeeper.domain.doc.Problem;
import io.lockkeeper.domain.environment.EnvironmentReader;
import io.lockkeeper.domain.environment.MetricsSpec;
import io.lockkeeper.domain.metrics.Ask;
import io.lockkeeper.domain.metrics.Form;
import io.lockkeeper.domain.metrics.NodeLabel;
import io.lockkeeper.domain.signal.Shape;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// Section `metrics` of an environment file; its mistakes are in `refused-environments`.
class MetricsYamlTest {
    private static EnvironmentReader.Read read(String metrics) {
        return EnvironmentYaml.read("shop.yaml", """
                lockkeeper: 1
                environment: shop
                tier: staging
                nodes: { ws-1: { values: { host: 10.0.0.1, http: 8081 } }, ws-2: { values: { host: 10.0.0.2, http: 8081 } } }
                service: { url: "http://127.0.0.1:9080", token: { file: token } }
                %s
                """.formatted(metrics));
    }

    @Test
    void sourcesAndSignalsArriveTyped() {
        var read = read("""
                metrics:
                  tolerance: 20%
                  sources:
                    nodes: { scrape: "http://{host}:{http}/actuator/prometheus" }
                    edge:  { scrape: "http://10.0.0.9:8404/metrics", label: server, nodes: { ws-1: ws1, ws-2: ws2 }, every: 2s }
                    prom:  { promql: "http://10.0.0.8:9090/", label: instance, nodes: "{host}:{http}" }
                  signals:
                    connections.open:
                      - { from: nodes, value: ws_sessions_active }
                      - { from: edge, value: 'haproxy_server_current_sessions{proxy="ws_nodes"}' }
                      - { from: prom, value: sum by (instance) (ws_sessions_active) }
                    reconnect.success: { from: prom, good: 'increase(ok[$window])', all: 'increase(tried[$window])', window: 10m }
                    reconnect.time: { from: nodes, sum: ws_reconnect_seconds_sum, count: ws_reconnect_seconds_count }
                    connect.failures: { from: nodes, count: ws_failures_total, window: 1m }
                    custom.queue.depth: { from: prom, value: queue_depth, unit: messages, what: waiting messages }
                """);
        assertThat(read.problems()).isEmpty();
        var metrics = Objects.requireNonNull(read.file().orElseThrow().metrics());

        assertThat(metrics.shadow()).isEqualTo(Duration.ofDays(2));
        assertThat(metrics.tolerance()).isEqualTo(20);
        assertThat(metrics.sources()).extracting(MetricsSpec.Source::name).containsExactly("nodes", "edge", "prom");
        assertThat(metrics.sources()).extracting(MetricsSpec.Source::every).containsExactly(Duration.ofSeconds(5),
                Duration.ofSeconds(2), Duration.ofSeconds(15));
        assertThat(metrics.sources().getFirst()).isInstanceOfSatisfying(MetricsSpec.Scrape.class,
                one -> assertThat(one.perNode()).isTrue());
        assertThat(metrics.sources().getLast()).isInstanceOfSatisfying(MetricsSpec.Promql.class,
                one -> assertThat(one.url()).isEqualTo("http://10.0.0.8:9090"));
        assertThat(metrics.signals()).extracting(one -> one.signal() + " " + one.source()).containsExactly(
                "connections.open nodes", "connections.open edge", "connections.open prom", "reconnect.success prom",
                "reconnect.time nodes", "connect.failures nodes", "custom.queue.depth prom");
        assertThat(metrics.signals().get(1).label()).isEqualTo(new NodeLabel("server", Map.of("ws1", "ws-1", "ws2", "ws-2")));
        assertThat(metrics.signals().get(2).label())
                .isEqualTo(new NodeLabel("instance", Map.of("10.0.0.1:8081", "ws-1", "10.0.0.2:8081", "ws-2")));
        assertThat(metrics.signals().get(3).form()).isEqualTo(new Form.Share(new Ask.Query("increase(ok[600s])"),
                new Ask.Query("increase(tried[600s])"), Duration.ofMinutes(10)));
        assertThat(metrics.signals().getLast()).satisfies(own -> {
            assertThat(own.shape()).isEqualTo(Shape.LEVEL);
            assertThat(own.unit()).isEqualTo("messages");
        });
    }

    @Test
    void aShortShadowIsSaidLoudly() {
        var read = read("""
                metrics:
                  shadow: 1h
                  sources: { prom: { promql: "http://10.0.0.8:9090" } }
                  signals: { connections.open: { from: prom, value: sum(open) } }
                """);

        assertThat(read.file()).isPresent();
        assertThat(read.problems()).extracting(Problem::toString).containsExactly(
                "shop.yaml:7:11: warning: SHADOW CUT SHORT: signals may gate after 1h, before anybody has seen them for 48h"
                        + " (remove \"shadow\" once it is no longer needed)");
    }

    /// The presets of the page for people are read as they stand there.
    @Test
    void thePresetsInTheDocsCanBeUsed() throws Exception {
        var page = Files.readString(Path.of("docs/environments.md"));
        var presets = List.of(page.substring(page.indexOf("## `metrics`")).split("```yaml\n")).stream().skip(1)
                .map(block -> block.substring(0, block.indexOf("```"))).filter(block -> block.startsWith("metrics:")).toList();

        assertThat(presets).hasSizeGreaterThanOrEqualTo(2);
        assertThat(presets).allSatisfy(preset -> assertThat(read(preset).problems()).isEmpty());
    }
}
