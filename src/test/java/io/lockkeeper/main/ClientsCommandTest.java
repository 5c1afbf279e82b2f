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
    void whatTheyMetIsRecordedForAReplay(@TempDir Path home) throws Exception {
        var file = home.resolve("met.jsonl");
        var told = new Terminals(home).run("clients", "--env", "demo", "--for", "1s", "--sentinels", "3", "--cyclers", "0",
                "--record",
                file.toString());
        var again = new Terminals(home).run("clients", "--env", "demo", "--for", "1s", "--record", file.toString());
        var replay = new Terminals(home).run("triggers", "replay", file.toString());

        assertThat(told.code()).isZero();
        var met = Files.readAllLines(file);
        assertThat(met).filteredOn(line -> line.contains("\"role\":\"SENTINEL\"")).hasSize(6)
                .allMatch(line -> line.matches(".*\"type\":\"(Opened|Left)\".*"));
        assertThat(met).filteredOn(line -> line.contains("\"client\":\"probe-ws-2\"")).extracting(line -> line.split("\"", -1)[3])
                .doesNotHaveDuplicates();
        assertThat(again.out()).contains(file + " is there already");
        assertThat(again.code()).isEqualTo(2);
        assertThat(replay.code()).isZero();
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
