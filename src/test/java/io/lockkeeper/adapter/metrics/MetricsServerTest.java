package io.lockkeeper.adapter.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lockkeeper.domain.alerting.MetricsPage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class MetricsServerTest {
    private final AtomicInteger made = new AtomicInteger();
    private final HttpClient http = HttpClient.newHttpClient();
    private MetricsServer server = serve();

    private MetricsServer serve() {
        try {
            return new MetricsServer(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), MetricsPage.CONTENT_TYPE,
                    () -> "page_total " + made.incrementAndGet() + "\n");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @BeforeEach
    void serves() {
        assertThat(server.port()).isPositive();
    }

    @AfterEach
    void close() {
        server.close();
        http.close();
    }

    private HttpResponse<String> ask(String method, String path) throws Exception {
        return http.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .method(method, BodyPublishers.noBody()).build(), BodyHandlers.ofString());
    }

    @Test
    void thePageIsMadeForEachRequestWithTheTypeThatPrometheusExpects() throws Exception {
        var first = ask("GET", "/metrics");
        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(first.body()).isEqualTo("page_total 1\n");
        assertThat(first.headers().firstValue("Content-Type")).contains("text/plain; version=0.0.4; charset=utf-8");
        assertThat(ask("GET", "/metrics?x=1").body()).isEqualTo("page_total 2\n");
        assertThat(ask("HEAD", "/metrics")).satisfies(head -> {
            assertThat(head.statusCode()).isEqualTo(200);
            assertThat(head.body()).isEmpty();
        });
    }

    @Test
    void nothingElseIsThereAndNothingCanBeSent() throws Exception {
        assertThat(ask("GET", "/").statusCode()).isEqualTo(404);
        assertThat(ask("GET", "/metrics/x").statusCode()).isEqualTo(404);
        assertThat(ask("POST", "/metrics").statusCode()).isEqualTo(405);
        assertThat(made).hasValue(0);
    }

    @Test
    void aPortThatIsTakenIsTold() {
        var taken = new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port());
        assertThatThrownBy(() -> new MetricsServer(taken, "text/plain", () -> "")).isInstanceOf(IOException.class);
    }
}
