package io.lockkeeper.lab;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lockkeeper.demo.Ports;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/// A real site on loopback: HAProxy in front of three WebSocket nodes under supervisord, with the environment file for it.
public final class Lab implements AutoCloseable {
    public static final List<String> NODES = List.of("ws-1", "ws-2", "ws-3");
    public static final String PASSWORD = "lab-secret-7";
    private static final List<String> VERSIONS = List.of("v1", "v2", "bad", "slow", "loss", "crash");

    public final Path folder;
    public final Map<String, Integer> ws = new LinkedHashMap<>();
    public final Map<String, Integer> http = new LinkedHashMap<>();
    public final LabHaproxy edge;
    public final int supervisor = freePort();
    private final int stopWait;
    private final int crashAfter;
    private final Process supervisord;
    private final List<Process> started = new ArrayList<>();
    private final List<LabHaproxy> balancers = new ArrayList<>();

    public Lab(Path folder) throws IOException {
        this(folder, 10);
    }

    /// @param stopWait seconds that supervisord gives a process to stop before it kills it
    public Lab(Path folder, int stopWait) throws IOException {
        this(folder, stopWait, 1500);
    }

    /// @param crashAfter milliseconds that version `crash` lives
    Lab(Path folder, int stopWait, int crashAfter) throws IOException {
        this.stopWait = stopWait;
        this.crashAfter = crashAfter;
        assumeTrue(Files.isExecutable(Path.of("/usr/sbin/haproxy")), "haproxy is not installed (apt install haproxy)");
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/supervisord")), "supervisord is not installed (apt install supervisor)");
        this.folder = folder;
        for (var node : NODES) {
            ws.put(node, freePort());
            http.put(node, freePort());
        }
        edge = new LabHaproxy("edge", folder, ws, http);
        balancers.add(edge);
        Files.writeString(folder.resolve("supervisord.conf"), supervisorConfiguration());
        Files.writeString(folder.resolve("lab.yaml"), environment());
        var password = folder.resolve("password");
        Files.writeString(password, PASSWORD + "\n");
        Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-------"));
        supervisord = start("supervisord", "/usr/bin/supervisord", "-n", "-c", folder.resolve("supervisord.conf").toString());
        try {
            for (var node : NODES) {
                awaitReady(node);
            }
            edge.start();
        } catch (IOException | RuntimeException | AssertionError e) {
            close(); // nobody else can
            throw e;
        }
    }

    public static int freePort() {
        try {
            return Ports.free();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private Process start(String name, String... command) throws IOException {
        var process = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve(name + ".log").toFile())).start();
        started.add(process);
        return process;
    }

    public static String server(String node) {
        return node.replace("-", "");
    }

    private String supervisorConfiguration() {
        var text = new StringBuilder("""
                [supervisord]
                nodaemon=true
                logfile=%s/supervisord-main.log
                pidfile=%s/supervisord.pid
                childlogdir=%s
                [inet_http_server]
                port=127.0.0.1:%d
                username=lk
                password=%s
                [rpcinterface:supervisor]
                supervisor.rpcinterface_factory = supervisor.rpcinterface:make_main_rpcinterface
                """.formatted(folder, folder, folder, supervisor, PASSWORD));
        var java = Path.of(System.getProperty("java.home"), "bin", "java");
        for (var node : NODES) {
            for (var version : VERSIONS) {
                text.append(
                        """
                                [program:%s-%s]
                                command=%s -Xmx48m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp %s io.lockkeeper.demo.NodeProcess --name %s --ws-port %d --http-port %d --version %s --crash-after %d --environment lab --log %s/%s.sessions
                                autostart=%s
                                autorestart=unexpected
                                startsecs=1
                                stopwaitsecs=%d
                                """
                                .formatted(server(node), version, java, System.getProperty("java.class.path"), node, ws.get(node),
                                        http.get(node),
                                        version, crashAfter, folder, node, version.equals("v1"), stopWait));
            }
            text.append("[group:%s]%nprograms=%s%n".formatted(server(node),
                    String.join(",", VERSIONS.stream().map(version -> server(node) + "-"
                            + version).toList())));
        }
        return text.toString();
    }

