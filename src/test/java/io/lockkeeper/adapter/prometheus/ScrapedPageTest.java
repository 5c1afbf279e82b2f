package io.lockkeeper.adapter.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.lockkeeper.domain.environment.Auth;
import io.lockkeeper.domain.environment.MetricsSpec;
import io.lockkeeper.domain.environment.SecretRef;
import io.lockkeeper.domain.environment.Template;
import io.lockkeeper.domain.metrics.Answer;
import io.lockkeeper.domain.metrics.Ask;
import io.lockkeeper.domain.metrics.Sample;
import io.lockkeeper.lab.Lab;
import io.lockkeeper.lab.RealTime;
import io.lockkeeper.port.LinkFault;
import io.lockkeeper.port.Secret;
import io.lockkeeper.port.Secrets;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.zip.GZIPOutputStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Pages over real sockets: made by the test, by the Prometheus client for Java, and by HAProxy's own exporter.
class ScrapedPageTest {
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final Secrets SECRETS = _ -> new Secret("hunter2");
    private static final Ask OPEN = Pages.series("open");

    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Pages pages;

    ScrapedPageTest() throws IOException {
        pages = new Pages();
    }

    @AfterEach
    void stop() {
        pages.close();
        client.shutdownNow();
    }

    private Answer read(String url, Ask... asks) throws LinkFault, InterruptedException {
        return read(url, LIMIT, asks);
    }

    private Answer read(String url, Duration limit, Ask... asks) throws LinkFault, InterruptedException {
        var spec = new MetricsSpec.Scrape("page", new Template(url), Duration.ofSeconds(5),
                new Auth.Basic("lk", new SecretRef.Env("X")));
        return new ScrapedPage(spec, null, URI.create(url), Set.of(asks), client, SECRETS, new RealTime()).read(limit);
    }

    private LinkFault fault(String path, Duration limit) {
        var faults = new ArrayList<LinkFault>();
        assertThatExceptionOfType(LinkFault.class).isThrownBy(() -> read(pages.url(path), limit, OPEN)).satisfies(faults::add);
        return faults.getFirst();
    }

    @Test
    void theFormatIsNegotiated() throws Exception {
        pages.on("/text", 200, "text/plain; version=0.0.4", "open 3\n");
        pages.on("/open", 200, "application/openmetrics-text; version=1.0.0; charset=utf-8", "open 4\n# EOF\n");

        assertThat(read(pages.url("/text"), OPEN).samples(OPEN)).containsExactly(new Sample(Map.of(), 3, null));
        assertThat(read(pages.url("/open"), OPEN).samples(OPEN)).containsExactly(new Sample(Map.of(), 4, null));
        assertThat(pages.asked.getFirst()).startsWith("application/openmetrics-text;version=1.0.0");
    }

    @Test
    void packedPagesAreUnpackedAndStillLimited() throws Exception {
        pages.on("/packed", exchange -> {
            exchange.getResponseHeaders().add("Content-Encoding", "gzip");
            exchange.sendResponseHeaders(200, 0);
            try (var packed = new GZIPOutputStream(exchange.getResponseBody())) {
                packed.write("open 5\n".getBytes(StandardCharsets.UTF_8));
            }
        });
        pages.on("/bomb", exchange -> {
            exchange.getResponseHeaders().add("Content-Encoding", "gzip");
            exchange.sendResponseHeaders(200, 0);
            try (var packed = new GZIPOutputStream(exchange.getResponseBody())) {
                var lines = "another_metric_altogether 1\n".repeat(40_000).getBytes(StandardCharsets.UTF_8);
                for (int i = 0; i < 70; i++) {
                    packed.write(lines);
                }
            }
        });
        pages.on("/liar", exchange -> {
            exchange.getResponseHeaders().add("Content-Encoding", "gzip");
            exchange.sendResponseHeaders(200, 7);
            exchange.getResponseBody().write("open 5\n".getBytes(StandardCharsets.UTF_8));
        });

        assertThat(read(pages.url("/packed"), OPEN).samples(OPEN)).hasSize(1);
        assertThat(fault("/bomb", Duration.ofSeconds(20)).why())
                .isEqualTo("the page of " + pages.url("/bomb") + " is larger than 64 MiB");
        assertThat(fault("/liar", LIMIT).why()).endsWith("says that it is gzip, and is not");
    }

