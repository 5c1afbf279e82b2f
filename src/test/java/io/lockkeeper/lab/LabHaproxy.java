package io.lockkeeper.lab;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/// One real HAProxy, in master-worker mode, in front of the nodes.
public final class LabHaproxy implements AutoCloseable {
    public final String name;
    public final int front = Lab.freePort();
    public final int admin = Lab.freePort();
    public final int readOnly = Lab.freePort();
    public final int master = Lab.freePort();
    private final Path folder;
    private final List<String> nodes;
    private @Nullable Process process;

    /// @param ws port by node
    /// @param http port by node
    LabHaproxy(String name, Path folder, Map<String, Integer> ws, Map<String, Integer> http) throws IOException {
        this.name = name;
        this.folder = folder;
        this.nodes = List.copyOf(ws.keySet());
        var servers = new StringBuilder();
        ws.forEach((node, port) -> servers.append("  server ").append(Lab.server(node)).append(" 127.0.0.1:").append(port)
                .append(" check port ").append(http.get(node)).append(" inter 300ms fall 2 rise 1 weight 100\n"));
        Files.writeString(file(), """
                global
                  stats socket ipv4@127.0.0.1:%d level admin
                  stats socket ipv4@127.0.0.1:%d level user
                  stats socket %s mode 600 level admin
                  stats timeout 30s
                defaults
                  mode http
                  timeout connect 2s
                  timeout client 1h
                  timeout server 1h
                  timeout tunnel 1h
                frontend front
                  bind 127.0.0.1:%d
                  default_backend ws_nodes
                backend ws_nodes
                  balance leastconn
                  option httpchk GET /health
                %s""".formatted(admin, readOnly, socket(), front, servers));
    }

    private Path file() {
        return folder.resolve(name + ".cfg");
    }

    public Path socket() {
        return folder.resolve(name + ".sock");
    }

    /// Its line in an environment file.
    String inEnvironment() {
        return "  %s: { haproxy: \"tcp://127.0.0.1:%d\", master: \"tcp://127.0.0.1:%d\", backend: ws_nodes, servers: { %s } }%n"
                .formatted(
                        name, admin, master,
                        nodes.stream().map(node -> node + ": " + Lab.server(node)).collect(Collectors.joining(", ")));
    }

    /// Starts it and waits until every server is up.
    public void start() throws IOException {
        process = new ProcessBuilder("/usr/sbin/haproxy", "-W", "-S", "127.0.0.1:" + master, "-f", file().toString())
                .directory(folder.toFile()).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve(name + ".log").toFile())).start();
        awaitServing();
    }

    /// Every server is up.
    public void awaitServing() {
        Awaitility.await(name + " serves").atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(100)).until(() -> {
            var reply = runtime("show stat ws_nodes 4 -1");
            return nodes.stream().allMatch(node -> reply.lines()
                    .anyMatch(line -> line.startsWith("ws_nodes," + Lab.server(node) + ",") && line.contains(",UP,")));
        });
    }

    /// One command on the admin socket; empty when it does not answer.
    public String runtime(String command) {
        try (var connection = new Socket(InetAddress.getLoopbackAddress(), admin)) {
            connection.setSoTimeout(2000);
            connection.getOutputStream().write((command + "\n").getBytes(StandardCharsets.UTF_8));
            return new String(connection.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException _) {
            return "";
        }
    }

    public void reload() throws IOException, InterruptedException {
        var running = process;
        if (running != null) {
            new ProcessBuilder("kill", "-USR2", String.valueOf(running.pid())).start().waitFor();
        }
    }

    public void stop() throws InterruptedException {
        var running = process;
        if (running != null) {
            running.descendants().forEach(ProcessHandle::destroyForcibly);
            running.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        }
    }

    @Override
    public void close() {
        try {
            stop();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
