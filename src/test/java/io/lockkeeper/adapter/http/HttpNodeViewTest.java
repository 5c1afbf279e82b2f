package io.lockkeeper.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.lockkeeper.domain.environment.Auth;
import io.lockkeeper.domain.environment.Capability;
import io.lockkeeper.domain.environment.Environment.NodeSpec;
import io.lockkeeper.domain.environment.EnvironmentFile.NodeEntry;
import io.lockkeeper.domain.environment.SecretRef;
import io.lockkeeper.domain.environment.Template;
import io.lockkeeper.domain.environment.ViewSpec;
import io.lockkeeper.domain.environment.ViewSpec.Fact;
import io.lockkeeper.domain.environment.ViewSpec.Pick;
import io.lockkeeper.domain.fleet.NodeReading;
import io.lockkeeper.port.LinkFault;
import io.lockkeeper.port.Secret;
import io.lockkeeper.port.Secrets;
import io.lockkeeper.port.Time;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpNodeViewTest {
    private static final Duration LIMIT = Duration.ofSeconds(3);
    private static final String PASSWORD = "hunter2";
    private static final Secrets SECRETS = _ -> new Secret(PASSWORD);
    private static final String INFO = """
            {"app":{"version":"v2","pid":4711,"started":"2026-11-24T10:00:00.5+01:00","environment":"shop","node":"ws-1","x":{},"none":null}}
            """;
    private static final String METRICS = """
            # HELP ws_sessions_active open
            # TYPE ws_sessions_active gauge
            ws_sessions_active{listener="a",note="quo\\"te, } {"} 12
            ws_sessions_active{listener="b"} 3.0 1700000000000
            ws_sessions_active_more 99
            limit NaN
            process_start_time_seconds 1.7637e+09
            up 1
            negative -3
            half 2.5
            broken{a= 1
            """;

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<LinkFault> faults = new ArrayList<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient client = HttpNodeView.client();
    private final HttpServer server;

    HttpNodeViewTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @BeforeEach
    void serve() {
        server.setExecutor(threads);
        answer("/health", 200, "{\"status\":\"UP\"}");
        answer("/starting", 200, "{\"status\":\"STARTING\"}");
        answer("/stopping", 503, "{\"status\":\"OUT_OF_SERVICE\"}");
        answer("/lying", 503, "{\"status\":\"UP\"}");
        answer("/info", 200, INFO);
        answer("/metrics", 200, METRICS);
        answer("/garbage", 200, "<html>hello</html>");
        answer("/gone", 404, "");
        answer("/broken", 500, "{\"app\":{\"version\":\"v2\"}}");
        answer("/huge", 200, "x".repeat(HttpReader.LARGEST + 1));
        answer("/locked", 401, "{\"error\":\"" + PASSWORD + "\"}");
        answer("/elsewhere", 302, "");
        server.createContext("/slow", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write("{\"sta".getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            await();
            exchange.close();
        });
        server.createContext("/cut", exchange -> {
            exchange.sendResponseHeaders(200, 100);
            exchange.getResponseBody().write('{');
            exchange.close();
        });
        server.start();
    }

    private void await() {
        try {
            over.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void answer(String path, int status, String body) {
        server.createContext(path, exchange -> {
            asked.add(path + " " + exchange.getRequestHeaders().getFirst("Authorization"));
            send(exchange, status, body);
        });
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Location", "http://example.invalid/");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @AfterEach
    void end() {
        over.countDown();
        client.shutdownNow();
        server.stop(0);
        threads.shutdownNow();
        assertThat(faults).allSatisfy(fault -> assertThat(fault.toString()).doesNotContain(PASSWORD));
    }

    @Test
    void everyFactIsReadAndEachAddressAskedOnce() throws Exception {
        var reading = read(Map.of(Fact.READY, source("/health", new Pick.Pointer("/status", "UP")),
                Fact.VERSION, source("/info", at("/app/version")), Fact.INSTANCE, source("/info", at("/app/pid")),
                Fact.STARTED_AT, source("/info", at("/app/started")), Fact.ENVIRONMENT, source("/info", at("/app/environment")),
                Fact.NAME, source("/info", at("/app/node")), Fact.CONNECTIONS,
                source("/metrics", metric("ws_sessions_active", Map.of()))));

        assertThat(reading).isEqualTo(
                new NodeReading(true, "v2", "4711", Instant.parse("2026-11-24T09:00:00.500Z"), 15L, "shop", "ws-1"));
        assertThat(asked).containsExactlyInAnyOrder("/health null", "/info null", "/metrics null");
    }

    @ParameterizedTest
    @CsvSource({"/health, true", "/starting, false", "/stopping, false", "/lying, false", "/broken, false", "/info,"})
    void readyIsWhatTheAnswerSaysAndNeverMoreThanItsStatus(String path, @Nullable Boolean ready) throws Exception {
        assertThat(read(Map.of(Fact.READY, source(path, new Pick.Pointer("/status", "UP")))).ready()).isEqualTo(ready);
    }

    @Test
    void readyMayBeTheStatusAloneOrAMetric() throws Exception {
        assertThat(read(Map.of(Fact.READY, source("/garbage", new Pick.Status()))).ready()).isTrue();
        assertThat(read(Map.of(Fact.READY, source("/gone", new Pick.Status()))).ready()).isFalse();
        assertThat(read(Map.of(Fact.READY, source("/metrics", new Pick.Metric("up", Map.of(), "1")))).ready()).isTrue();
        assertThat(read(Map.of(Fact.READY, source("/metrics", new Pick.Metric("up", Map.of(), "2")))).ready()).isFalse();
        assertThat(read(Map.of(Fact.READY, source("/metrics", new Pick.Metric("limit", Map.of(), "1")))).ready()).isNull();
    }

    @Test
    void aFactThatIsNotThereIsNotTold() throws Exception {
        assertThat(read(Map.of(Fact.VERSION, source("/info", at("/app/nothing")))).version()).isNull();
        assertThat(read(Map.of(Fact.VERSION, source("/info", at("/app/none")))).version()).isNull();
        assertThat(connections("unknown_metric", Map.of())).isNull();
        assertThat(connections("limit", Map.of())).as("NaN").isNull();
    }

    @Test
    void labelsChooseSeriesAndTimesMayBeSeconds() throws Exception {
        assertThat(connections("ws_sessions_active", Map.of("listener", "b"))).isEqualTo(3);
        assertThat(connections("ws_sessions_active", Map.of("note", "quo\"te, } {"))).isEqualTo(12);
        assertThat(read(Map.of(Fact.STARTED_AT, source("/metrics", metric("process_start_time_seconds", Map.of())))).startedAt())
                .isEqualTo(Instant.ofEpochSecond(1_763_700_000));
    }

    @Test
    void nonsenseIsAFaultThatSaysWhatWasExpected() {
        fails(Fact.CONNECTIONS, "/metrics", metric("negative", Map.of()),
                "gives \"-3\" as the node's connections; expected a count");
        fails(Fact.CONNECTIONS, "/metrics", metric("half", Map.of()),
                "gives \"2.5\" as the node's connections; expected a count");
        fails(Fact.CONNECTIONS, "/metrics", metric("broken", Map.of()), "is garbled at broken");
        fails(Fact.CONNECTIONS, "/info", at("/app/version"), "expected a number");
        fails(Fact.STARTED_AT, "/info", at("/app/version"), "expected an ISO 8601 time");
        fails(Fact.VERSION, "/info", at("/app/x"), "has an object at /app/x");
        fails(Fact.VERSION, "/garbage", at("/app/version"), "is not JSON");
        fails(Fact.VERSION, "/broken", at("/app/version"), "answered HTTP 500 instead of the node's version");
        fails(Fact.VERSION, "/gone", at("/app/version"), "answered HTTP 404 instead of the node's version");
    }

    @Test
    void whatDoesNotAnswerInFullIsAPassingFault() throws Exception {
        assertThat(fails(Fact.VERSION, "/huge", at("/a"), "larger than 1 MiB").isPermanent()).isFalse();
        assertThat(fails(Fact.VERSION, "/cut", at("/a"), "was cut off before the answer was complete").isPermanent()).isFalse();
        var view = view(Map.of(Fact.READY, source("/slow", new Pick.Status())), null);
        long begun = System.nanoTime();
        assertThat(fault(view, Duration.ofMillis(200)).why()).contains("no full answer within", "ms from", "/slow");
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(30));
    }

    @Test
    void aClosedPortIsAPassingFault() throws Exception {
        int port;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        var spec = new ViewSpec.Http(Map.of(Fact.READY, new ViewSpec.Source(new Template("http://127.0.0.1:" + port + "/"),
                new Pick.Status())), null);
        var fault = fault(new HttpNodeView(spec, nodes(), client, SECRETS, time()), LIMIT);
        assertThat(fault.why()).isEqualTo("connection refused: http://127.0.0.1:" + port + "/");
        assertThat(fault.isPermanent()).isFalse();
    }

    @Test
    void wrongCredentialsAndRedirectsArePermanent() {
        assertThat(fails(Fact.VERSION, "/locked", at("/a"), "wrong credentials for http://127.0.0.1:").isPermanent()).isTrue();
        assertThat(fails(Fact.VERSION, "/elsewhere", at("/a"), "redirects (HTTP 302), which is not followed").isPermanent())
                .isTrue();
    }

    @Test
    void credentialsAreSentAsAsked() throws Exception {
        var sources = Map.of(Fact.READY, source("/health", new Pick.Status()));
        var ref = new SecretRef.Env("X");

        view(sources, new Auth.Basic("lk", ref)).read("ws-1", LIMIT);
        view(sources, new Auth.Bearer(ref)).read("ws-1", LIMIT);

        var basic = Base64.getEncoder().encodeToString(("lk:" + PASSWORD).getBytes(StandardCharsets.UTF_8));
        assertThat(asked).containsExactly("/health Basic " + basic, "/health Bearer " + PASSWORD);
        var spec = new ViewSpec.Http(sources, new Auth.Bearer(ref));
        var odd = new HttpNodeView(spec, nodes(), client, _ -> new Secret(PASSWORD + "\u20ac"), time());
        assertThat(fault(odd, LIMIT).why()).contains("characters that a header cannot carry");
    }

    @Test
    void capabilitiesFollowFromTheFacts() {
        assertThat(
                view(Map.of(Fact.READY, source("/health", new Pick.Status()), Fact.STARTED_AT, source("/info", at("/a"))), null)
                        .capabilities())
                .containsExactlyInAnyOrder(Capability.NODE_READY, Capability.NODE_INSTANCE);
    }

    @Test
    void theEndpointIsShownWithoutQuery() {
        var view = view(Map.of(Fact.READY, source("/health?key=" + PASSWORD, new Pick.Status())), null);
        assertThat(view.endpoint("ws-1")).endsWith("/health");
    }

    private @Nullable Long connections(String name, Map<String, String> labels) throws Exception {
        return read(Map.of(Fact.CONNECTIONS, source("/metrics", metric(name, labels)))).connections();
    }

    private LinkFault fails(Fact fact, String path, Pick pick, String why) {
        var fault = fault(view(Map.of(fact, source(path, pick)), null), LIMIT);
        assertThat(fault.why()).contains(why).contains(path);
        return fault;
    }

    private LinkFault fault(HttpNodeView view, Duration limit) {
        var caught = new ArrayList<LinkFault>();
        assertThatExceptionOfType(LinkFault.class).isThrownBy(() -> view.read("ws-1", limit)).satisfies(caught::add);
        faults.addAll(caught);
        return caught.getFirst();
    }

    private NodeReading read(Map<Fact, ViewSpec.Source> sources) throws Exception {
        return view(sources, null).read("ws-1", LIMIT);
    }

    private HttpNodeView view(Map<Fact, ViewSpec.Source> sources, @Nullable Auth auth) {
        return new HttpNodeView(new ViewSpec.Http(sources, auth), nodes(), client, SECRETS, time());
    }

    private List<NodeEntry> nodes() {
        return List.of(new NodeEntry(new NodeSpec("ws-1", null, null), Map.of("http", "" + server.getAddress().getPort())));
    }

    private static ViewSpec.Source source(String path, Pick pick) {
        return new ViewSpec.Source(new Template("http://127.0.0.1:{http}" + path), pick);
    }

    private static Pick at(String pointer) {
        return new Pick.Pointer(pointer, "true");
    }

    private static Pick metric(String name, Map<String, String> labels) {
        return new Pick.Metric(name, labels, "1");
    }

    private static Time time() {
        return new Time() {
            @Override
            public Instant now() {
                return Instant.now();
            }

            @Override
            public long ticks() {
                return System.nanoTime();
            }
        };
    }
}
