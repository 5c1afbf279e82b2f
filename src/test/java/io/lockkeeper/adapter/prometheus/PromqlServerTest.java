package io.lockkeeper.adapter.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.lockkeeper.domain.environment.MetricsSpec;
import io.lockkeeper.domain.metrics.Answer;
import io.lockkeeper.domain.metrics.Ask;
import io.lockkeeper.domain.metrics.Sample;
import io.lockkeeper.lab.Lab;
import io.lockkeeper.lab.RealTime;
import io.lockkeeper.port.LinkFault;
import io.lockkeeper.port.Secret;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PromqlServerTest {
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final Ask QUERY = new Ask.Query("q");

    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Pages pages;

    PromqlServerTest() throws IOException {
        pages = new Pages();
    }

    @AfterEach
    void stop() {
        pages.close();
        client.shutdownNow();
    }

    private Answer read(String url, Ask... asks) throws LinkFault, InterruptedException {
        return new PromqlServer(new MetricsSpec.Promql("prom", url, Duration.ofSeconds(15), null), Set.of(asks), client,
                _ -> new Secret(""), new RealTime()).read(LIMIT);
    }

    private Answer answered(String path, int status, String body) throws LinkFault, InterruptedException {
        pages.on(path + "/api/v1/query", status, "application/json", body);
        return read(pages.url(path), QUERY);
    }

    private void fails(String path, int status, String body, String why) {
        assertThatExceptionOfType(LinkFault.class).isThrownBy(() -> answered(path, status, body))
                .satisfies(fault -> assertThat(fault.why()).endsWith(why).doesNotContain("hunter2"));
    }

    @Test
    void valuesAreTextsAndNanIsNone() throws Exception {
        var answer = answered("/a", 200, """
                {"status":"success","warnings":["one store is away"],"data":{"resultType":"vector","result":[
                {"metric":{"server":"ws1"},"value":[1700000000.5,"15"]},{"metric":{},"value":[1700000000.5,"NaN"]},
                {"metric":{"a":"b"},"value":[1700000000.5,"+Inf"]}]}}""");

        assertThat(answer.samples(QUERY)).extracting(Sample::value).containsExactly(15.0, Double.NaN, Double.POSITIVE_INFINITY);
        assertThat(answer.samples(QUERY).getFirst().labels()).isEqualTo(Map.of("server", "ws1"));
        assertThat(answer.warnings()).containsExactly("one store is away");
        assertThat(answered("/b", 200, "{\"status\":\"success\",\"data\":{\"resultType\":\"scalar\",\"result\":[1,\"2.5\"]}}")
                .samples(QUERY)).extracting(Sample::value).containsExactly(2.5);
        assertThat(answered("/c", 200, "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[]}}")
                .samples(QUERY)).isEmpty();
        assertThat(pages.asked.getFirst()).contains("query=q&partial_response=false&timeout=");
    }

    @Test
    void aQueryThatFailsDoesNotFailTheOthers() throws Exception {
        assertThat(answered("/a", 400, "{\"status\":\"error\",\"errorType\":\"bad_data\",\"error\":\"1:2: parse\\nerror\"}")
                .failed())
                .containsEntry(QUERY, "the server refuses the query: 1:2: parse error");
        assertThat(answered("/b", 200, "{\"status\":\"success\",\"data\":{\"resultType\":\"matrix\",\"result\":[]}}").failed())
                .containsEntry(QUERY, "the query gives values over a range; it has to give one value: put a function around it");
        assertThat(answered("/c", 200, "{\"status\":\"success\",\"data\":{\"resultType\":\"string\",\"result\":[1,\"x\"]}}")
                .failed())
                .containsKey(QUERY);
        assertThat(answered("/d", 200,
                "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[{\"metric\":{},\"histogram\":[1,{}]}]}}")
                .failed()).containsEntry(QUERY, "the query gives histograms; it has to give numbers");
    }

    @Test
    void aServerThatDoesNotAnswerIsAFaultOfTheLink() {
        fails("/a", 503, "{\"status\":\"error\",\"error\":\"query queue is full\"}", "is none: HTTP 503, query queue is full");
        fails("/b", 200, "<html>hunter2</html>", "is not JSON: no answer of a PromQL server");
        fails("/c", 502, "<html>hunter2</html>", "is none: HTTP 502");
        fails("/d", 200, "{\"hunter2\":1}", "has no status: no answer of a PromQL server, HTTP 200");
        fails("/e", 200, "{\"status\":\"success\",\"data\":{\"resultType\":\"scalar\",\"result\":[1,\"x\"]}}",
                "has a value that is no number");
        fails("/f", 200, "{\"status\":\"success\",\"data\":{\"resultType\":\"scalar\",\"result\":5}}",
                "has a value that is no pair of time and number");
        assertThatExceptionOfType(LinkFault.class).isThrownBy(() -> read(pages.url("/nowhere"), QUERY))
                .satisfies(fault -> assertThat(fault.isPermanent()).isTrue());
    }

    /// A real Prometheus that scrapes a page of this test.
    @Test
    void aRealPrometheus(@TempDir Path folder) throws Exception {
        var lost = new AtomicLong(10);
        pages.on("/metrics", exchange -> {
            exchange.getResponseHeaders().add("Content-Type", "text/plain; version=0.0.4");
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write("# TYPE lost_total counter\nlost_total %d\nopen{node=\"ws-1\"} 7\n"
                    .formatted(lost.addAndGet(3)).getBytes(StandardCharsets.UTF_8));
        });
        var config = Files.writeString(folder.resolve("prometheus.yml"), """
                global: { scrape_interval: 200ms }
                scrape_configs:
                  - { job_name: shop, static_configs: [ { targets: [ "127.0.0.1:%d" ] } ] }
                """.formatted(pages.port()));
        int port = Lab.freePort();
        var prometheus = new ProcessBuilder("/usr/bin/prometheus", "--config.file=" + config,
                "--storage.tsdb.path=" + folder.resolve("data"), "--web.listen-address=127.0.0.1:" + port)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile()).start();
        try {
            var url = "http://127.0.0.1:" + port;
            var open = new Ask.Query("sum by (node) (open)");
            var rate = new Ask.Query("increase(lost_total[60s])");
            var nan = new Ask.Query("scalar(lost_total) * 0 / 0");
            var none = new Ask.Query("nothing_like_it");
            var wrong = new Ask.Query("sum(");
            var range = new Ask.Query("lost_total[5m]");
            var answer = Awaitility.await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(200)).ignoreExceptions()
                    .until(() -> read(url, open, rate, nan, none, wrong, range),
                            one -> !one.samples(open).isEmpty() && !one.samples(rate).isEmpty());

            assertThat(answer.samples(open)).singleElement().satisfies(one -> {
                assertThat(one.labels()).isEqualTo(Map.of("node", "ws-1"));
                assertThat(one.value()).isEqualTo(7);
            });
            assertThat(answer.samples(rate)).singleElement().satisfies(one -> assertThat(one.value()).isPositive());
            assertThat(answer.samples(nan)).singleElement().satisfies(one -> assertThat(one.isValue()).isFalse());
            assertThat(answer.samples(none)).isEmpty();
            assertThat(answer.failed()).containsOnlyKeys(wrong, range);
            assertThat(answer.failed().get(wrong)).contains("parse error");
        } finally {
            prometheus.destroyForcibly().waitFor();
        }
    }
}
