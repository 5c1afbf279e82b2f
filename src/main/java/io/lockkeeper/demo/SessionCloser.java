package io.lockkeeper.demo;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/// Closes the sessions of a node one by one, oldest first: those that were there when it was ordered, and those that come while the node is out of
/// rotation. A second order for a node replaces the first.
final class SessionCloser {
    private final ScheduledExecutorService clock;
    private final Map<String, Closing> running = new HashMap<>();
    private final DemoBalancer balancer;

    private record Closing(Instant ordered, ScheduledFuture<?> work) {}

    SessionCloser(ScheduledExecutorService clock, DemoBalancer balancer) {
        this.clock = clock;
        this.balancer = balancer;
    }

    synchronized void close(Slot slot, int perSecond, int code) {
        stop(slot);
        var ordered = Instant.now();
        long pause = TimeUnit.SECONDS.toMicros(1) / perSecond;
        var work = clock.scheduleAtFixedRate(() -> closeOne(slot, code, ordered), 0, pause, TimeUnit.MICROSECONDS);
        running.put(slot.name(), new Closing(ordered, work));
        slot.note("closing sessions with " + code + ", " + perSecond + " per second");
    }

    private synchronized void closeOne(Slot slot, int code, Instant ordered) {
        var current = running.get(slot.name());
        if (current == null || !current.ordered().equals(ordered)) {
            return; // replaced while this call waited
        }
        boolean inRotation = balancer.order(slot.name()).admin() == DemoBalancer.Admin.ENABLED;
        slot.sessions().stream().filter(NodeSession::open).filter(session -> !inRotation || session.since().isBefore(ordered))
                .findFirst()
                .ifPresentOrElse(session -> session.close(code, code == 1012 ? "service restart" : "closed by the operator"),
                        () -> stop(slot));
    }

    private void stop(Slot slot) {
        var closing = running.remove(slot.name());
        if (closing != null) {
            closing.work().cancel(false);
        }
    }
}
