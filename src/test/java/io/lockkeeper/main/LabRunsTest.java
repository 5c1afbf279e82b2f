package io.lockkeeper.main;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Objects;
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
    private @Nullable LabTerminal started;

    @BeforeAll
    void startLab(@TempDir Path folder) throws Exception {
        started = new LabTerminal(folder);
    }

    @AfterAll
    void stopLab() {
        if (started != null) {
            started.close();
        }
    }

    private LabTerminal terminal() {
        return Objects.requireNonNull(started);
    }

    @Test
    @Order(1)
    void aVersionThatRefusesResumesIsHeldAtTheFirstNodeAndTheWayBackPutsItRight() {
        var result = terminal().run("run", "rolling-deploy", "--input", "version=bad", "--input", "deadline=1s", "--yes",
                "--stragglers",
                "close");
        assertThat(result.code()).as(result.out()).isEqualTo(1);
        assertThat(result.out()).contains("roll[ws-1]/resumes failed").doesNotContain("roll[ws-2]/drain begins");
        var back = terminal().run("rollback", "--reason", "it refuses resumes");
        assertThat(back.code()).as(back.out()).isZero();
        assertThat(back.out()).contains("rolled back");
        terminal().nobodyLostAnything();
    }

    @Test
    @Order(2)
    void theGracefulRestartMakesNewProcessesOfTheSameVersion() {
        var result = terminal().run("run", "graceful-restart", "--input", "nodes=ws-3", "--input", "deadline=1s", "--yes",
                "--stragglers",
                "close");
        assertThat(result.code()).as(result.out()).isZero();
        assertThat(result.out()).contains("ws-3 is a new process");
        terminal().nobodyLostAnything();
    }

    @Test
    @Order(3)
    void aDrainedNodeStaysDrainedAndTheOthersCarryItsClients() {
        var result = terminal().run("run", "drain-node", "--input", "node=ws-2", "--input", "deadline=1s", "--yes",
                "--stragglers", "close");
        assertThat(result.code()).as(result.out()).isZero();
        assertThat(terminal().lab.edge.runtime("show servers state ws_nodes")).contains("ws2 127.0.0.1 2 8 ");
        terminal().nobodyLostAnything();
        var verified = terminal().run("journal", "verify");
        assertThat(verified.out()).contains("intact");
    }
}
