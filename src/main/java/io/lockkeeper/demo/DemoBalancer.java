package io.lockkeeper.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The front door: relays each connection to the node in rotation with the fewest connections for its share. Safe from several threads.
final class DemoBalancer {
    /// What was ordered of a node. Share is in percent of its normal part of new connections.
    record Order(Admin admin, int share) {}

    enum Admin {
        ENABLED, DRAINED, MAINTENANCE;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final Order NORMAL = new Order(Admin.ENABLED, 100);
    private static final int CONNECT_MILLIS = 500;
    private static final int BACKLOG = 200;
    private static final byte[] NOBODY = "HTTP/1.1 503 No node in rotation\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
            .getBytes(StandardCharsets.US_ASCII);

    private final Map<String, Slot> slots = new TreeMap<>();
    private final Map<String, Order> orders = new HashMap<>();
    private final Random random;
    private final ServerSocket front;
    private final Set<Relay> relays = new HashSet<>();
    private final Set<Relay> old = new HashSet<>();
    private String instance;
    private Instant startedAt;

    DemoBalancer(Collection<Slot> nodes, long seed) throws IOException {
        nodes.forEach(slot -> slots.put(slot.name(), slot));
        random = new Random(seed);
        instance = HexFormat.of().toHexDigits(random.nextInt());
        startedAt = Instant.now();
        front = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    }

    void start() {
        Thread.ofVirtual().name("balancer").start(this::accept);
    }

    int port() {
        return front.getLocalPort();
    }

    synchronized String instance() {
        return instance;
    }

    synchronized Instant startedAt() {
        return startedAt;
    }

    synchronized Order order(String node) {
        return orders.getOrDefault(node, NORMAL);
    }

    synchronized void admin(String node, Admin admin) {
        orders.put(node, new Order(admin, order(node).share()));
    }

    synchronized void share(String node, int percent) {
        orders.put(node, new Order(order(node).admin(), percent));
    }

    /// Connections relayed to the node, those of before a reload not counted.
    synchronized long sessions(String node) {
        return count(relays, node);
    }

    /// Connections by node that were there before a reload and are still relayed.
    synchronized Map<String, Long> oldSessions() {
        var counts = new TreeMap<String, Long>();
        slots.keySet().forEach(node -> counts.put(node, count(old, node)));
        return counts;
    }

    private static long count(Set<Relay> relays, String node) {
        return relays.stream().filter(relay -> relay.node().equals(node)).count();
    }

    /// A new life: every order is forgotten, connections go on under the old worker.
    synchronized void reload() {
        orders.clear();
        old.addAll(relays);
        relays.clear();
        instance = HexFormat.of().toHexDigits(random.nextInt());
        startedAt = Instant.now();
    }

    void close() {
        try {
            front.close();
        } catch (IOException _) {
            // ends anyway
        }
        List<Relay> all;
        synchronized (this) {
            all = new ArrayList<>(relays);
            all.addAll(old);
        }
        all.forEach(Relay::cut);
    }

    private void accept() {
        while (!front.isClosed()) {
            try {
                var client = front.accept();
                Thread.startVirtualThread(() -> serve(client));
            } catch (IOException _) {
                // closed, or that one client is gone
            }
        }
    }

    private void serve(Socket client) {
        var tried = new HashSet<String>();
        for (var relay = connect(client, tried); relay != null
                || !tried.containsAll(slots.keySet()); relay = connect(client, tried)) {
            if (relay != null) {
                relay.run();
                leave(relay);
                return;
            }
        }
        turnAway(client);
    }

    /// Chooses and connects; null where the chosen one did not answer, or (all then are `tried`) where there is none to choose.
    private @Nullable Relay connect(Socket client, Set<String> tried) {
        var upstream = new Socket();
        var relay = choose(client, upstream, tried);
        if (relay == null) {
            tried.addAll(slots.keySet());
            return null;
        }
        try {
            upstream.setTcpNoDelay(true);
            client.setTcpNoDelay(true);
            upstream.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port(relay.node())), CONNECT_MILLIS);
            return relay;
        } catch (IOException e) {
            Relay.close(upstream);
            leave(relay);
            return null;
        }
    }

    private int port(String node) {
        var slot = slots.get(node);
        return slot == null ? 0 : slot.wsPort();
    }

    private synchronized @Nullable Relay choose(Socket client, Socket upstream, Set<String> tried) {
        String best = null;
        double least = Double.MAX_VALUE;
        for (var slot : slots.values()) {
            var order = order(slot.name());
            boolean inRotation = order.admin() == Admin.ENABLED && order.share() > 0 && slot.life() == Slot.Life.UP;
            double load = (count(relays, slot.name()) + 1.0) / order.share();
            if (inRotation && load < least && !tried.contains(slot.name())) {
                best = slot.name();
                least = load;
            }
        }
        if (best == null) {
            return null;
        }
        tried.add(best);
        var relay = new Relay(best, client, upstream);
        relays.add(relay);
        return relay;
    }

    private synchronized void leave(Relay relay) {
        relays.remove(relay);
        old.remove(relay);
    }

    private static void turnAway(Socket client) {
        try (client) {
            client.setSoTimeout(CONNECT_MILLIS);
            var _ = client.getInputStream().read(new byte[8192]); // unread bytes would turn the answer into a reset
            client.getOutputStream().write(NOBODY);
        } catch (IOException _) {
            // it is turned away in any case
        }
    }
}
