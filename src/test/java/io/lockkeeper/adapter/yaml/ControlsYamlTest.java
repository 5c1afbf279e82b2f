package io.lockkeeper.adapter.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockkeeper.domain.doc.Problem;
import io.lockkeeper.domain.environment.ControlsSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `controls` of `clients`.
class ControlsYamlTest {
    private static final Path EXAMPLE = Path.of("environments/service.yaml");

    private static ControlsSpec read(String lines) throws IOException {
        var read = EnvironmentYaml.read("service.yaml", Files.readString(EXAMPLE) + lines);
        assertThat(read.problems()).isEmpty();
        return Objects.requireNonNull(read.file().orElseThrow().clients()).controls();
    }

    private static List<Problem> problems(String lines) throws IOException {
        return EnvironmentYaml.read("service.yaml", Files.readString(EXAMPLE) + lines).problems();
    }

    @Test
    void aListIsAskedInTheUsualWay() throws IOException {
        assertThat(read("  controls: [ \"https://intranet.example.org/\", \"tcp://10.0.0.1:53\" ]\n")).isEqualTo(
                new ControlsSpec(List.of("https://intranet.example.org/", "tcp://10.0.0.1:53"), Duration.ofSeconds(3),
                        Duration.ofSeconds(2), 100));
        assertThat(read("")).isEqualTo(ControlsSpec.NONE);
    }

    @Test
    void aBlockSaysHow() throws IOException {
        assertThat(read("""
                  controls:
                    targets: [ "tcp://[2001:db8::1]:53" ]
                    every: 5s
                    limit: 1s
                    failing: 60%
                """))
                .isEqualTo(new ControlsSpec(List.of("tcp://[2001:db8::1]:53"), Duration.ofSeconds(5), Duration.ofSeconds(1), 60));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            tcp://10.0.0.1          | must be tcp://host:port
            tcp://10.0.0.1:53/path  | must be tcp://host:port
            ftp://10.0.0.1          | is no address
            10.0.0.1:53             | is no address
            https://me:pw@10.0.0.1/ | holds a user or password
            http://127.0.0.1:7090/  | is the service's own front door
            https://a_b.example/    | is no address
            """)
    void whatCannotBeATargetIsRefusedWhereItStands(String target, String why) throws IOException {
        assertThat(problems("  controls: [ \"" + target + "\" ]\n")).singleElement().satisfies(problem -> {
            assertThat(problem.message()).contains(why);
            assertThat(problem.at().column()).isEqualTo(15);
            assertThat(problem.message()).doesNotContain("me:pw");
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            controls: []                                                    | names no target
            controls: { every: 2s }                                         | "targets" is missing
            controls: { targets: [ "tcp://a:1" ], every: 1m }               | at most 10s
            controls: { targets: [ "tcp://a:1" ], limit: 9s }               | at most 5s
            controls: { targets: [ "tcp://a:1" ], failing: 0% }             | at least 1%
            controls: { targets: [ "tcp://a:1" ], failng: 50% }             | unknown key
            controls: [ "tcp://a:1", "tcp://a:1" ]                          | a second time
            controls: yes                                                   | must be a list
            """)
    void whatElseIsWrongIsSaid(String line, String why) throws IOException {
        assertThat(problems("  " + line + "\n")).singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains(why));
    }

    @Test
    void aTargetOnThisComputerIsAWarningUnlessTheServiceIsThereToo() throws IOException {
        assertThat(problems("  controls: [ \"tcp://127.0.0.1:22\" ]\n")).isEmpty();
        var far = Files.readString(EXAMPLE).replace("ws://127.0.0.1:7090", "ws://chat.example.org")
                + "  controls: [ \"tcp://127.0.0.1:22\" ]\n";
        assertThat(EnvironmentYaml.read("service.yaml", far).problems()).singleElement().satisfies(problem -> {
            assertThat(problem.severity()).isEqualTo(Problem.Severity.WARNING);
            assertThat(problem.message()).contains("is on this computer");
        });
    }
}
