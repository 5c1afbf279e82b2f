package io.lockkeeper.adapter.prometheus;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.lockkeeper.domain.metrics.Ask;
import io.lockkeeper.domain.metrics.Selector;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// A real HTTP server for pages of a test.
final class Pages implements AutoCloseable {
    interface Handler {
        void on(HttpExchange exchange) throws IOException;
    }

    final List<String> asked = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;

    Pages() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    String url(String path) {
        return "http://127.0.0.1:" + port() + path;
    }

    void on(String path, Handler handler) {
        server.createContext(path, exchange -> {
            try (exchange) {
                asked.add(exchange.getRequestHeaders().getFirst("Accept") + " "
                        + new String(exchange.getRequestBody().readAllBytes(),
                                StandardCharsets.UTF_8));
                handler.on(exchange);
            }
        });
    }

    void on(String path, int status, String type, String body) {
        on(path, exchange -> {
            exchange.getResponseHeaders().add("Content-Type", type);
            var bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        });
    }

    static Ask series(String selector) {
        try {
            return new Ask.Series(Selector.parse(selector));
        } catch (Selector.Unreadable e) {
            throw new IllegalArgumentException(e);
        }
    }

    static List<Ask> all(String... selectors) {
        var asks = new ArrayList<Ask>();
        for (var selector : selectors) {
            asks.add(series(selector));
        }
        return asks;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
