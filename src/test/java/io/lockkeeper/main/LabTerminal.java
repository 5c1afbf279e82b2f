package io.lockkeeper.main;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockkeeper.lab.Lab;
import io.lockkeeper.lab.LabClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;

/// A terminal before a real HAProxy and supervisord with three nodes and twelve clients.
final class LabTerminal implements AutoCloseable {
    final Lab lab;
    private final Path home;
    private final List<LabClient> clients = new ArrayList<>();

    LabTerminal(Path folder) throws IOException {
        lab = new Lab(folder);
        home = Files.createDirectory(folder.resolve("home"));
        for (int i = 0; i < 12; i++) {
            clients.add(new LabClient("ws://127.0.0.1:" + lab.edge.front + "/ws"));
        }
        Awaitility.await().atMost(Duration.ofSeconds(15)).until(this::allAreConnected);
    }

    private boolean allAreConnected() {
        return clients.stream().allMatch(LabClient::connected);
    }

    Terminals.Result run(String... arguments) {
        var all = new ArrayList<>(List.of(arguments));
        all.add("--env");
        all.add(lab.environmentFile().toString());
        return new Terminals(home).run(all.toArray(String[]::new));
    }

    void nobodyLostAnything() {
        Awaitility.await().atMost(Duration.ofSeconds(15)).until(this::allAreConnected);
        assertThat(clients).allSatisfy(client -> {
            assertThat(client.lostMessages()).isZero();
            assertThat(client.repeatedMessages()).isZero();
            assertThat(client.lostSessions()).isZero();
        });
    }

    @Override
    public void close() {
        clients.forEach(LabClient::close);
        lab.close();
    }
}