    private String environment() {
        var nodes = new StringBuilder();
        NODES.forEach(node -> nodes.append("  ").append(node).append(": { values: { ws: ").append(ws.get(node)).append(", http: ")
                .append(http.get(node)).append(" } }\n"));
        var inFront = balancers.stream().map(LabHaproxy::inEnvironment).collect(Collectors.joining());
        return """
                lockkeeper: 1
                environment: lab
                tier: staging
                versions: [v1, v2, bad, slow, loss, crash]
                nodes:
                %sbalancers:
                %slifecycle:
                  supervisor: http://127.0.0.1:%d/RPC2
                  user: lk
                  password: { file: password }
                  groups: { ws-1: ws1, ws-2: ws2, ws-3: ws3 }
                  settles: 20s
                view:
                  ready:       { url: "http://127.0.0.1:{http}/health", pointer: /status, is: UP }
                  version:     { url: "http://127.0.0.1:{http}/info", pointer: /app/version }
                  instance:    { url: "http://127.0.0.1:{http}/info", pointer: /app/instance }
                  startedAt:   { url: "http://127.0.0.1:{http}/info", pointer: /app/startedAt }
                  environment: { url: "http://127.0.0.1:{http}/info", pointer: /app/environment }
                  name:        { url: "http://127.0.0.1:{http}/info", pointer: /app/node }
                  connections: { url: "http://127.0.0.1:{http}/connections", pointer: /open }
                probe: { url: "ws://127.0.0.1:{ws}/ws" }
                """
                .formatted(nodes, inFront, supervisor);
    }

    public Path environmentFile() {
        return folder.resolve("lab.yaml");
    }

    public void awaitReady(String node) {
        Awaitility.await(node + " ready").atMost(Duration.ofSeconds(90)).pollInterval(Duration.ofMillis(100))
                .until(() -> healthy(node));
    }

    /// The process of a node, alive or stopped in its tracks.
    public long pid(String node) {
        return supervisord.descendants().mapToLong(ProcessHandle::pid)
                .filter(pid -> commandLine(pid).contains("\0--name\0" + node + "\0"))
                .findFirst().orElseThrow(() -> new IllegalStateException("no process of " + node));
    }

    /// As the kernel has it: Java's own view of another process ends after a page, and a class path is longer.
    private static String commandLine(long pid) {
        try {
            return Files.readString(Path.of("/proc", String.valueOf(pid), "cmdline"));
        } catch (IOException _) {
            return ""; // it has ended
        }
    }

    /// @param signal its name, e.g. `STOP`
    public void signal(String signal, long pid) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + signal, String.valueOf(pid)).start().waitFor();
    }

    /// supervisord begins anew: it stops every node and starts what starts by itself.
    public void restartSupervisor() throws IOException, InterruptedException {
        signal("HUP", supervisord.pid());
    }

    /// What a node says of itself, read directly; empty when it does not answer.
    public String says(String node) {
        try {
            var connection = (HttpURLConnection) URI.create("http://127.0.0.1:" + http.get(node) + "/info").toURL()
                    .openConnection();
            connection.setConnectTimeout(500);
            connection.setReadTimeout(500);
            try (var in = connection.getInputStream()) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
        } catch (IOException _) {
            return "";
        }
    }

    private boolean healthy(String node) {
        try {
            var connection = (HttpURLConnection) URI.create("http://127.0.0.1:" + http.get(node) + "/health").toURL()
                    .openConnection();
            connection.setConnectTimeout(500);
            connection.setReadTimeout(500);
            return connection.getResponseCode() == 200;
        } catch (IOException _) {
            return false;
        }
    }

    /// Puts one more HAProxy in front of the same nodes and writes the environment file anew.
    public LabHaproxy addBalancer(String name) throws IOException {
        var next = new LabHaproxy(name, folder, ws, http);
        balancers.add(next);
        next.start();
        Files.writeString(environmentFile(), environment());
        return next;
    }

    @Override
    public void close() {
        balancers.forEach(LabHaproxy::close);
        for (var process : started.reversed()) {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
        }
        for (var process : started) {
            try {
                if (!process.waitFor(8, TimeUnit.SECONDS)) {
                    process.descendants().forEach(ProcessHandle::destroyForcibly);
                    process.destroyForcibly();
                }
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
