package io.lockkeeper.adapter.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockkeeper.domain.doc.Problem;
import io.lockkeeper.domain.environment.EnvironmentFile;
import io.lockkeeper.domain.environment.ProbesSpec;
import io.lockkeeper.domain.environment.SecretRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `probes` of `clients`.
class ProbesYamlTest {
    private static final Path EXAMPLE = Path.of("environments/service.yaml");

    private static EnvironmentFile file(String lines) throws IOException {
        var read = EnvironmentYaml.read("service.yaml", Files.readString(EXAMPLE) + lines);
        assertThat(read.problems()).isEmpty();
        return read.file().orElseThrow();
    }

    private static ProbesSpec read(String lines) throws IOException {
        return Objects.requireNonNull(Objects.requireNonNull(file(lines).clients()).probes());
    }

    private static List<Problem> problems(String lines) throws IOException {
        return EnvironmentYaml.read("service.yaml", Files.readString(EXAMPLE) + lines).problems();
    }

    @Test
    void withoutThemNobodyIsProbed() throws IOException {
        assertThat(Objects.requireNonNull(file("").clients()).probes()).isNull();
        assertThat(file("").probes().nodes()).isEmpty();
    }

    @Test
    void anAddressOfEachNodeIsEnough() throws IOException {
        var text = "  probes: { url: \"wss://{node}.internal.example.org/ws\" }\n";
        var probes = read(text);
        assertThat(probes.every()).isEqualTo(Duration.ofSeconds(30));
        assertThat(probes.doors()).containsOnlyKeys(file("").nodeNames());
        assertThat(probes.doors().firstEntry().getValue().url()).isEqualTo("wss://ws-1.internal.example.org/ws");
        assertThat(file(text).probes().nodes().get("ws-1")).containsExactly("ws-1");
    }

    @Test
    void aHeaderLeadsThroughTheFrontDoorAndStandsInPlaceOfTheOneThatAllSend() throws IOException {
        var probes = read("""
                  headers: { x-route: any, Origin: "https://chat", Authorization: { env: CHAT } }
                  probes: { headers: { X-Route: "{node}", Authorization: { env: PROBE }, X-Who: "{client}" }, every: 2m }
                """);
        var door = Objects.requireNonNull(probes.doors().get("ws-2"));
        assertThat(probes.every()).isEqualTo(Duration.ofMinutes(2));
        assertThat(door.url()).isEqualTo("ws://127.0.0.1:7090/ws");
        assertThat(door.headers()).isEqualTo(Map.of("X-Route", "ws-2", "Origin", "https://chat", "X-Who", "{client}"));
        assertThat(door.secretHeaders()).isEqualTo(Map.of("Authorization", new SecretRef.Env("PROBE")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}                                                               | nothing in "probes" says which node is meant
            { url: "ws://10.0.0.1/ws" }                                      | nothing in "probes" says which node is meant
            { headers: { X-Route: any, X-Who: "{client}" } }                 | nothing in "probes" says which node is meant
            { url: "ws://{nod}/ws" }                                         | unknown placeholder {nod}
            { headers: { X-Route: "{nod}" } }                                | unknown placeholder {nod}
            { url: "http://{node}/ws" }                                      | is no address
            { url: "ws://me:pw@{node}/ws" }                                  | holds a user or password
            { url: "ws://{node}/ws", every: 4s }                             | must be from 5s to 10m
            { url: "ws://{node}/ws", every: 11m }                            | must be from 5s to 10m
            { url: "ws://{node}/ws", headers: { Cookie: hunter2 } }          | is a secret and does not belong in this file
            { url: "ws://{node}/ws", headers: { Host: "{node}" } }           | cannot be set as a header
            { url: "ws://{node}/ws", ever: 5s }                              | unknown key
            """)
    void whatCannotBeIsRefusedWhereItStands(String probes, String why) throws IOException {
        assertThat(problems("  probes: " + probes + "\n")).anySatisfy(problem -> {
            assertThat(problem.message()).contains(why).doesNotContain("me:pw").doesNotContain("hunter2");
            assertThat(problem.at().line()).isEqualTo((int) Files.readString(EXAMPLE).lines().count() + 1);
        });
    }

    @Test
    void withoutSessionsThereIsNothingToResume() throws IOException {
        assertThat(problems("  token: none\n  probes: { url: \"ws://{node}/ws\" }\n")).singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("there are none to resume"));
    }
}