    @Test
    void whatIsNoPageSaysWhy() {
        pages.on("/cut", 200, "application/openmetrics-text; version=1.0.0", "open 4\n");
        pages.on("/login", 200, "text/html", "<html>log in</html>\n");
        pages.on("/broken", 500, "text/plain", "open 4\n");
        pages.on("/locked", 401, "text/plain", "hunter2");
        pages.on("/moved", 302, "text/plain", "");
        pages.on("/half", exchange -> {
            exchange.sendResponseHeaders(200, 1000);
            exchange.getResponseBody().write("open 4\n".getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
        });

        assertThat(fault("/cut", LIMIT).why()).endsWith("is cut: it does not end with # EOF");
        assertThat(fault("/login", LIMIT).why()).endsWith("is no metrics page: line 1 is neither a comment nor a sample");
        assertThat(fault("/broken", LIMIT).why()).endsWith("/broken is none: HTTP 500");
        assertThat(fault("/locked", LIMIT)).satisfies(fault -> {
            assertThat(fault.isPermanent()).isTrue();
            assertThat(fault.why()).doesNotContain("hunter2");
        });
        assertThat(fault("/moved", LIMIT).isPermanent()).isTrue();
        assertThat(fault("/nowhere", LIMIT).isPermanent()).isTrue();
        assertThat(fault("/half", LIMIT).why()).contains("cut off before the answer was complete");
    }

    @Test
    void aPageThatStopsHalfwayIsLate() {
        var over = new CountDownLatch(1);
        pages.on("/slow", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write("open 4\n".getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            try {
                over.await();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        });

        assertThat(fault("/slow", Duration.ofMillis(300)).why())
                .isEqualTo("no full answer within 300ms from " + pages.url("/slow"));
        over.countDown();
    }

    @Test
    void pagesOfThePrometheusClientForJava() throws Exception {
        var registry = new PrometheusRegistry();
        var returns = Counter.builder().name("ws_reconnects").labelNames("outcome").register(registry);
        returns.labelValues("ok").inc(8);
        returns.labelValues("say \"no\"\n").inc(2);
        var times = Histogram.builder().name("ws_reconnect_seconds").register(registry);
        times.observe(0.5);
        times.observe(1.5);
        var page = new ByteArrayOutputStream();
        OpenMetricsTextFormatWriter.create().write(page, registry.scrape());
        pages.on("/client", 200, OpenMetricsTextFormatWriter.CONTENT_TYPE, page.toString(StandardCharsets.UTF_8));
        var asks = Pages.all("ws_reconnects_total{outcome=\"ok\"}", "ws_reconnects_total", "ws_reconnect_seconds_sum",
                "ws_reconnect_seconds_count");
        var answer = read(pages.url("/client"), asks.toArray(Ask[]::new));

        assertThat(asks.stream().map(ask -> answer.samples(ask).stream().mapToDouble(Sample::value).sum()))
                .containsExactly(8.0, 10.0, 2.0, 2.0);
    }

    @Test
    void theExporterBuiltIntoHaproxy(@TempDir Path folder) throws Exception {
        int port = Lab.freePort();
        var file = Files.writeString(folder.resolve("haproxy.cfg"), """
                defaults
                  mode http
                  timeout connect 1s
                  timeout client 5s
                  timeout server 5s
                frontend metrics
                  bind 127.0.0.1:%d
                  http-request use-service prometheus-exporter if { path /metrics }
                backend ws_nodes
                  server ws1 127.0.0.1:%d
                  server ws2 127.0.0.1:%d
                """.formatted(port, pages.port(), pages.port()));
        var haproxy = new ProcessBuilder("/usr/sbin/haproxy", "-db", "-f", file.toString()).redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile()).start();
        try {
            var sessions = Pages.series("haproxy_server_current_sessions{proxy=\"ws_nodes\"}");
            var up = Pages.series("haproxy_server_status{proxy=\"ws_nodes\",state=\"UP\"}");
            var answer = Awaitility.await().atMost(Duration.ofSeconds(10)).pollInterval(Duration.ofMillis(100))
                    .ignoreExceptions().until(() -> read("http://127.0.0.1:" + port + "/metrics", sessions, up), _ -> true);

            assertThat(answer.samples(sessions)).extracting(one -> one.labels().get("server")).containsExactlyInAnyOrder("ws1",
                    "ws2");
            assertThat(answer.samples(sessions)).allSatisfy(one -> assertThat(one.value()).isZero());
            assertThat(answer.samples(up)).hasSize(2);
        } finally {
            haproxy.destroyForcibly().waitFor();
        }
    }
}
