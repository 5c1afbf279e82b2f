package io.lockkeeper.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lockkeeper.adapter.http.HttpNodeView;
import io.lockkeeper.adapter.secrets.LocalSecrets;
import io.lockkeeper.adapter.service.ServiceContact;
import io.lockkeeper.adapter.websocket.WebSocketProber;
import io.lockkeeper.adapter.yaml.EnvironmentYaml;
import io.lockkeeper.demo.DemoService;
import io.lockkeeper.domain.environment.BalancerSpec;
import io.lockkeeper.domain.environment.ViewSpec;
import io.lockkeeper.port.Time;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// From an environment file's text to a running service, with nothing in between but the adapters.
class FileToServiceTest {
    private static final Duration LIMIT = Duration.ofSeconds(3);
    private static final Time TIME = new Time() {
        @Override
        public Instant now() {
            return Instant.now();
        }

        @Override
        public long ticks() {
            return System.nanoTime();
        }
    };

    @TempDir
    Path folder;

    @Test
    void whatTheFileSaysIsEnoughToReachEverythingItNames() throws Exception {
        try (var _ = DemoService.start(folder, 5, 6, Duration.ofMinutes(1)); var client = HttpNodeView.client()) {
            var demo = JsonMapper.builder().build().readTree(Files.readString(folder.resolve("demo.json")));
            Files.writeString(folder.resolve("token"), demo.path("token").asString() + "\n");
            Files.setPosixFilePermissions(folder.resolve("token"), PosixFilePermissions.fromString("rw-------"));
            var read = EnvironmentYaml.read("demo.yaml", yaml(demo));
            assertThat(read.problems()).isEmpty();
            var file = read.file().orElseThrow();
            var secrets = new LocalSecrets(folder, folder, Map.of());

            var spec = ((BalancerSpec.Service) file.balancers().getFirst()).service();
            var service = new ServiceContact(spec, file.nodeNames(), client, secrets, TIME);
            var view = new HttpNodeView((ViewSpec.Http) file.view(), file.nodes(), client, secrets, TIME);
            var probe = file.probe();

            assertThat(service.balancer("front").read(LIMIT).servers()).hasSize(3);
            await().atMost(Duration.ofSeconds(10)).until(() -> total(view) == 6);
            for (var node : file.nodes()) {
                var name = node.spec().name();
                var fromNode = view.read(name, LIMIT);
                var fromService = service.view().read(name, LIMIT);
                assertThat(fromNode.ready()).isTrue();
                assertThat(fromNode.name()).isEqualTo(node.spec().expectName()).isEqualTo(fromService.name());
                assertThat(fromNode.environment()).isEqualTo(node.spec().expectEnvironment())
                        .isEqualTo(fromService.environment());
                assertThat(fromNode.instance()).isNotNull().isEqualTo(fromService.instance());
                assertThat(fromNode.startedAt()).isNotNull().isEqualTo(fromService.startedAt());
                assertThat(fromNode.version()).isEqualTo("v1").isEqualTo(fromService.version());
            }
            assertThat(probe).isNotNull();
            if (probe != null) {
                var met = new WebSocketProber(probe, file.nodes(), TIME).probe("ws-2", Duration.ofSeconds(10));
                assertThat(met.met()).matches("resumed in \\d+ ms, \\d messages? replayed, none lost");
            }
            client.shutdownNow();
        }
    }

    private static long total(HttpNodeView view) throws Exception {
        long total = 0;
        for (var node : new String[]{"ws-1", "ws-2", "ws-3"}) {
            var count = view.read(node, LIMIT).connections();
            total += count == null ? 0 : count;
        }
        return total;
    }

    private static String yaml(JsonNode demo) {
        var nodes = new StringBuilder();
        demo.path("nodes").forEachEntry((name, node) -> nodes.append("  ").append(name).append(": { values: { ws: ")
                .append(URI.create(node.path("ws").asString()).getPort()).append(", http: ")
                .append(URI.create(node.path("http").asString()).getPort()).append(" } }\n"));
        return """
                lockkeeper: 1
                environment: demo
                tier: sandbox
                versions: [v1, v2, bad]
                nodes:
                %sservice: { url: "%s", feed: "%s", token: { file: token }, balancer: front }
                view:
                  ready:       { url: "http://127.0.0.1:{http}/health", pointer: /status, is: UP }
                  version:     { url: "http://127.0.0.1:{http}/info", pointer: /app/version }
                  instance:    { url: "http://127.0.0.1:{http}/info", pointer: /app/instance }
                  startedAt:   { url: "http://127.0.0.1:{http}/info", pointer: /app/startedAt }
                  environment: { url: "http://127.0.0.1:{http}/info", pointer: /app/environment }
                  name:        { url: "http://127.0.0.1:{http}/info", pointer: /app/node }
                  connections: { url: "http://127.0.0.1:{http}/metrics", metric: ws_sessions_active }
                probe: { url: "ws://127.0.0.1:{ws}/ws" }
                """.formatted(nodes, demo.path("admin").asString(), demo.path("feed").asString());
    }
}
