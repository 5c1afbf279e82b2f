package io.lockkeeper.main;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockkeeper.lab.Lab;
import io.lockkeeper.lab.LabClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The shipped runbooks from the terminal on a real HAProxy and supervisord with real nodes and clients, one after the other.
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(180)
class LabRunsTest {
    private @Nullable Lab started;
    private @Nullable Path home;
    private final List<LabClient> clients = new ArrayList<>();

    @BeforeAll
    void startLab(@TempDir Path folder) throws Exception {
        var lab = new Lab(folder);
        started = lab;
        home = Files.createDirectory(folder.resolve("home"));
        for (int i = 0; i < 12; i++) {
            clients.add(new LabClient("ws://127.0.0.1:" + lab.edge.front + "/ws"));
        }
        Awaitility.await().atMost(Duration.ofSeconds(15)).until(() -> clients.stream().allMatch(LabClient::connected));
    }

    @AfterAll
    void stopLab() {
        clients.forEach(LabClient::close);
        if (started != null) {
            started.close();
        }
    }

    private Terminals.Result run(String... arguments) {
        var all = new ArrayList<>(List.of(arguments));
        all.add("--env");
        all.add(Objects.requireNonNull(started).environmentFile().toString());
        return new Terminals(Objects.requireNonNull(home)).run(all.toArray(String[]::new));
    }

    private void nobodyLostAnything() {
        Awaitility.await().atMost(Duration.ofSeconds(15)).until(() -> clients.stream().allMatch(LabClient::connected));
        assertThat(clients).allSatisfy(client -> {
            assertThat(client.lostMessages()).isZero();
            assertThat(client.repeatedMessages()).isZero();
            assertThat(client.lostSessions()).isZero();
        });
    }

    @Test
    @Order(1)
    void theRollingDeployEndsWithEveryNodeOnTheNewVersionAndNoMessageLost() {
        var result = run("run", "rolling-deploy", "--input", "version=v2", "--input", "deadline=1s", "--yes", "--stragglers",
                "close");
        assertThat(result.code()).as(result.out()).isZero();
        assertThat(result.out()).contains("proved by count").contains("known good from now on");
        nobodyLostAnything();
    }

    @Test
    @Order(2)
    void aVersionThatRefusesResumesIsHeldAtTheFirstNodeAndTheWayBackPutsItRight() {
        var result = run("run", "rolling-deploy", "--input", "version=bad", "--input", "deadline=1s", "--yes", "--stragglers",
                "close");
        assertThat(result.code()).as(result.out()).isEqualTo(1);
        assertThat(result.out()).contains("roll[ws-1]/resumes failed").doesNotContain("roll[ws-2]/drain begins");
        var back = run("rollback", "--reason", "it refuses resumes");
        assertThat(back.code()).as(back.out()).isZero();
        assertThat(back.out()).contains("rolled back");
        nobodyLostAnything();
    }

    @Test
    @Order(3)
    void theGracefulRestartMakesNewProcessesOfTheSameVersion() {
        var result = run("run", "graceful-restart", "--input", "nodes=ws-3", "--input", "deadline=1s", "--yes", "--stragglers",
                "close");
        assertThat(result.code()).as(result.out()).isZero();
        assertThat(result.out()).contains("ws-3 is a new process");
        nobodyLostAnything();
    }

    @Test
    @Order(4)
    void aDrainedNodeStaysDrainedAndTheOthersCarryItsClients() {
        var result = run("run", "drain-node", "--input", "node=ws-2", "--input", "deadline=1s", "--yes", "--stragglers", "close");
        assertThat(result.code()).as(result.out()).isZero();
        assertThat(Objects.requireNonNull(started).edge.runtime("show servers state ws_nodes")).contains("ws2 127.0.0.1 2 8 ");
        nobodyLostAnything();
        var verified = run("journal", "verify");
        assertThat(verified.out()).contains("intact");
    }
}
