package io.lockkeeper.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Executors;

/// What a node says of itself over HTTP: `/health`, `/info`, `/connections`, `/metrics`.
final class NodeHttp {
    private final HttpServer server;
    private final NodeServer node;

    NodeHttp(int port, NodeServer node) throws IOException {
        this.node = node;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        switch (exchange.getRequestURI().getPath()) {
            case "/health" -> json(exchange, node.ready() ? 200 : 503, Json.object("status", node.ready() ? "UP" : "DOWN"));
            case "/info" -> json(exchange, 200, Json.object("app", info(node.identity())));
            case "/connections" -> json(exchange, 200, Json.object("open", node.connections()));
            case "/metrics" ->
                send(exchange, 200, "text/plain; version=0.0.4", NodeMetrics.exposition(List.of(node.metrics(""))));
            default -> json(exchange, 404, Json.object("error", "expected /health, /info, /connections or /metrics"));
        }
    }

    private static Object info(NodeIdentity identity) {
        return Json.object("node", identity.name(), "version", identity.version().word(), "environment", identity.environment(),
                "instance",
                identity.instance(), "startedAt", identity.startedAt().toString());
    }

    private static void json(HttpExchange exchange, int status, Object body) throws IOException {
        send(exchange, status, "application/json", Json.text(body));
    }

    static void send(HttpExchange exchange, int status, String type, String body) throws IOException {
        try (exchange) {
            var bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }
}
