package io.lockkeeper.main;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(90)
class ClientsCommandTest {
    @Test
    void theDemosClientsAreToldSecondBySecondAndInSum(@TempDir Path home) {
        var told = new Terminals(home).run("clients", "--env", "demo", "--for", "2s", "--sentinels", "4", "--cyclers", "0");

        assertThat(told.out()).contains("4 clients connect\n").contains("   2 s  4 of 4 connected")
                .containsPattern("connected +4 of 4\n").containsPattern("losses +0\n").containsPattern("outages +none\n")
                .containsPattern("messages +0 lost, 0 twice\n").containsPattern("own lag p99 +\\d");
        assertThat(told.code()).isZero();
    }

    @Test
    void anEnvironmentWithoutClientsAndAWrongDurationAreRefused(@TempDir Path home) throws Exception {
        var file = Files.writeString(home.resolve("plain.yaml"), """
                lockkeeper: 1
                environment: plain
                tier: sandbox
                nodes: { ws-1: {} }
                service: { url: "http://127.0.0.1:1", token: { file: token } }
                """);
        var none = new Terminals(home).run("clients", "--env", file.toString());
        var wrong = new Terminals(home).run("clients", "--env", file.toString(), "--for", "5");

        assertThat(none.out()).contains("has no section \"clients\"");
        assertThat(wrong.out()).contains("--for 5 is no duration; write it like 30s");
        assertThat(none.code()).isEqualTo(wrong.code()).isEqualTo(2);
    }
}
