package io.lockkeeper.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The whole demo in one process: three nodes, a balancer, the admin API, the event feed and the clients, all on loopback.
///
/// `--data DIR [--seed 7] [--clients 60] [--idle 10m]`. `DIR/demo.json` appears when it is ready and is gone after a clean exit. Ends by itself when
/// nobody with the token has asked for anything for the idle time. Ends with 2 for wrong arguments or where a demo runs in DIR already.
public final class DemoService implements AutoCloseable {
    private static final List<String> ARGUMENTS = List.of("--data", "--seed", "--clients", "--idle");
    private static final int HEARTBEAT_SECONDS = 2;
    private static final Logger LOG = LoggerFactory.getLogger(DemoService.class);

    private final BearerToken token = BearerToken.random();
    private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(2,
            Thread.ofPlatform().name("clock-", 1).daemon().factory());
    private final SortedMap<String, Slot> slots = new TreeMap<>();
    private final AtomicBoolean closing = new AtomicBoolean();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final DemoFile file;
    private final long seed;
    private final EventHub hub;
    private final DemoBalancer balancer;
    private final DemoClients clients;
    private final NodeVerbs verbs;
    private final ServiceView view;
    private final AdminApi admin;

    private DemoService(Path data, long seed, int clientCount) throws IOException {
        this.seed = seed;
        file = new DemoFile(data);
        var instance = HexFormat.of().toHexDigits(new Random().nextInt());
        hub = new EventHub(token, instance, clock);
        var listener = new Slot.Listener() {
            @Override
            public void happened(SessionNotice notice) {
                hub.publish(notice.fields());
            }

            @Override
            public void changed(Slot slot) {
                tellChanged(slot);
            }
        };
        for (var name : List.of("ws-1", "ws-2", "ws-3")) {
            slots.put(name, new Slot(name, seed, listener, clock));
        }
        balancer = new DemoBalancer(slots.values(), seed);
        clients = new DemoClients(clientCount, clock);
        verbs = new NodeVerbs(balancer, new SessionCloser(clock, balancer), this::tellChanged);
        view = new ServiceView(balancer, slots, instance);
        admin = new AdminApi(this, token);
    }

    public static void main(String[] args) throws InterruptedException {
        System.setProperty("sun.net.httpserver.nodelay", "true");
        try {
            var options = new Options(args, ARGUMENTS);
            var service = start(Path.of(options.required("--data")), options.number("--seed", 7, 0, Integer.MAX_VALUE),
                    options.number("--clients", 60, 0, 1000), options.duration("--idle", "10m"));
            Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> {
                service.close();
                Runtime.getRuntime().halt(0); // SIGTERM is an orderly end, too
            }));
            service.closed.await();
            System.exit(0);
        } catch (IllegalArgumentException e) {
            LOG.error("{}", e.getMessage());
            Runtime.getRuntime().halt(2);
        } catch (IOException e) {
            LOG.error("cannot start: {}", e.toString());
            Runtime.getRuntime().halt(1);
        }
    }

    /// Starts all of it and writes `demo.json`; the clients arrive a moment later.
    ///
    /// @throws IllegalArgumentException when a demo runs in that folder already
    public static DemoService start(Path data, long seed, int clientCount, Duration idle) throws IOException {
        var service = new DemoService(data, seed, clientCount);
        service.open(idle);
        return service;
    }

    private void open(Duration idle) throws IOException {
        hub.start();
        for (var slot : slots.values()) {
            slot.begin(Version.V1);
        }
        balancer.start();
        admin.start();
        var _ = clock.scheduleAtFixedRate(hub::heartbeat, HEARTBEAT_SECONDS, HEARTBEAT_SECONDS, TimeUnit.SECONDS);
        var _ = clock.scheduleAtFixedRate(() -> endWhenIdle(idle), 1, 1, TimeUnit.SECONDS);
        file.write(fields());
        LOG.info("demo is ready: admin port {}, front port {}, feed port {}, seed {}", admin.port(), balancer.port(),
                hub.awaitPort(), seed);
        Thread.ofVirtual().name("clients").start(() -> clients.start(front(), seed));
    }

    private Map<String, @Nullable Object> fields() {
        var nodes = new TreeMap<String, Object>();
        slots.forEach((name, slot) -> nodes.put(name,
                Json.object("ws", "ws://127.0.0.1:" + slot.wsPort() + "/ws", "http", "http://127.0.0.1:" + slot.httpPort())));
        return Json.object("pid", ProcessHandle.current().pid(), "admin", "http://127.0.0.1:" + admin.port(), "feed",
                "ws://127.0.0.1:" + hub.awaitPort() + "/feed", "front", front(), "token", token.reveal(), "nodes", nodes, "seed",
                seed,
                "startedAt", Instant.now().toString());
    }

    private String front() {
        return "ws://127.0.0.1:" + balancer.port() + "/ws";
    }

    private void endWhenIdle(Duration idle) {
        if (System.nanoTime() - admin.lastAsked() > idle.toNanos()) {
            LOG.info("nobody asked for anything for {}: the demo ends", idle);
            closeSoon();
        }
    }

    private void tellChanged(Slot slot) {
        var fields = Json.object("type", "node.changed");
        fields.putAll(view.node(slot));
        hub.publish(fields);
    }

    ServiceView view() {
        return view;
    }

    NodeVerbs verbs() {
        return verbs;
    }

    EventHub hub() {
        return hub;
    }

    DemoClients clients() {
        return clients;
    }

    /// @throws AdminRefusal 404 for a name that is none of a node
    Slot slot(String name) {
        var slot = slots.get(name);
        if (slot == null) {
            throw new AdminRefusal(404, "node '" + name + "' is not known; expected one of " + slots.keySet());
        }
        return slot;
    }

    void reloadBalancer(String what) {
        if (!what.equals("reload")) {
            throw new AdminRefusal(400, "balancer: expected \"reload\"");
        }
        balancer.reload();
        var fields = Json.object("type", "balancer.changed");
        fields.putAll(view.balancer());
        hub.publish(fields);
    }

    /// Ends it after the answer in flight has left.
    void closeSoon() {
        Thread.ofPlatform().name("end").start(this::close);
    }

    /// Ends it at once. Returns when all is gone.
    @Override
    public void close() {
        if (closing.compareAndSet(false, true)) {
            file.remove();
            clients.stop();
            slots.values().parallelStream().forEach(slot -> slot.kill("the demo ends"));
            balancer.close();
            admin.stop();
            stopFeed();
            clock.shutdownNow();
            closed.countDown();
        }
    }

    private void stopFeed() {
        try {
            hub.stop(500, "the demo ends");
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
