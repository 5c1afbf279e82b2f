package io.lockkeeper.adapter.service;

import io.lockkeeper.port.LinkFault;
import io.lockkeeper.port.Time;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Reads the node list, once for all who ask within 200 ms of the request's beginning. What was read before an order is never used after it.
/// Safe from several threads.
final class ServiceNodes {
    private static final Duration SHARED = Duration.ofMillis(200);
    private static final Duration LEAST = Duration.ofMillis(5);

    private final ServiceHttp http;
    private final List<String> names;
    private final Time time;
    private final ReentrantLock lock = new ReentrantLock();
    private final AtomicLong orders = new AtomicLong();
    private @Nullable Listing newest;

    /// @param names of all nodes of the environment
    ServiceNodes(ServiceHttp http, List<String> names, Time time) {
        this.http = http;
        this.names = List.copyOf(names);
        this.time = time;
    }

    /// One answer or one failure.
    private record Listing(long begun, long orders, Map<String, NodeLine> nodes, @Nullable LinkFault fault) {}

    /// Both of one moment, the balancer first: an order forgotten in between then shows as forgotten at the latest with the next reading.
    record WithBalancer(JsonNode service, Map<String, NodeLine> nodes) {}

    /// To be called when an order has been answered, too.
    void orderSent() {
        orders.incrementAndGet();
    }

    /// By name; has every node of the environment.
    Map<String, NodeLine> read(Duration limit) throws LinkFault, InterruptedException {
        long asked = time.ticks();
        long ordersBefore = orders.get();
        enter(limit);
        try {
            var known = newest;
            if (known == null || known.orders() != ordersBefore || asked - known.begun() > SHARED.toNanos()) {
                known = fetch(left(asked, limit));
            }
            if (known.fault() != null) {
                throw known.fault();
            }
            return known.nodes();
        } finally {
            lock.unlock();
        }
    }

    WithBalancer readWithBalancer(Duration limit) throws LinkFault, InterruptedException {
        long asked = time.ticks();
        enter(limit);
        try {
            var service = http.get("/v1/service", left(asked, limit)).json();
            var listing = fetch(left(asked, limit));
            if (listing.fault() != null) {
                throw listing.fault();
            }
            return new WithBalancer(service, listing.nodes());
        } finally {
            lock.unlock();
        }
    }

    private void enter(Duration limit) throws LinkFault, InterruptedException {
        if (!lock.tryLock(limit.toNanos(), TimeUnit.NANOSECONDS)) {
            throw late(limit);
        }
    }

    private Duration left(long since, Duration limit) throws LinkFault {
        var left = limit.minusNanos(time.ticks() - since);
        if (left.compareTo(LEAST) < 0) {
            throw late(limit);
        }
        return left;
    }

    private static LinkFault late(Duration limit) {
        return LinkFault.passing("the service did not answer an earlier reading within " + limit.toMillis() + " ms",
                new TimeoutException());
    }

    private Listing fetch(Duration limit) throws InterruptedException {
        long begun = time.ticks();
        long ordersBefore = orders.get();
        Listing listing;
        try {
            listing = new Listing(begun, ordersBefore, parsed(http.get("/v1/nodes", limit)), null);
        } catch (LinkFault fault) {
            listing = new Listing(begun, ordersBefore, Map.of(), fault);
        }
        newest = listing;
        return listing;
    }

    private Map<String, NodeLine> parsed(ServiceHttp.Answer answer) throws LinkFault {
        var json = answer.json();
        if (!json.isArray()) {
            throw LinkFault.passing("the answer of " + answer.shown() + " is not a list of nodes");
        }
        var lines = new TreeMap<String, NodeLine>();
        json.forEach(line -> lines.put(line.path("node").asString(""), new NodeLine(line)));
        var missing = names.stream().filter(name -> !lines.containsKey(name)).toList();
        if (!missing.isEmpty()) {
            throw LinkFault.permanent("the service does not know " + String.join(", ", missing) + "; its nodes are "
                    + String.join(", ", lines.keySet()));
        }
        lines.keySet().retainAll(names);
        return lines;
    }
}
