package io.lockkeeper.demo;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Closes the sessions of a node one by one, oldest first: those that were there when it was ordered, and those that come while the node is out of
/// rotation. A second order for a node replaces the first.
final class SessionCloser {
    private final ScheduledExecutorService clock;
    private final Map<String, ScheduledFuture<?>> running = new ConcurrentHashMap<>();

    private final DemoBalancer balancer;

    SessionCloser(ScheduledExecutorService clock, DemoBalancer balancer) {
        this.clock = clock;
        this.balancer = balancer;
    }

    void close(Slot slot, int perSecond, int code) {
        long pause = TimeUnit.SECONDS.toMicros(1) / perSecond;
        var ordered = Instant.now();
        var mine = clock.scheduleAtFixedRate(() -> closeOne(slot, code, ordered), 0, pause, TimeUnit.MICROSECONDS);
        stop(running.put(slot.name(), mine));
        slot.note("closing sessions with " + code + ", " + perSecond + " per second");
    }

    private void closeOne(Slot slot, int code, Instant ordered) {
        boolean inRotation = balancer.order(slot.name()).admin() == DemoBalancer.Admin.ENABLED;
        slot.sessions().stream().filter(session -> !inRotation || session.since().isBefore(ordered)).findFirst().ifPresentOrElse(
                session -> session.close(code, code == 1012 ? "service restart" : "closed by the operator"),
                () -> stop(running.remove(slot.name())));
    }

    private static void stop(@Nullable ScheduledFuture<?> closing) {
        if (closing != null) {
            closing.cancel(false);
        }
    }
}
