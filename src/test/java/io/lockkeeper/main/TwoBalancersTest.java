package io.lockkeeper.main;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockkeeper.lab.Lab;
import io.lockkeeper.lab.LabClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The same nodes behind two real HAProxies, each with its own clients: a node is out only when it is out at both.
@Timeout(120)
class TwoBalancersTest {
    @Test
    void aNodeIsDrainedAndReturnedAtBoth(@TempDir Path folder) throws Exception {
        var home = Files.createDirectory(folder.resolve("home"));
        var clients = new ArrayList<LabClient>();
        try (var lab = new Lab(folder)) {
            var west = lab.addBalancer("west");
            for (int i = 0; i < 6; i++) {
                clients.add(new LabClient("ws://127.0.0.1:" + lab.edge.front + "/ws"));
                clients.add(new LabClient("ws://127.0.0.1:" + west.front + "/ws"));
            }
            Awaitility.await().atMost(Duration.ofSeconds(15)).until(() -> clients.stream().allMatch(LabClient::connected));
            var file = lab.environmentFile().toString();

            var drained = new Terminals(home).run("run", "drain-node", "--env", file, "--input", "node=ws-2", "--input",
                    "deadline=1s", "--yes", "--stragglers", "close");
            assertThat(drained.code()).as(drained.out()).isZero();
            assertThat(drained.out()).contains("edge has ws-2 drained", "west has ws-2 drained",
                    "proved by count: edge 0, west 0");
            assertThat(lab.edge.runtime("show servers state ws_nodes")).contains("ws2 127.0.0.1 2 8 ");
            assertThat(west.runtime("show servers state ws_nodes")).contains("ws2 127.0.0.1 2 8 ");

            var returned = new Terminals(home).run("run", "return-node", "--env", file, "--input", "node=ws-2", "--yes");
            assertThat(returned.code()).as(returned.out()).isZero();
            assertThat(returned.out()).contains("edge has ws-2 enabled", "west has ws-2 enabled");

            Awaitility.await().atMost(Duration.ofSeconds(15)).until(() -> clients.stream().allMatch(LabClient::connected));
            assertThat(clients).allSatisfy(client -> assertThat(client.lostMessages() + client.lostSessions()).isZero());
        } finally {
            clients.forEach(LabClient::close);
        }
    }
}
