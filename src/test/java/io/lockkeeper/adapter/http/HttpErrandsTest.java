package io.lockkeeper.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.lockkeeper.Promise;
import io.lockkeeper.domain.environment.Auth;
import io.lockkeeper.domain.environment.ErrandKind;
import io.lockkeeper.domain.environment.ErrandSpec;
import io.lockkeeper.domain.environment.PinnedErrands;
import io.lockkeeper.domain.environment.SecretRef;
import io.lockkeeper.domain.environment.Template;
import io.lockkeeper.domain.run.Order;
import io.lockkeeper.domain.runbook.Readback;
import io.lockkeeper.lab.RealTime;
import io.lockkeeper.port.Call;
import io.lockkeeper.port.LinkFault;
import io.lockkeeper.port.Reply;
import io.lockkeeper.port.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A real server that answers, refuses, hangs and loses its replies.
@Timeout(60)
class HttpErrandsTest {
    private static final String PASSWORD = "hunter2";
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final RealTime time = new RealTime();
    private final List<String> got = new CopyOnWriteArrayList<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient client = HttpNodeView.client();
    private final HttpServer server;

    HttpErrandsTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @BeforeEach
    void serve() {
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            got.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            var path = exchange.getRequestURI().getPath();
            switch (path) {
                case "/hang" -> await();
                case "/cut" -> {
                    exchange.sendResponseHeaders(200, 100);
                    exchange.getResponseBody().write('{');
                }
                case "/lost" -> {
                    // carried out, and closed without a word
                }
                case "/flag" -> send(exchange, 200, "{\"enabled\":false,\"by\":{\"x\":1},\"echo\":\"" + PASSWORD + "\"}");
                default -> send(exchange, Integer.parseInt(path.substring(1)), "{\"error\":\"" + PASSWORD + "\"}");
            }
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

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Location", "/200");
        exchange.sendResponseHeaders(status, status == 204 || status == 304 ? -1 : bytes.length);
        if (status != 204 && status != 304) {
            exchange.getResponseBody().write(bytes);
        }
    }

    @AfterEach
    void end() {
        over.countDown();
        client.shutdownNow();
        server.stop(0);
        threads.shutdownNow();
    }

    private static ErrandSpec.Call call(String name, ErrandSpec.Method method, String url) {
        return new ErrandSpec.Call(name, method, new Template(url), new TreeMap<>(Map.of("X-For", new Template("{node}"))),
                new TreeMap<>(Map.of("X-Key", new SecretRef.Env("KEY"))), new Auth.Bearer(new SecretRef.Env("T")),
                method.onlyAsks() ? null : new Template("{\"to\":\"{version}\",\"node\":\"{node}\"}"), Duration.ofSeconds(5));
    }

    private HttpErrands errands(String base, String path) {
        var specs = List.<ErrandSpec>of(call("do", ErrandSpec.Method.POST, base + path),
                call("look", ErrandSpec.Method.GET, base + path + "?now=1"));
        return new HttpErrands(new PinnedErrands("shop", specs, Map.of("ws-1", Map.of("node", "ws-1"))), client,
                _ -> new Secret(PASSWORD), time);
    }

    private String base() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private static Order.Errand order(Readback confirm) {
        return new Order.Errand(ErrandKind.HTTP, "do", "ws-1", "v2", confirm);
    }

    private Reply send(String base, String path, Duration limit) throws InterruptedException {
        var reply = errands(base, path).send(order(new Readback.Answers("look", 200)),
                new Call("r/op", "kim", "why", time.now().plus(limit)));
        assertThat(reply.toString()).doesNotContain(PASSWORD);
        return reply;
    }

    @ParameterizedTest
    @CsvSource({"200, Accepted", "204, Accepted", "302, NoAnswer", "400, Refused", "401, Refused", "404, Refused",
            "408, NoAnswer",
            "409, Refused", "500, NoAnswer", "503, NoAnswer"})
    @Promise(1)
    void anAnswerIsNoMoreThanItsStatus(int status, String kind) throws Exception {
        assertThat(send(base(), "/" + status, LIMIT).getClass().getSimpleName()).isEqualTo(kind);
        assertThat(got).containsExactly("POST /" + status + " {\"to\":\"v2\",\"node\":\"ws-1\"}");
    }

