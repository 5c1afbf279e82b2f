package io.lockkeeper.adapter.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lockkeeper.demo.DemoService;
import io.lockkeeper.domain.client.ClientEvent;
import io.lockkeeper.domain.client.Failure;
import io.lockkeeper.domain.client.Failure.Cause;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The fleet at the demo's front door: a relay, three nodes of another WebSocket library, sessions that move between them.
@Timeout(60)
class ClientsOnDemoTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int CLIENTS = 6;

    private final HttpClient http = HttpClient.newHttpClient();
    private @TempDir Path folder = Path.of(".");
    private AutoCloseable demo = () -> {
        // not started
    };
    private String admin = "";
    private String token = "";
    private String front = "";

    @BeforeEach
    void start() throws Exception {
        demo = DemoService.start(folder, 7, 0, Duration.ofMinutes(1));
        var file = JSON.readTree(Files.readString(folder.resolve("demo.json")));
        admin = file.path("admin").asString();
        token = file.path("token").asString();
        front = file.path("front").asString();
    }

    @AfterEach
    void stop() throws Exception {
        demo.close();
        http.close();
    }

    private JsonNode get(String path) throws Exception {
        return JSON.readTree(http.send(request(path).GET().build(), HttpResponse.BodyHandlers.ofString()).body());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(admin + path)).header("Authorization", "Bearer " + token);
    }

    private void order(String node, String verb, String body) throws Exception {
        var answer = http.send(request("/v1/nodes/" + node + "/" + verb).header("Lockkeeper-Op", verb + "-" + node)
                .header("Lockkeeper-Actor", "ada").POST(HttpRequest.BodyPublishers.ofString(body)).build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    }

    @Test
    void sessionsThatMoveAreKeptWithEveryMessageAndNoneIsLeftBehind() throws Exception {
        try (var fleet = new TestFleet(TestFleet.spec(front, CLIENTS, 0, 6))) {
            fleet.untilConnected();
            int moved = get("/v1/nodes/ws-1/sessions").size();
            order("ws-1", "drain", "{}");
            order("ws-1", "restart", "{}");
            var all = fleet.until(now -> now.back() == moved && now.connected() == CLIENTS);
            await().atMost(Duration.ofSeconds(5)).until(() -> get("/v1/sessions").size() == CLIENTS);

            assertThat(moved).isEqualTo(2);
            assertThat(all.lost()).isEqualTo(moved);
            assertThat(all.keptSessions()).isEqualTo(moved);
            assertThat(all.lostMessages() + all.duplicatedMessages()).isZero();
            assertThat(fleet.events(ClientEvent.Back.class)).allSatisfy(back -> {
                assertThat(back.node()).isIn("ws-2", "ws-3");
                assertThat(back.version()).isEqualTo("v1");
            });
        }
        await().atMost(Duration.ofSeconds(5)).until(() -> get("/v1/sessions").isEmpty());
    }

    @Test
    void aVersionThatRefusesThoseWhoComeBackIsSeenByItsFailedAttempts() throws Exception {
        try (var fleet = new TestFleet(TestFleet.spec(front, 3, 0, 6))) {
            fleet.untilConnected();
            for (var node : new String[]{"ws-1", "ws-2", "ws-3"}) {
                order(node, "deploy", "{\"version\": \"bad\"}");
            }
            await().atMost(Duration.ofSeconds(20)).until(() -> get("/v1/nodes").findValues("version").stream()
                    .allMatch(version -> version.asString().equals("bad")));
            await().atMost(Duration.ofSeconds(20)).until(() -> get("/v1/nodes").findValues("observed").stream()
                    .allMatch(observed -> observed.asString().equals("up")));
            long before = fleet.reading().failed();
            var all = fleet.until(now -> now.failed() > before + 6);

            assertThat(all.failures()).containsKey(new Failure(Cause.STATUS, 503));
            assertThat(all.out()).isEqualTo(3);
            assertThat(all.longestOut()).isPositive();
            assertThat(all.lost()).isEqualTo(all.back() + all.out());
        }
    }
}
