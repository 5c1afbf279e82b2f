package io.lockkeeper.adapter.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import io.lockkeeper.Promise;
import io.lockkeeper.port.LinkFault;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Real sockets that answer, refuse, and say nothing.
@Timeout(30)
@Promise(10)
class SocketControlsTest {
    private static final Duration LIMIT = Duration.ofMillis(800);
    private static final InetAddress HERE = InetAddress.getLoopbackAddress();

    private final SocketControls controls = new SocketControls(List.of());
    private final AtomicInteger asked = new AtomicInteger();
    private HttpServer http = server(404);

    private static HttpServer server(int status) {
        try {
            var server = HttpServer.create(new InetSocketAddress(HERE, 0), 0);
            server.createContext("/", exchange -> {
                exchange.getResponseHeaders().add("Location", "http://127.0.0.1:1/");
                exchange.sendResponseHeaders(status, -1);
                exchange.close();
            });
            return server;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @BeforeEach
    void start() {
        http.start();
    }

    @AfterEach
    void stop() {
        http.stop(0);
    }

    private LinkFault fault(String target) {
        return catchThrowableOfType(LinkFault.class, () -> controls.ask(target, LIMIT));
    }

    private String web(int port) {
        return "http://127.0.0.1:" + port + "/any";
    }

    @Test
    void anyHttpStatusIsAnAnswerAndNoRedirectIsFollowed() {
        for (int status : new int[]{200, 301, 404, 401, 503}) {
            http.stop(0);
            http = server(status);
            http.start();
            assertThatCode(() -> controls.ask(web(http.getAddress().getPort()), LIMIT)).doesNotThrowAnyException();
        }
    }

    @Test
    void aPortThatAcceptsIsAnAnswer() throws IOException {
        try (var door = new ServerSocket(0, 5, HERE)) {
            assertThatCode(() -> controls.ask("tcp://127.0.0.1:" + door.getLocalPort(), LIMIT)).doesNotThrowAnyException();
        }
    }

    @Test
    void aRefusedConnectionIsNone() throws IOException {
        int port;
        try (var door = new ServerSocket(0, 5, HERE)) {
            port = door.getLocalPort();
        }
        assertThat(fault("tcp://127.0.0.1:" + port).why()).contains("refused");
        assertThat(fault(web(port)).why()).contains("refused");
    }

    @Test
    void silenceEndsAtTheLimitAndAnswersOfNobodyAreTold() throws IOException {
        try (var door = new ServerSocket(0, 5, HERE)) {
            var silent = fault(web(door.getLocalPort()));
            assertThat(silent.why()).isEqualTo("no answer within 800 ms");
            assertThat(silent.isAnswered()).isFalse();
            assertThat(fault("https://127.0.0.1:" + door.getLocalPort() + "/").why()).contains("800 ms");
        }
        var nobody = fault("tcp://nobody.invalid:1");
        assertThat(nobody.why()).isEqualTo("its host is not known");
        assertThat(nobody.isAnswered()).isFalse();
    }

    /// Says that to everybody at once, and hangs up.
    private void says(ServerSocket door, String reply) {
        Thread.ofVirtual().start(() -> {
            try {
                while (true) {
                    try (var caller = door.accept()) {
                        asked.incrementAndGet();
                        caller.getOutputStream().write(reply.getBytes(StandardCharsets.US_ASCII));
                        caller.shutdownOutput();
                        caller.getInputStream().readAllBytes();
                    }
                }
            } catch (IOException _) {
                // the door was closed
            }
        });
    }

    @Test
    void whoCannotProveWhoItIsHasNotAnswered() throws IOException {
        try (var door = new ServerSocket(0, 5, HERE)) {
            says(door, "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
            assertThat(fault("https://127.0.0.1:" + door.getLocalPort() + "/").why()).contains("no trusted TLS");
        }
    }

    @Test
    void eachQuestionIsAConnectionOfItsOwn() throws Exception {
        try (var door = new ServerSocket(0, 5, HERE)) {
            var target = web(door.getLocalPort());
            says(door, "HTTP/1.1 204 No Content\r\n\r\n");
            controls.ask(target, LIMIT);
            controls.ask(target, LIMIT);
            assertThat(asked).hasValue(2);
        }
    }
}
