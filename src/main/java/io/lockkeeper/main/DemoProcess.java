package io.lockkeeper.main;

import io.lockkeeper.cli.Desk.Unusable;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The demo service in a process of its own: found where it runs, started where it does not. It outlives a console that is killed.
final class DemoProcess {
    /// A ^C goes to every process of the terminal, also to those that are to outlive the console; a JVM leaves alone what it finds ignored.
    private static final String DEAF = "trap '' INT HUP; exec \"$0\" \"$@\"";
    private static final Duration START = Duration.ofSeconds(20);
    private final Path folder;
    private boolean startedHere;

    /// Made when a demo is looked for: both take a tenth of a second, and most commands look for none.
    private static final class OnDemand {
        static final JsonMapper JSON = JsonMapper.builder().build();
        static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(2)).build();
    }

    DemoProcess(Path folder) {
        this.folder = folder;
    }

    /// What the running demo wrote down about itself.
    JsonNode attach() throws Unusable, InterruptedException {
        var running = running();
        if (running.isPresent()) {
            return running.get();
        }
        Folders.create(folder);
        var log = folder.resolve("demo.log").toFile();
        try {
            var child = new ProcessBuilder("/bin/sh", "-c", DEAF,
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx160m",
                    "-XX:+UseSerialGC",
                    "-cp", System.getProperty("java.class.path"), "io.lockkeeper.demo.DemoService", "--data", folder.toString())
                    .redirectErrorStream(true).redirectOutput(log).start();
            startedHere = true;
            return awaitReady(child);
        } catch (IOException e) {
            throw new Unusable("the demo cannot be started: " + e.getMessage());
        }
    }

    private JsonNode awaitReady(Process child) throws Unusable, InterruptedException {
        long until = System.nanoTime() + START.toNanos();
        while (System.nanoTime() < until) {
            var running = running();
            if (running.isPresent()) {
                return running.get();
            }
            if (child.waitFor(50, TimeUnit.MILLISECONDS) && child.exitValue() != 2) { // 2: another one got there first
                throw new Unusable(
                        "the demo ended with " + child.exitValue() + " while starting; see " + folder.resolve("demo.log"));
            }
        }
        throw new Unusable("the demo did not start within " + START.toSeconds() + " s; see " + folder.resolve("demo.log"));
    }

    /// Alive, and answering to its token.
    private Optional<JsonNode> running() throws InterruptedException {
        try {
            var file = folder.resolve("demo.json");
            if (!Files.exists(file)) {
                return Optional.empty();
            }
            var demo = OnDemand.JSON.readTree(Files.readString(file));
            boolean alive = ProcessHandle.of(demo.path("pid").asLong(-1)).map(ProcessHandle::isAlive).orElse(false);
            return alive && send(demo, "GET", "/v1/service") == 200 ? Optional.of(demo) : Optional.empty();
        } catch (IOException | JacksonException | IllegalArgumentException _) {
            return Optional.empty(); // half written, or of a demo that is gone
        }
    }

    private int send(JsonNode demo, String method, String path) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(demo.path("admin").asString() + path)).timeout(Duration.ofSeconds(2))
                .header("Authorization", "Bearer " + demo.path("token").asString())
                .method(method, HttpRequest.BodyPublishers.noBody()).build();
        return OnDemand.HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    boolean startedHere() {
        return startedHere;
    }

    void stop() {
        try {
            var running = running();
            if (running.isPresent()) {
                send(running.get(), "POST", "/shutdown");
            }
        } catch (IOException _) {
            // it ends by itself when nobody asks for it any more
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
