package io.lockkeeper.lab;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The installed Prometheus and Alertmanager on free ports of this computer, which read and evaluate once a second.
public final class PrometheusLab implements AutoCloseable {
    private final Path folder;
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<Process> processes = new ArrayList<>();
    private final int port = freePort();
    private final int alertmanagerPort = freePort();

    public PrometheusLab(Path folder) {
        this.folder = folder;
    }

    public String prometheus() {
        return "http://127.0.0.1:" + port;
    }

    public String alertmanager() {
        return "http://127.0.0.1:" + alertmanagerPort;
    }

    /// @param target `host:port` that is read
    public void start(String target, Path rules) throws IOException {
        write(target, rules, false);
        Files.writeString(folder.resolve("alertmanager.yaml"), "route: { receiver: nobody }\nreceivers: [ { name: nobody } ]\n");
        begin("prometheus", "--config.file=" + folder.resolve("prometheus.yaml"),
                "--storage.tsdb.path=" + folder.resolve("tsdb"), "--web.listen-address=127.0.0.1:" + port,
                "--web.enable-lifecycle", "--log.level=warn");
        begin("prometheus-alertmanager", "--config.file=" + folder.resolve("alertmanager.yaml"),
                "--storage.path=" + folder.resolve("am"), "--web.listen-address=127.0.0.1:" + alertmanagerPort,
                "--cluster.listen-address=", "--log.level=warn");
        for (var address : List.of(prometheus(), alertmanager())) {
            Awaitility.await(address).atMost(Duration.ofSeconds(40)).ignoreExceptions()
                    .until(() -> status(address + "/-/ready") == 200);
        }
    }

    /// From now on Prometheus hands its alerts to the Alertmanager.
    public void connect(String target, Path rules) throws IOException, InterruptedException {
        write(target, rules, true);
        http.send(
                HttpRequest.newBuilder(URI.create(prometheus() + "/-/reload")).POST(HttpRequest.BodyPublishers.noBody()).build(),
                BodyHandlers.discarding());
        Awaitility.await("alertmanager known").atMost(Duration.ofSeconds(20))
                .until(() -> !get("/api/v1/alertmanagers").at("/data/activeAlertmanagers").isEmpty());
    }

    private void write(String target, Path rules, boolean connected) throws IOException {
        Files.writeString(folder.resolve("prometheus.yaml"), """
                global: { scrape_interval: 1s, evaluation_interval: 1s }
                rule_files: [ "%s" ]
                scrape_configs:
                  - job_name: lockkeeper
                    static_configs: [ { targets: [ "%s" ] } ]
                """.formatted(rules, target) + (connected
                ? "alerting: { alertmanagers: [ { static_configs: [ { targets: [ \"127.0.0.1:" + alertmanagerPort
                        + "\" ] } ] } ] }\n"
                : ""));
    }

    private void begin(String... command) throws IOException {
        processes.add(new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(folder.resolve(command[0] + ".log").toFile()).start());
    }

    private int status(String address) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.discarding()).statusCode();
    }

    public JsonNode get(String path) throws IOException, InterruptedException {
        var answer = http.send(HttpRequest.newBuilder(URI.create(prometheus() + path)).build(), BodyHandlers.ofString());
        return JsonMapper.builder().build().readTree(answer.body());
    }

    /// The answer to a query, as Prometheus gives it.
    public JsonNode query(String expression) throws IOException, InterruptedException {
        return get("/api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8));
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        http.close();
        processes.forEach(Process::destroy);
        processes.forEach(process -> process.onExit().completeOnTimeout(process, 5, TimeUnit.SECONDS).join());
        processes.forEach(Process::destroyForcibly);
    }
}
