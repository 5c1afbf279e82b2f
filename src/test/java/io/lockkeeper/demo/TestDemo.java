package io.lockkeeper.demo;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A demo in this process with a client of its admin API.
final class TestDemo implements AutoCloseable {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final DemoService service;
    private final JsonNode file;
    private int ops;

    TestDemo(Path folder, int clients) throws IOException {
        service = DemoService.start(folder, 7, clients, Duration.ofMinutes(1));
        file = Json.parseObject(Files.readString(folder.resolve("demo.json")));
        within(10).until(() -> get("/v1/clients").path("connected").asInt() == clients);
    }

    static org.awaitility.core.ConditionFactory within(int seconds) {
        return await().atMost(Duration.ofSeconds(seconds)).pollInterval(Duration.ofMillis(20)).pollDelay(Duration.ZERO);
    }

    String field(String name) {
        return file.path(name).asString();
    }

    String ws(String node) {
        return file.path("nodes").path(node).path("ws").asString();
    }

    JsonNode get(String path) throws Exception {
        return MAPPER.readTree(text(path));
    }

    String text(String path) throws Exception {
        return send(request(path).GET()).body();
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return TestSession.HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(field("admin") + path)).header("Authorization", "Bearer " + field("token"));
    }

    HttpResponse<String> post(String path, String body, String op) throws Exception {
        return send(request(path).header("Lockkeeper-Op", op).header("Lockkeeper-Actor", "ada")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    /// Sends an order under an op id of its own.
    ///
    /// @return the status of the answer
    int order(String node, String verb, String body) throws Exception {
        return post("/v1/nodes/" + node + "/" + verb, body, "op-" + ++ops).statusCode();
    }

    void fault(String body) throws Exception {
        var answer = send(request("/v1/faults").POST(HttpRequest.BodyPublishers.ofString(body)));
        if (answer.statusCode() != 200) {
            throw new AssertionError(answer.body());
        }
    }

    JsonNode node(String name) throws Exception {
        return get("/v1/nodes/" + name);
    }

    Set<String> sessions(String node) throws Exception {
        var ids = new TreeSet<String>();
        get("/v1/nodes/" + node + "/sessions").forEach(session -> ids.add(session.path("session").asString()));
        return ids;
    }

    int client(String counter) throws Exception {
        return get("/v1/clients").path(counter).asInt();
    }

    @Override
    public void close() {
        service.close();
    }
}