    @ParameterizedTest
    @CsvSource({"/lost", "/cut"})
    @Promise(1)
    void aLostReplyIsNoAnswerAndIsNotSentAgain(String path) throws Exception {
        assertThat(send(base(), path, LIMIT)).isInstanceOfSatisfying(Reply.NoAnswer.class,
                reply -> assertThat(reply.why()).endsWith("was cut off before the answer was complete"));
        assertThat(got).hasSize(1);
    }

    @Test
    @Promise(1)
    void whoHangsIsGivenUpAtTheDeadline() throws Exception {
        assertThat(send(base(), "/hang", Duration.ofMillis(600))).isInstanceOfSatisfying(Reply.NoAnswer.class,
                reply -> assertThat(reply.why()).contains("no full answer from").contains("by the deadline"));
    }

    @Test
    void whatCertainlyWasNotSentIsRefused() throws Exception {
        int nobody;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = socket.getLocalPort();
        }
        assertThat(send("http://127.0.0.1:" + nobody, "/200", LIMIT)).isInstanceOfSatisfying(Reply.Refused.class,
                reply -> assertThat(reply.why()).startsWith("not sent: no connection to"));
        assertThat(send(base(), "/200", Duration.ofMillis(-1))).isInstanceOf(Reply.Refused.class);
        var odd = new Order.Errand(ErrandKind.HTTP, "do", "ws-1", "../x", new Readback.Answers("look", 200));
        assertThat(errands(base(), "/200").send(odd, new Call("r/op", "kim", "", time.now().plus(LIMIT))))
                .isInstanceOf(Reply.Refused.class);
        var asks = new Order.Errand(ErrandKind.HTTP, "look", "ws-1", "v2", new Readback.Answers("look", 200));
        assertThat(errands(base(), "/200").send(asks, new Call("r/op", "kim", "", time.now().plus(LIMIT))))
                .isInstanceOf(Reply.Refused.class);
        assertThat(got).isEmpty();
    }

    private String read(String path, Readback confirm) throws LinkFault, InterruptedException {
        return errands(base(), path).read(order(confirm), LIMIT);
    }

    @Test
    void aConfirmationIsAskedWithItsHeadersAndReadAtItsPointer() throws Exception {
        assertThat(read("/flag", new Readback.Says("look", "/enabled", "false"))).isEqualTo("false");
        assertThat(read("/flag", new Readback.Says("look", "/enabled", "true"))).isEqualTo("false");
        assertThat(read("/flag", new Readback.Says("look", "/echo", "x"))).isEqualTo("***");
        assertThat(read("/flag", new Readback.Says("look", "/echo", "***"))).isEqualTo("*** and more");
        assertThat(read("/404", new Readback.Answers("look", 404))).isEqualTo("HTTP 404");
        assertThat(read("/404", new Readback.Answers("look", 200))).isEqualTo("HTTP 404");
        assertThat(read("/503", new Readback.Answers("look", 503))).isEqualTo("HTTP 503");
        assertThat(got).startsWith("GET /flag?now=1 ");
    }

    @ParameterizedTest
    @CsvSource({"/flag, /none, has nothing at /none", "/flag, /by, has an object at /by", "/500, /x, answered HTTP 500",
            "/401, /x, wrong credentials", "/302, /x, redirects", "/lost, /x, cut off"})
    @Promise(1)
    void aLookThatCannotBeReadSaysNothingAboutTheEffect(String path, String pointer, String why) {
        assertThatThrownBy(() -> read(path, new Readback.Says("look", pointer, "x"))).isInstanceOf(LinkFault.class)
                .hasMessageContaining(why).hasMessageNotContaining(PASSWORD);
    }

    @Test
    @Promise(1)
    void aServerThatFailsSaysNothingAboutTheEffect() {
        assertThatThrownBy(() -> read("/503", new Readback.Answers("look", 200))).isInstanceOf(LinkFault.class)
                .hasMessageContaining("answered HTTP 503");
        assertThatThrownBy(() -> read("/200", new Readback.Answers("do", 200))).isInstanceOf(LinkFault.class)
                .hasMessageContaining("does something and is no confirmation");
    }
}
