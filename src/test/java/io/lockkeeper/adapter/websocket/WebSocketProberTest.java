package io.lockkeeper.adapter.websocket;

import static io.lockkeeper.adapter.websocket.ScriptedNode.greet;
import static io.lockkeeper.adapter.websocket.ScriptedNode.onReturn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lockkeeper.demo.Ports;
import io.lockkeeper.demo.NodeProcess;
import io.lockkeeper.domain.environment.Environment.NodeSpec;
import io.lockkeeper.domain.environment.EnvironmentFile.NodeEntry;
import io.lockkeeper.domain.environment.ProbeSpec;
import io.lockkeeper.domain.environment.SessionSpec;
import io.lockkeeper.domain.environment.Template;
import io.lockkeeper.domain.run.Outcome;
import io.lockkeeper.port.Time;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.java_websocket.exceptions.InvalidDataException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebSocketProberTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final ProbeSpec CONTRACT = new ProbeSpec(
            new Template("ws://127.0.0.1:{ws}/ws"), new SessionSpec("{\"hello\":true}", "/token",
                    new Template("?resume={token}&last={last}"), "/seq", "/session", "/kind", "resumed", "/node"),
            Duration.ofSeconds(5), Duration.ofMillis(500));

    @AfterEach
    void noConnectionIsLeftBehind() {
        await().atMost(Duration.ofSeconds(10)).until(() -> Thread.getAllStackTraces().keySet().stream().map(Thread::getName)
                .noneMatch(name -> name.startsWith("WebSocketConnectReadThread") || name.startsWith("WebSocketWriteThread")));
    }

    @Test
    void aNodeThatGoesOnWithTheSessionIsToldWithFigures() throws Exception {
        try (var node = onReturn((client, _) -> greet(client, "resumed", "s-1", 3, 4, 5))) {
            var met = probe(node.getPort());

            assertThat(met.met()).matches("resumed in \\d+ ms, 3 messages replayed, none lost");
            assertThat(met.resumed()).isTrue();
            assertThat(node.asked).containsExactly("/ws", "{\"hello\":true}", "/ws?resume=tok+en%2Fsecret%2B1&last=2");
            await().untilAsserted(() -> assertThat(node.codes).containsExactly(1000, 1000));
        }
    }

    @Test
    void aResumeMayBeTheFirstMessageAndMessagesNeedNoNumbers() throws Exception {
        var spec = new ProbeSpec(CONTRACT.url(), new SessionSpec("hi", "/token",
                new Template("{\"resume\":\"{token}\",\"last\":{seq}}"), null, "/session", "/kind", "resumed", "/node"),
                CONTRACT.handshakeLimit(), CONTRACT.messageLimit());
        try (var node = onReturn((client, _) -> greet(client, "resumed", "s-1"))) {
            var met = prober(spec, node.getPort(), "ws-1").probe("ws-1", LIMIT);

            assertThat(met.met()).matches("resumed in \\d+ ms; messages are not numbered");
            assertThat(node.asked).containsExactly("/ws", "hi", "/ws", "{\"resume\":\"tok en/secret+1\",\"last\":0}");
        }
    }

    @Test
    void aRefusalInTheHandshakeIsNamed() throws Exception {
        try (var node = new ScriptedNode((_, connection) -> {
            if (connection == 2) {
                throw new InvalidDataException(1008, "no");
            }
        }, (client, _) -> greet(client, "new", "s-1", 1))) {
            assertThat(shortfall(node)).isEqualTo("resume: handshake refused: HTTP 404");
        }
    }

    @Test
    void aCloseIsNamedWithCodeAndReasonAndWithoutTheToken() throws Exception {
        try (var node = onReturn((client, _) -> client.close(4403, "refused " + ScriptedNode.TOKEN))) {
            assertThat(shortfall(node)).isEqualTo("resume: closed 4403 \"refused ***\"");
        }
        var byMessage = new ProbeSpec(CONTRACT.url(),
                new SessionSpec("hi", "/token", new Template("{token}"), "/seq", "/session", "/kind", "resumed", "/node"),
                CONTRACT.handshakeLimit(), CONTRACT.messageLimit());
        try (var node = onReturn((client, _) -> client.closeConnection(1006, ""))) {
            assertThat(prober(byMessage, node.getPort(), "ws-1").probe("ws-1", LIMIT).met())
                    .isEqualTo("resume: closed 1006 (no close frame)");
        }
    }

    @Test
    void anotherSessionIsNotAResume() throws Exception {
        try (var node = onReturn((client, _) -> greet(client, "lost", "s-2", 1))) {
            assertThat(shortfall(node)).isEqualTo("resume: came back as a new session (lost)");
        }
        try (var node = onReturn((client, _) -> greet(client, "resumed", "s-2", 1))) {
            assertThat(shortfall(node)).isEqualTo("resume: came back as a new session (another session id)");
        }
    }

    @Test
    void lostAndRepeatedMessagesAreCounted() throws Exception {
        try (var node = onReturn((client, _) -> greet(client, "resumed", "s-1", 5))) {
            assertThat(shortfall(node)).isEqualTo("resume: 2 messages lost: 5 came after 2");
        }
        try (var node = onReturn((client, _) -> greet(client, "resumed", "s-1", 3, 3))) {
            assertThat(shortfall(node)).isEqualTo("resume: message 3 came again after 3");
        }
        try (var node = onReturn((client, _) -> greet(client, "resumed", "s-1", 2, 3))) {
            assertThat(shortfall(node)).isEqualTo("resume: message 2 came again after 2");
        }
    }

    @Test
    void silenceIsNamedWithItsLimit() throws Exception {
        try (var node = onReturn((_, _) -> {
        })) {
            assertThat(shortfall(node)).isEqualTo("resume: no first message within 0.5 s");
        }
        try (var node = onReturn((client, _) -> greet(client, "resumed", "s-1"))) {
            assertThat(shortfall(node)).isEqualTo("resume: no numbered message within 0.5 s");
        }
        try (var node = new ScriptedNode((_, _) -> {
        }, (_, _) -> {
        })) {
            assertThat(shortfall(node)).isEqualTo("new session: no first message within 0.5 s");
        }
    }

    @Test
    void aNodeThatSaysItIsAnotherDoesNotCount() throws Exception {
        try (var node = onReturn((client, _) -> greet(client, "resumed", "s-1", 3))) {
            var met = prober(CONTRACT, node.getPort(), "ws-7").probe("ws-1", LIMIT);

            assertThat(met).isEqualTo(new Outcome.Probed(false,
                    "new session: the node at this address says it is ws-1, expected ws-7"));
        }
    }

    @Test
    void garbageIsNamed() throws Exception {
        try (var node = onReturn((client, _) -> client.send("<html>" + ScriptedNode.TOKEN))) {
            assertThat(shortfall(node)).isEqualTo("resume: the first message is not JSON");
        }
        try (var node = new ScriptedNode((_, _) -> {
        }, (client, _) -> client.send("{}"))) {
            assertThat(shortfall(node)).isEqualTo("the first message has no resume token at /token");
        }
        try (var node = plain("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi")) {
            assertThat(probe(node.getLocalPort()).met()).isEqualTo("new session: handshake refused: HTTP 200");
        }
        try (var node = plain("SSH-2.0-OpenSSH_9.2\r\n\r\n")) {
            assertThat(probe(node.getLocalPort()).met()).isEqualTo("new session: handshake refused: not a WebSocket answer");
        }
        try (var node = plain("")) {
            assertThat(probe(node.getLocalPort()).met()).isEqualTo("new session: the connection ended during the handshake");
        }
    }

    @Test
    void aPortThatNobodyListensOnIsNamed() throws Exception {
        assertThat(probe(Ports.free()).met()).isEqualTo("new session: connection refused");
    }

    @Test
    void aProbeEndsInItsTimeWhateverTheNodeDoes() throws Exception {
        var patient = new ProbeSpec(CONTRACT.url(),
                new SessionSpec("", "/token", CONTRACT.session().resume(), "/seq", "/session", "/kind", "resumed", "/node"),
                Duration.ofSeconds(5), Duration.ofSeconds(30));
        try (var mute = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            long begun = System.nanoTime();

            var met = prober(patient, mute.getLocalPort(), "ws-1").probe("ws-1", Duration.ofMillis(700));

            assertThat(met.met()).matches("new session: no answer to the handshake within \\d+\\.\\d s, limit 5 s");
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(patient.handshakeLimit());
        }
    }

    /// The versions of the real demo node, each in its own process.
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"v1   | true  | resumed in \\d+ ms, [23] messages? replayed, none lost",
            "bad  | false | resume: handshake refused: HTTP 503", "loss | false | resume: came back as a new session \\(lost\\)",
            "slow | false | new session: handshake took \\d+\\.\\d s, limit 5 s"})
    void everyVersionOfTheDemoIsSeenForWhatItIs(String version, boolean resumed, String met) throws Exception {
        int port = Ports.free();
        var process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"), NodeProcess.class.getName(), "--name",
                "ws-1",
                "--ws-port", "" + port, "--http-port", "0", "--version", version, "--environment", "test")
                .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        try {
            await().atMost(Duration.ofSeconds(20)).until(() -> listens(port));
            var spec = new ProbeSpec(CONTRACT.url(), new SessionSpec(CONTRACT.session().hello(), "/token",
                    CONTRACT.session().resume(), "/seq", "/session", "/kind", "resumed", "/node"), Duration.ofSeconds(5),
                    Duration.ofSeconds(3));

            var outcome = prober(spec, port, "ws-1").probe("ws-1", LIMIT);

            assertThat(outcome.met()).matches(met);
            assertThat(outcome.resumed()).isEqualTo(resumed);
        } finally {
            process.destroyForcibly().waitFor(5, TimeUnit.SECONDS);
        }
    }

    private static boolean listens(int port) {
        try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    private static String shortfall(ScriptedNode node) throws InterruptedException {
        var met = probe(node.getPort());
        assertThat(met.resumed()).isFalse();
        assertThat(met.met()).doesNotContain(ScriptedNode.TOKEN);
        return met.met();
    }

    private static Outcome.Probed probe(int port) throws InterruptedException {
        return prober(CONTRACT, port, "ws-1").probe("ws-1", LIMIT);
    }

    private static WebSocketProber prober(ProbeSpec spec, int port, @Nullable String expected) {
        var node = new NodeEntry(new NodeSpec("ws-1", expected, null), Map.of("ws", "" + port));
        return new WebSocketProber(spec, List.of(node), new Time() {
            @Override
            public Instant now() {
                return Instant.now();
            }

            @Override
            public long ticks() {
                return System.nanoTime();
            }
        });
    }

    /// Answers the first connection with these bytes and ends it.
    private static ServerSocket plain(String answer) throws IOException {
        var server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(() -> {
            try (var client = server.accept()) {
                var _ = client.getInputStream().read(new byte[4096]);
                client.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
            } catch (IOException _) {
                // the test sees what came of it
            }
        });
        return server;
    }
}
