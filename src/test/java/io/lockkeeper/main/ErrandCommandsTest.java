package io.lockkeeper.main;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockkeeper.Promise;
import io.lockkeeper.cli.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Commands and calls from the command line, on the running demo: a script of this machine, and the demo's own interface over HTTP.
@DisabledOnOs(OS.WINDOWS)
@Timeout(120)
class ErrandCommandsTest {
    private static final Terminal.Means PERSON = new Terminal.Means(true, false, false);
    private static final String FILE = """
            lockkeeper: 1
            environment: demo
            tier: sandbox
            versions: [v1, v2]
            nodes:
            NODESservice: { url: "ADMIN", feed: "FEED", token: { file: token }, balancer: front }
            probe: { url: "{ws}" }
            commands:
              flush: { run: [ ./flush.sh, $node ], secrets: { TOKEN: { file: token } }, settlesWithin: 1s }
              left: { run: [ ./left.sh ] }
            calls:
              halve: { method: POST, url: "ADMIN/v1/nodes/{node}/share", auth: { bearer: { file: token } }, headers: { Content-Type: application/json }, body: "{\\"percent\\":50}" }
              node: { method: GET, url: "ADMIN/v1/nodes/{node}", auth: { bearer: { file: token } } }
            """;
    private static final String RUNBOOK = """
            lockkeeper: 1
            id: errands
            title: Flush and halve
            inputs:
              node: { type: node }
            wayBack: { runbook: rollback, with: { nodes: $node } }
            steps:
              - { id: flush, action: Flush it, do: command, command: flush, node: $node, deadline: 20s, confirm: { command: left, prints: "0" } }
              - { id: halve, action: Halve its share, do: http, call: halve, node: $node, confirm: { call: node, json: /weight, is: "50" } }
              - { id: look, action: Flush it again, do: command, command: flush, node: $node, confirm: { person: Is the page empty? } }
            """;

    private final Path home;

    ErrandCommandsTest(@TempDir Path home) {
        this.home = home;
    }

    private Path demo() {
        return home.resolve("demo");
    }

    private void script(String name, String text) throws IOException {
        var file = demo().resolve(name);
        Files.writeString(file, "#!/bin/sh\n" + text + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }

    private static String wayBack(Path home) throws IOException {
        try (var files = Files.walk(home)) {
            return Files.readString(
                    files.filter(file -> file.getFileName().toString().startsWith("wayback-")).findFirst().orElseThrow());
        }
    }

    @Test
    @Promise(1)
    void aRunOfThemEndsWellOnlyWhenTheirEffectsWereSeenAndAPersonSaidWhatTheySaw() throws Exception {
        var process = new DemoProcess(demo());
        var running = process.attach();
        try {
            var terminals = new Terminals(home);
            var environment = demo().resolve("with-errands.yaml");
            Files.writeString(environment, file(running));
            OwnerFile.write(demo().resolve("token"), running.path("token").asString() + "\n");
            var runbooks = Files.createDirectories(home.resolve("config/runbooks"));
            Files.writeString(runbooks.resolve("errands.yaml"), RUNBOOK);
            script("flush.sh", "echo \"$1 $LOCKKEEPER_OP\" >> ran; echo 0 > entries; echo $TOKEN");
            script("left.sh", "cat entries 2>/dev/null || echo 7");
            var token = running.path("token").asString();

            assertThat(terminals.run("lint", "--env", environment.toString(), runbooks.resolve("errands.yaml").toString()).out())
                    .contains("the way back does not undo \"Flush it\", \"Halve its share\", \"Flush it again\"");
            var dry = terminals.run("run", "errands", "--env", environment.toString(), "--input", "node=ws-2", "--dry-run");
            assertThat(dry.code()).as(dry.out()).isZero();
            assertThat(dry.out()).contains("./flush.sh ws-2").contains("# read back: left prints \"0\"").doesNotContain(token);
            assertThat(demo().resolve("ran")).as("nothing was run").doesNotExist();
            var result = terminals.on(PERSON).typing("y\ny\ny\ny the page shows nothing\n").run("run", "errands", "--env",
                    environment.toString(), "--actor", "kim", "--guided", "--input", "node=ws-2");

            assertThat(result.out()).contains("note: if it has to go back: what \"Flush it\" did is not undone by that")
                    .contains("Run flush for ws-2: TOKEN=\"$(cat token)\" ./flush.sh ws-2? [y]es")
                    .contains("left prints \"0\"", "node says \"50\" at /weight", "Is the page empty?")
                    .doesNotContain(token);
            assertThat(result.code()).as(result.out()).isZero();
            assertThat(Files.readAllLines(demo().resolve("ran"))).hasSize(2).allMatch(line -> line.startsWith("ws-2 errands-"));
            var paper = wayBack(home);
            assertThat(paper).contains("Nothing here undoes what these steps of the run did").doesNotContain(token);
        } finally {
            process.stop();
        }
    }

    private static String file(JsonNode running) {
        var nodes = new StringBuilder();
        running.path("nodes").propertyStream().forEach(node -> nodes.append("  ").append(node.getKey())
                .append(": { values: { ws: \"").append(node.getValue().path("ws").asString()).append("\" } }\n"));
        return FILE.replace("NODES", nodes).replace("ADMIN", running.path("admin").asString()).replace("FEED",
                running.path("feed").asString());
    }
}
