package io.lockkeeper.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The admin HTTP API; `docs/admin-api.md` is its contract.
final class AdminApi {
    private static final Logger LOG = LoggerFactory.getLogger(AdminApi.class);
    private static final Pattern LINES = Pattern.compile("(?:^|&)lines=(\\d{1,4})(?:&|$)");
    private static final int LOG_LINES = 50;
    private static final int MOST = 1_000_000;

    private final DemoService service;
    private final BearerToken token;
    private final OpLedger ledger = new OpLedger();
    private final Faults faults = new Faults();
    private final HttpServer server;
    private volatile long lastAsked = System.nanoTime();

    AdminApi(DemoService service, BearerToken token) throws IOException {
        this.service = service;
        this.token = token;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
    }

    void start() {
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    /// `System.nanoTime()` of the last request with the right token.
    long lastAsked() {
        return lastAsked;
    }

    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        var authorization = exchange.getRequestHeaders().getFirst("Authorization");
        if (authorization == null || !token.admits(authorization)) {
            exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer");
            error(exchange, 401, "expected the header Authorization: Bearer <token>");
            return;
        }
        lastAsked = System.nanoTime();
        try {
            route(exchange, AdminCall.read(exchange));
        } catch (AdminRefusal e) {
            error(exchange, e.status(), String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            LOG.warn("{} {} failed", exchange.getRequestMethod(), exchange.getRequestURI().getPath(), e);
            error(exchange, 500, "the demo failed: " + e);
        }
    }

    private void route(HttpExchange exchange, AdminCall call) throws IOException {
        if (call.post()) {
            post(exchange, call);
        } else if (call.method().equals("GET")) {
            get(exchange, call);
        } else {
            throw new AdminRefusal(405, "expected GET or POST");
        }
    }

    private void get(HttpExchange exchange, AdminCall call) throws IOException {
        var view = service.view();
        exchange.getResponseHeaders().set("Lockkeeper-Feed", Long.toString(service.hub().last())); // before what it dates is read
        var path = call.path();
        if (path.size() == 4 && isNodes(path) && path.get(3).equals("log")) {
            text(exchange, "text/plain; charset=utf-8", String.join("\n", service.slot(path.get(2)).log(lines(call))) + "\n");
        } else if (String.join("/", path).equals("metrics")) {
            text(exchange, "text/plain; version=0.0.4", view.metrics());
        } else {
            json(exchange, 200, read(path, view));
        }
    }

    private Object read(List<String> path, ServiceView view) {
        if (path.size() >= 3 && isNodes(path)) {
            var slot = service.slot(path.get(2));
            if (path.size() == 3) {
                return view.node(slot);
            }
            if (path.size() == 4 && path.get(3).equals("sessions")) {
                return view.sessions(slot);
            }
        }
        return switch (String.join("/", path)) {
            case "v1/service" -> view.service();
            case "v1/nodes" -> view.nodes();
            case "v1/sessions" -> view.sessions();
            case "v1/ops" -> ledger.fields();
            case "v1/clients" -> service.clients().fields();
            case "v1/faults" -> faults.fields();
            default -> throw new AdminRefusal(404, "no such path; docs/admin-api.md lists them");
        };
    }

    private static boolean isNodes(List<String> path) {
        return path.get(0).equals("v1") && path.get(1).equals("nodes");
    }

    private static int lines(AdminCall call) {
        var match = LINES.matcher(call.query());
        return match.find() ? Integer.parseInt(match.group(1)) : LOG_LINES;
    }

    private void post(HttpExchange exchange, AdminCall call) throws IOException {
        var path = call.path();
        if (path.size() == 4 && isNodes(path)) {
            order(exchange, call, service.slot(path.get(2)), path.get(3));
            return;
        }
        switch (String.join("/", path)) {
            case "v1/faults" -> {
                fault(call);
                json(exchange, 200, faults.fields());
            }
            case "shutdown" -> {
                json(exchange, 202, Json.object("accepted", true));
                service.closeSoon();
            }
            default -> throw new AdminRefusal(404, "no such path; docs/admin-api.md lists them");
        }
    }

    private void order(HttpExchange exchange, AdminCall call, Slot slot, String verb) throws IOException {
        if (call.op().isEmpty() || call.actor().isEmpty()) {
            throw new AdminRefusal(400, "expected the headers Lockkeeper-Op: <op id> and Lockkeeper-Actor: <who>");
        }
        var work = service.verbs().prepare(call, slot, verb);
        if (!ledger.take(call.op(), call.actor(), call.reason(), verb, slot.name())) {
            throw new AdminRefusal(409, "op already taken");
        }
        try {
            if (faults.takeRefusal()) {
                throw new AdminRefusal(409, "refused, as a test asked for");
            }
            work.run();
        } catch (AdminRefusal e) {
            ledger.answered(call.op(), e.status());
            throw e;
        }
        faults.delay();
        if (faults.takeSwallow()) {
            exchange.close();
        } else {
            json(exchange, 202, Json.object("accepted", true, "op", call.op()));
        }
    }

    private void fault(AdminCall call) {
        if (call.body().isEmpty()) {
            throw new AdminRefusal(400, "expected one or more of swallowReplies, refuse, delayMillis, kill, balancer");
        }
        for (var name : call.body().propertyNames()) {
            switch (name) {
                case "swallowReplies" -> faults.swallowReplies(call.number(name, -1, 0, MOST));
                case "refuse" -> faults.refuse(call.number(name, -1, 0, MOST));
                case "delayMillis" -> faults.delayMillis(call.number(name, -1, 0, MOST));
                case "kill" -> service.slot(call.body().path(name).asString("")).kill("killed");
                case "balancer" -> service.reloadBalancer(call.body().path(name).asString(""));
                default -> throw new AdminRefusal(400,
                        "fault '" + name + "' is not known; expected swallowReplies, refuse, delayMillis, kill or balancer");
            }
        }
    }

    private static void error(HttpExchange exchange, int status, @Nullable String message) throws IOException {
        json(exchange, status, Json.object("error", message));
    }

    private static void json(HttpExchange exchange, int status, Object body) throws IOException {
        NodeHttp.send(exchange, status, "application/json", Json.text(body));
    }

    private static void text(HttpExchange exchange, String type, String body) throws IOException {
        NodeHttp.send(exchange, 200, type, body);
    }
}
