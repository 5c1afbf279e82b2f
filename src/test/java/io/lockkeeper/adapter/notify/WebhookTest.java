package io.lockkeeper.adapter.notify;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.lockkeeper.domain.environment.Auth;
import io.lockkeeper.domain.environment.ChannelSpec;
import io.lockkeeper.domain.environment.ChannelSpec.Route;
import io.lockkeeper.domain.environment.ChannelSpec.Url;
import io.lockkeeper.domain.environment.Occasion;
import io.lockkeeper.domain.environment.SecretRef;
import io.lockkeeper.domain.environment.Tier;
import io.lockkeeper.domain.notify.Notification;
import io.lockkeeper.domain.notify.Receipt;
import io.lockkeeper.lab.RealTime;
import io.lockkeeper.port.LinkFault;
import io.lockkeeper.port.Secret;
import io.lockkeeper.port.Secrets;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A real receiver that answers, refuses, hangs and loses its answers.
@Timeout(60)
class WebhookTest {
    private static final String SECRET = "B0-hunter2";
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final Path FOLDER = Path.of(".");
    private static final Notification NEWS = new Notification("shop/r-1/run-ended@x", Occasion.RUN_ENDED, false, "shop",
            Tier.STAGING,
            "r-1", Instant.parse("2026-11-26T22:40:00Z"), "shop: done", "Fertig: ü.");

    private final List<String> got = new CopyOnWriteArrayList<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;

    WebhookTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @BeforeEach
    void serve() {
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        var headers = exchange.getRequestHeaders();
        got.add(exchange.getRequestMethod() + " " + headers.getFirst("Content-Type") + " "
                + headers.getFirst("Lockkeeper-Notification")
                + " " + headers.getFirst("Authorization") + " " + headers.getFirst("X-Key") + " "
                + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        var last = exchange.getRequestURI().getPath().replaceAll(".*/", "");
        switch (last) {
            case "hang" -> await();
            case "cut" -> {
                exchange.sendResponseHeaders(200, 100);
                exchange.getResponseBody().write('o');
            }
            case "lost" -> {
                // taken, and closed without a word
            }
            default -> {
                var bytes = ("no_service " + SECRET).getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().add("Location", "/200");
                if (exchange.getRequestURI().getQuery() != null) {
                    exchange.getResponseHeaders().add("Retry-After", exchange.getRequestURI().getQuery());
                }
                exchange.sendResponseHeaders(Integer.parseInt(last), bytes.length);
                exchange.getResponseBody().write(bytes);
            }
        }
        exchange.close();
    }

    private void await() {
        try {
            over.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @AfterEach
    void end() {
        over.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private String shown() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private static Webhook webhook(Secrets secrets, @Nullable Auth auth) {
        return new Webhook(new ChannelSpec.Webhook(new Route("team", Set.of(Occasion.RUN_ENDED), Duration.ZERO, null),
                new Url.InSecret(new SecretRef.Env("TEAM")), ChannelSpec.Shape.GENERIC, null, new TreeMap<>(),
                new TreeMap<>(Map.of("X-Key", new SecretRef.Env("KEY"))), auth, null), FOLDER, secrets, new RealTime());
    }

    private Receipt send(String path) throws InterruptedException {
        return send(path, LIMIT);
    }

    private Receipt send(String path, Duration limit) throws InterruptedException {
        return webhook(ref -> new Secret(ref.words().endsWith("TEAM") ? shown() + "/services/" + SECRET + "/" + path : "key"),
                new Auth.Bearer(new SecretRef.Env("TOKEN"))).send(NEWS, limit);
    }

    @Test
    void whatIsAcceptedArrivedAsJsonWithItsId() throws Exception {
        assertThat(send("200")).isEqualTo(new Receipt.Accepted("HTTP 200 from " + shown()));
        assertThat(got).singleElement().asString()
                .startsWith(
                        "POST application/json; charset=utf-8 shop/r-1/run-ended@x Bearer key key {\"id\":\"shop/r-1/run-ended@x\"")
                .contains("Fertig: ü.\\nrun r-1 in shop, 2026-11-26 22:40:00 UTC");
    }

    @ParameterizedTest
    @CsvSource({"202, accepted", "301, REFUSED", "400, REFUSED", "401, REFUSED", "403, REFUSED", "404, REFUSED", "410, REFUSED",
            "408, UNKNOWN",
            "429, not accepted", "500, not accepted", "502, UNKNOWN", "503, not accepted", "504, UNKNOWN"})
    void eachStatusHasItsMeaningAndNothingOfTheAnswerOrTheAddressIsShown(String status, String word) throws Exception {
        assertThat(send(status).words()).startsWith(word + ": HTTP " + status + " from " + shown()).doesNotContain(SECRET)
                .doesNotContain("no_service");
        assertThat(got).hasSize(1); // nothing is followed, nothing sent again
    }

    @Test
    void aReceiverSaysWhenItWantsMore() throws Exception {
        assertThat(send("429?7")).isEqualTo(new Receipt.Later("HTTP 429 from " + shown(), Duration.ofSeconds(7)));
        assertThat(send("503?soon")).isEqualTo(new Receipt.Later("HTTP 503 from " + shown(), null));
    }

    @ParameterizedTest
    @CsvSource({"cut", "lost", "hang"})
    void anAnswerThatIsLostIsUnknown(String path) throws Exception {
        assertThat(send(path, path.equals("hang") ? Duration.ofMillis(400) : LIMIT)).isInstanceOf(Receipt.Unknown.class)
                .extracting(Receipt::words).asString().contains(shown()).doesNotContain(SECRET);
        assertThat(got).hasSize(1);
    }

    @Test
    void whereNobodyListensNothingWasSent() throws Exception {
        int port;
        try (var socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        var receipt = webhook(_ -> new Secret("http://127.0.0.1:" + port + "/" + SECRET), null).send(NEWS, LIMIT);
        assertThat(receipt).isEqualTo(new Receipt.Later("no connection to http://127.0.0.1:" + port, null));
    }

    @Test
    void aCertificateThatNobodyTrustsStopsIt() throws Exception {
        try (var plain = new ServerSocket(0)) {
            Thread.ofVirtual().start(() -> {
                try (var caller = plain.accept()) {
                    caller.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.UTF_8));
                } catch (IOException _) {
                    // it hung up
                }
            });
            var receipt = webhook(_ -> new Secret("https://127.0.0.1:" + plain.getLocalPort() + "/" + SECRET), null).send(NEWS,
                    LIMIT);
            assertThat(receipt.words()).doesNotContain("accepted: ").doesNotContain(SECRET);
        }
    }

    @ParameterizedTest
    @CsvSource({"hooks.slack.com/x", "file:///etc/passwd", "'https://h/ b0'", "https://kim:pw@h/x", "https:///x"})
    void aSecretThatIsNoAddressIsNotRepeated(String text) throws Exception {
        assertThat(webhook(_ -> new Secret(text), null).send(NEWS, LIMIT)).isEqualTo(
                new Receipt.Refused("what is in environment variable TEAM is no address; it begins with https://"));
    }

    @Test
    void aSecretThatIsMissingStopsIt() throws Exception {
        var receipt = webhook(_ -> {
            throw LinkFault.permanent("environment variable TEAM is not set");
        }, null).send(NEWS, LIMIT);
        assertThat(receipt).isEqualTo(new Receipt.Refused("environment variable TEAM is not set"));
    }
}
