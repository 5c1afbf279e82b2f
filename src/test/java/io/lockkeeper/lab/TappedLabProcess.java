package io.lockkeeper.lab;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// A lab with a [Tap] in front of its HAProxy and no clients, as a process of its own, for acceptance: commands come in as lines, answers go out
/// as lines, and it ends with its input. Argument: a folder; the tap writes `tap.jsonl` there, each node `NODE.sessions`.
public final class TappedLabProcess {
    /// Long enough for clients to come there.
    private static final int CRASH_AFTER_MILLIS = 4000;

    private TappedLabProcess() {}

    public static void main(String[] arguments) throws Exception {
        var folder = Files.createDirectories(Path.of(arguments[0]));
        try (var lab = new Lab(folder, 10, CRASH_AFTER_MILLIS);
                var tap = new Tap(lab.edge.front, folder.resolve("tap.jsonl"));
                var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            System.out.println("ready " + lab.environmentFile() + " " + tap.port() + " " + lab.supervisor);
            for (var line = in.readLine(); line != null; line = in.readLine()) {
                System.out.println(answer(lab, line.split(" ", 2)));
            }
        }
        System.exit(0);
    }

    private static String answer(Lab lab, String[] words) throws Exception {
        switch (words[0]) {
            case "stop-haproxy" -> lab.edge.stop();
            case "start-haproxy" -> lab.edge.start();
            case "serving" -> lab.edge.awaitServing();
            case "up" -> {
                return String.valueOf(lab.edge.runtime("show stat ws_nodes 4 -1").lines()
                        .anyMatch(line -> line.startsWith("ws_nodes," + words[1] + ",") && line.contains(",UP,")));
            }
            case "pid" -> {
                return String.valueOf(lab.pid(words[1]));
            }
            default -> throw new IllegalArgumentException("unknown command " + words[0]);
        }
        return "done";
    }
}
