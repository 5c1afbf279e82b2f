package io.lockkeeper.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NodeVersionsTest {
    private static final Duration SLOW = Duration.ofSeconds(2);

    private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(1);
    private final List<SessionNotice> notices = new CopyOnWriteArrayList<>();
    private final List<NodeServer> nodes = new ArrayList<>();

    @AfterEach
    void end() {
        nodes.forEach(NodeServer::end);
        clock.shutdownNow();
    }

    @Test
    void aResumedSessionGoesOnAfterTheLastMessageOnAnyNode() throws Throwable {
        var one = node(Version.V1);
        var two = node(Version.V2);
        var first = TestSession.hello(ws(one));
        var answer = first.next();
        assertThat(answer.path("kind").asString()).isEqualTo("new");
        assertThat(first.next().path("seq").asLong()).isEqualTo(1);
        assertThat(first.next().path("seq").asLong()).isEqualTo(2);
        first.leave();

        var second = TestSession.open(resume(two, answer.path("token").asString(), 2));

        var again = second.next();
        assertThat(again.path("kind").asString()).isEqualTo("resumed");
        assertThat(again.path("session")).isEqualTo(answer.path("session"));
        assertThat(again.path("version").asString()).isEqualTo("v2");
        assertThat(again.path("seq").asLong()).isEqualTo(2);
        assertThat(second.next().path("seq").asLong()).isEqualTo(3);
        second.leave();
    }

    /// The library opens a socket that was closed in the middle of its handshake, and never closes it again.
    @Test
    void whoGivesUpInTheHandshakeIsNotCounted() throws Exception {
        var node = node(Version.V1);
        var shake = """
                GET /ws HTTP/1.1
                Host: h
                Upgrade: websocket
                Connection: Upgrade
                Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==
                Sec-WebSocket-Version: 13

                """.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < 300; i++) {
            try (var client = new Socket(InetAddress.getLoopbackAddress(), node.wsPort())) {
                client.setSoLinger(true, 0);
                client.getOutputStream().write(shake);
                for (int spin = 0; spin < i % 50 * 400; spin++) {
                    Thread.onSpinWait();
                }
            }
        }
        Awaitility.await().untilAsserted(() -> assertThat(node.connections()).isZero());
    }

    @Test
    void badRefusesResumesInHandshakeAndMessageButIsHealthyAndTakesNewSessions() throws Throwable {
        var bad = node(Version.BAD);
        var fresh = TestSession.hello(ws(bad));
        var token = fresh.next().path("token").asString();
        assertThat(fresh.next().path("seq").asLong()).isEqualTo(1);

        assertThatThrownBy(() -> TestSession.open(resume(bad, token, 1))).isInstanceOfSatisfying(
                WebSocketHandshakeException.class,
                refused -> assertThat(refused.getResponse().statusCode()).isEqualTo(503));
        var asked = TestSession.open(ws(bad));
        asked.say("{\"resume\":\"" + token + "\",\"last\":1}");

        assertThat(asked.closeCode()).isEqualTo(4403);
        assertThat(http(bad, "/health").statusCode()).isEqualTo(200);
        assertThat(http(bad, "/metrics").body()).contains("ws_handshake_rejected_total{reason=\"resume_refused\"} 2",
                "ws_sessions_opened_total{kind=\"lost\"} 0", "ws_sessions_active 1");
        fresh.leave();
    }

    @Test
    void lossAnswersAResumeWithANewSession() throws Throwable {
        var loss = node(Version.LOSS);
        var first = TestSession.hello(ws(loss));
        var answer = first.next();

        var second = TestSession.open(resume(loss, answer.path("token").asString(), 9));

        var again = second.next();
        assertThat(again.path("kind").asString()).isEqualTo("lost");
        assertThat(again.path("session")).isNotEqualTo(answer.path("session"));
        assertThat(second.next().path("seq").asLong()).isEqualTo(1);
        first.leave();
        second.leave();
    }

    @Test
    void slowKeepsEachHandshakeWaitingWithoutHoldingUpTheOthers() throws Throwable {
        var slow = node(Version.SLOW);
        long start = System.nanoTime();

        var waiting = List.of(TestSession.opening(ws(slow)), TestSession.opening(ws(slow)), TestSession.opening(ws(slow)));
        assertThat(http(slow, "/health").statusCode()).isEqualTo(200);
        for (var one : waiting) {
            one.get(5, TimeUnit.SECONDS).leave();
        }

        var took = Duration.ofNanos(System.nanoTime() - start);
        assertThat(took).isGreaterThanOrEqualTo(SLOW).isLessThan(SLOW.multipliedBy(2));
    }

    @Test
    void aSlowNodeThatStopsLetsGoOfThoseWhoWaitAndTellsNoSessionOfThem() throws Throwable {
        var slow = node(Version.SLOW);
        var other = node(Version.V1);
        TestSession.hello(ws(other)).next(); // whatever is slow the first time is over
        var waiting = TestSession.opening(ws(slow));
        TestSession.hello(ws(other)).next(); // by now the handshake above has arrived
        var _ = http(slow, "/health");

        long start = System.nanoTime();
        slow.closeAll(1001, "node stops");

        assertThatThrownBy(() -> waiting.get(5, TimeUnit.SECONDS)).isInstanceOf(ExecutionException.class);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SLOW);
        var told = clock.schedule(() -> List.copyOf(notices), SLOW.toMillis(), TimeUnit.MILLISECONDS).get();
        assertThat(told).extracting(SessionNotice::node).contains("ws-2").doesNotContain("ws-1");
    }

    @Test
    void aTokenThatIsNoneIsRefused() throws Throwable {
        var node = node(Version.V1);

        assertThatThrownBy(() -> TestSession.open(resume(node, "bm9uZQ.bm9uZQ", 1))).isInstanceOfSatisfying(
                WebSocketHandshakeException.class,
                refused -> assertThat(refused.getResponse().statusCode()).isEqualTo(400));
        var asked = TestSession.open(ws(node));
        asked.say("{\"resume\":\"none\"}");
        assertThat(asked.closeCode()).isEqualTo(4400);
        var rude = TestSession.open(ws(node));
        rude.say("good day");
        assertThat(rude.closeCode()).isEqualTo(4400);
    }

    @Test
    void stoppingClosesWithGoingAwayAndKillingClosesWithNothing() throws Throwable {
        var one = node(Version.V1);
        var two = node(Version.V1);
        var stopped = TestSession.hello(ws(one));
        var killed = TestSession.hello(ws(two));
        stopped.next();
        killed.next();

        one.closeAll(1001, "node stops");
        two.kill();

        assertThat(stopped.closeCode()).isEqualTo(1001);
        assertThat(killed.closeCode()).isEqualTo(1006);
        assertThat(http(one, "/health").statusCode()).isEqualTo(503);
    }

    private NodeServer node(Version version) throws IOException {
        var identity = new NodeIdentity("ws-" + (nodes.size() + 1), version, "test", "i" + nodes.size(), Instant.now());
        var node = new NodeServer(identity, 0, 0, notices::add, clock, SLOW);
        nodes.add(node);
        node.open();
        return node;
    }

    private static String ws(NodeServer node) {
        return "ws://127.0.0.1:" + node.wsPort() + "/ws";
    }

    private static String resume(NodeServer node, String token, long last) {
        return ws(node) + "?resume=" + token + "&last=" + last;
    }

    private static HttpResponse<String> http(NodeServer node, String path) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + node.httpPort() + path)).build();
        return TestSession.HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
