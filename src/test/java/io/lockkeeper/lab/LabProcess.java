package io.lockkeeper.lab;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The lab as a process of its own, for acceptance: commands come in as lines, answers go out as lines, and it ends with its input.
/// Arguments: a folder; with a second one, the seconds that a stop may take, the environment file leads through faulty wires.
public final class LabProcess {
    private LabProcess() {}

    public static void main(String[] arguments) throws Exception {
        var folder = Files.createDirectories(Path.of(arguments[0]));
        var clients = new ArrayList<LabClient>();
        boolean faulty = arguments.length > 1;
        try (var lab = faulty ? new Lab(folder, Integer.parseInt(arguments[1])) : new Lab(folder);
                var wires = faulty ? new LabWires(lab) : null;
                var in = new BufferedReader(new InputStreamReader(System.in,
                        StandardCharsets.UTF_8))) {
            for (int i = 0; i < 12; i++) {
                clients.add(new LabClient("ws://127.0.0.1:" + lab.edge.front + "/ws"));
            }
            System.out.println(
                    "ready " + lab.environmentFile() + " " + lab.edge.admin + " " + lab.edge.readOnly + " " + lab.edge.master);
            for (var line = in.readLine(); line != null; line = in.readLine()) {
                System.out.println(switch (line) {
                    case "stop-haproxy" -> {
                        lab.edge.stop();
                        yield "done";
                    }
                    case "start-haproxy" -> {
                        lab.edge.start();
                        yield "done";
                    }
                    case "reload-haproxy" -> {
                        lab.edge.reload();
                        yield "done";
                    }
                    case "clients" -> clients(clients);
                    default -> wires == null ? "unknown command" : new WireCommands(lab, wires).answer(line);
                });
            }
        } finally {
            clients.forEach(LabClient::close);
        }
        System.exit(0);
    }

    private static String clients(List<LabClient> clients) throws InterruptedException {
        for (int i = 0; i < 100 && !clients.stream().allMatch(LabClient::connected); i++) {
            TimeUnit.MILLISECONDS.sleep(100);
        }
        return clients.stream().filter(LabClient::connected).count() + " connected, "
                + clients.stream().mapToLong(LabClient::lostMessages).sum() + " messages lost, "
                + clients.stream().mapToLong(LabClient::repeatedMessages).sum() + " repeated, "
                + clients.stream().mapToLong(LabClient::lostSessions).sum() + " sessions lost";
    }
}
