package io.lockkeeper.adapter.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockkeeper.domain.doc.Problem;
import io.lockkeeper.domain.environment.Address;
import io.lockkeeper.domain.environment.Auth;
import io.lockkeeper.domain.environment.BalancerSpec;
import io.lockkeeper.domain.environment.Capability;
import io.lockkeeper.domain.environment.ClientsSpec;
import io.lockkeeper.domain.environment.Environment.NodeSpec;
import io.lockkeeper.domain.environment.EnvironmentFile;
import io.lockkeeper.domain.environment.LifecycleSpec;
import io.lockkeeper.domain.environment.SecretRef;
import io.lockkeeper.domain.environment.Tier;
import io.lockkeeper.domain.environment.ViewSpec;
import io.lockkeeper.domain.link.Backoff;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EnvironmentYamlTest {
    private static final Path REFUSED = Path.of("src/test/resources/refused-environments");
    private static final Path EXAMPLES = Path.of("environments");

    static Stream<Path> refused() throws IOException {
        return yaml(REFUSED);
    }

    static Stream<Path> examples() throws IOException {
        return yaml(EXAMPLES);
    }

    private static Stream<Path> yaml(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList().stream();
        }
    }

    /// Beside each file stands `.expected`: every line that must be said, in order.
    @ParameterizedTest
    @MethodSource
    void refused(Path file) throws IOException {
        var read = EnvironmentYaml.read(file.getFileName().toString(), Files.readString(file));

        assertThat(read.problems().stream().map(Problem::toString).toList())
                .isEqualTo(Files.readAllLines(Path.of(file.toString().replace(".yaml", ".expected"))));
        assertThat(read.file()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource
    void examples(Path file) throws IOException {
        var read = EnvironmentYaml.read(file.getFileName().toString(), Files.readString(file));

        assertThat(read.problems()).isEmpty();
        assertThat(read.file()).isPresent();
    }

    @Test
    void clientsArriveTypedAndWithWhatIsUsual() throws IOException {
        var clients = Objects.requireNonNull(example("service").clients());

        assertThat(clients.url()).isEqualTo("ws://127.0.0.1:7090/ws");
        assertThat(clients.heartbeat()).isEqualTo(new ClientsSpec.Heartbeat.Ping(Duration.ofSeconds(2)));
        assertThat(clients.silence()).isEqualTo(Duration.ofSeconds(6));
        assertThat(List.of(clients.sentinels(), clients.cyclers(), clients.cyclesPerMinute())).containsExactly(20, 2, 12);
        assertThat(clients.backoff()).isEqualTo(new Backoff(Duration.ofMillis(250), Duration.ofSeconds(5)));
        assertThat(Objects.requireNonNull(clients.session()).seq()).isEqualTo("/seq");
        assertThat(clients.version()).isEqualTo("/version");
    }

    @Test
    void clientsMayNeedSecretsAndAServiceMayHaveNoSessions() throws IOException {
        var text = Files.readString(EXAMPLES.resolve("service.yaml")) + """
                  headers: { Authorization: { env: CHAT }, Origin: "https://chat" }
                  token: none
                  hello: ""
                """;
        var clients = Objects.requireNonNull(EnvironmentYaml.read("service.yaml", text).file().orElseThrow().clients());

        assertThat(clients.secretHeaders()).containsExactly(Map.entry("Authorization", new SecretRef.Env("CHAT")));
        assertThat(clients.headers()).containsExactly(Map.entry("Origin", "https://chat"));
        assertThat(clients.session()).isNull();
        assertThat(clients.hello()).isEmpty();
    }

    @Test
    void everythingInTheHaproxyExampleArrivesTyped() throws IOException {
        var file = example("haproxy-supervisor");

        assertThat(file.name()).isEqualTo("shop-staging");
        assertThat(file.tier()).isEqualTo(Tier.STAGING);
        assertThat(file.versions()).containsExactly("v1", "v2");
        assertThat(file.floor()).isEqualTo(1);
        assertThat(file.nodeNames()).containsExactly("ws-1", "ws-2", "ws-3");
        assertThat(file.nodes().getFirst().forTemplates()).containsEntry("node", "ws-1").containsEntry("ws", "18101");
        assertThat(file.balancers()).singleElement().isInstanceOfSatisfying(BalancerSpec.Haproxy.class, edge -> {
            assertThat(edge.name()).isEqualTo("edge");
            assertThat(edge.address()).isEqualTo(new Address.Tcp("127.0.0.1", 9999));
            assertThat(edge.master()).isEqualTo(new Address.Tcp("127.0.0.1", 9998));
            assertThat(edge.servers()).containsEntry("ws-2", "ws2");
        });
        assertThat(file.lifecycle()).isInstanceOfSatisfying(LifecycleSpec.Supervisor.class, supervisor -> {
            assertThat(supervisor.auth())
                    .isEqualTo(new Auth.Basic("lockkeeper", new SecretRef.Env("SHOP_SUPERVISOR_PASSWORD")));
            assertThat(supervisor.program("ws-3", "v2")).isEqualTo("ws3:ws3-v2");
            assertThat(supervisor.settles()).isEqualTo(Duration.ofSeconds(90));
        });
        assertThat(file.view()).isInstanceOfSatisfying(ViewSpec.Http.class,
                view -> assertThat(view.sources()).containsOnlyKeys(ViewSpec.Fact.values()));
        assertThat(file.feed()).isNull();
        assertThat(file.probe()).isNotNull();
    }

    @Test
    void aServiceServesAsEverythingThatIsNotGivenOnItsOwn() throws IOException {
        var file = example("service");

        assertThat(file.balancers()).singleElement().isInstanceOf(BalancerSpec.Service.class)
                .extracting(BalancerSpec::name).isEqualTo("front");
        assertThat(file.lifecycle()).isInstanceOf(LifecycleSpec.Service.class);
        assertThat(file.view()).isInstanceOf(ViewSpec.Service.class);
        assertThat(file.feed()).isNotNull()
                .satisfies(feed -> assertThat(feed.token()).isEqualTo(new SecretRef.InFile("chat-token")));
    }

    @Test
    void nodesAreExpectedToNameThisEnvironmentAndThemselvesUnlessTheFileSaysOtherwise() throws IOException {
        var file = example("actuator");

        assertThat(file.environment(Set.of(Capability.DRAIN), 1006).nodes()).containsExactly(
                new NodeSpec("ws-1", "orders-ws-1", "orders"), new NodeSpec("ws-2", "orders-ws-2", "orders"));
        assertThat(file.versions()).containsExactly("1.9", "1.10");
    }

    @Test
    void aViewThatCannotTellWhoANodeIsGivesAWarningAndNoExpectation() {
        var read = EnvironmentYaml.read("bare.yaml", """
                lockkeeper: 1
                environment: bare
                tier: sandbox
                nodes: { a: , b: {} }
                balancers: { edge: { haproxy: "unix:/run/haproxy.sock", backend: be, servers: { a: s1, b: s2 } } }
                lifecycle: { supervisor: "http://h:9001/RPC2", groups: { a: a, b: b } }
                view: { ready: { url: "http://{node}/up" } }
                """);

        assertThat(read.problems()).singleElement().asString().startsWith("bare.yaml:4:10: warning: no node tells");
        assertThat(read.file()).isPresent().get().satisfies(file -> {
            assertThat(file.environment(Set.of(), 1006).nodes()).containsExactly(new NodeSpec("a", null, null),
                    new NodeSpec("b", null, null));
            assertThat(((BalancerSpec.Haproxy) file.balancers().getFirst()).address())
                    .isEqualTo(new Address.Unix("/run/haproxy.sock"));
        });
    }

    @Test
    void theHashIsThatOfTheText() throws IOException {
        var text = Files.readString(EXAMPLES.resolve("service.yaml"));

        var hash = EnvironmentYaml.read("service.yaml", text).file().orElseThrow().hash();

        assertThat(hash).matches("[0-9a-f]{64}")
                .isNotEqualTo(EnvironmentYaml.read("service.yaml", text + " ").file().orElseThrow().hash());
    }

    @Test
    void noRefusalRepeatsASecret() throws IOException {
        for (var file : List.of("inline-secrets.yaml", "secrets-in-addresses.yaml")) {
            var read = EnvironmentYaml.read(file, Files.readString(REFUSED.resolve(file)));
            assertThat(read.problems()).isNotEmpty();
            assertThat(read.problems().toString()).doesNotContain("hunter2");
        }
    }

    private static EnvironmentFile example(String name) throws IOException {
        return EnvironmentYaml.read(name, Files.readString(EXAMPLES.resolve(name + ".yaml"))).file().orElseThrow();
    }
}
