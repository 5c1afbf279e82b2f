package io.lockkeeper.search;

import io.lockkeeper.app.simulation.Model;
import io.lockkeeper.domain.fleet.AdminState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/// What has been true in a model and until when: what the engine claims is held against this, not against what the engine saw.
final class Truth {
    private final Model model;
    private final LongSupplier ticks;
    private final Map<String, Long> endedAt = new HashMap<>();
    private final Map<String, List<Span>> down = new HashMap<>();
    private long stampedAt;
    private LongSupplier out = () -> 0;

    /// A time in which something was not so.
    private record Span(long from, long to) {}

    Truth(Model model, LongSupplier ticks) {
        this.model = model;
        this.ticks = ticks;
        model.onChange(this::stamp);
    }

    /// From now on it is known who of our own clients is out.
    void watch(LongSupplier clientsOut) {
        out = clientsOut;
    }

    /// None of our own clients was out at some time since then.
    boolean clientsIn(long since) {
        return since(since, "clients in", () -> out.getAsLong() == 0);
    }

    private void stamp() {
        long now = ticks.getAsLong();
        if (out.getAsLong() == 0) {
            endedAt.put("clients in", now);
        }
        int serving = 0;
        if (now > stampedAt) {
            model.environment().nodeNames().stream().filter(node -> !model.node(node).isUp())
                    .forEach(node -> down("up " + node, now));
            if (model.environment().nodeNames().stream().noneMatch(model::serves)) {
                down("serving", now);
            }
        }
        stampedAt = now;
        for (var node : model.environment().nodeNames()) {
            var one = model.node(node);
            if (one.isUp()) {
                endedAt.put("up " + node, now);
                endedAt.put("runs " + node + " " + one.version(), now);
            }
            if (one.resumesSessions()) {
                endedAt.put("resumes " + node, now);
            }
            if (model.serves(node)) {
                serving++;
                endedAt.put("serves " + node, now);
            }
            if (!model.serves(node)) {
                endedAt.put("idle " + node, now);
            }
            if (model.isOut(node)) {
                endedAt.put("out " + node, now);
            }
            if (model.connections(node) == 0) {
                endedAt.put("empty " + node, now);
            }
            for (var balancer : model.environment().balancers()) {
                endedAt.put(model.admin(node, balancer) + " " + node + "@" + balancer, now);
            }
        }
        for (int count = 1; count <= serving; count++) {
            endedAt.put("serving " + count, now);
        }
    }

    private void down(String what, long now) {
        var spans = down.computeIfAbsent(what, _ -> new ArrayList<>());
        boolean goesOn = !spans.isEmpty() && spans.getLast().to() == stampedAt;
        long from = goesOn ? spans.removeLast().from() : stampedAt;
        spans.add(new Span(from, now));
    }

    /// The longest time without a gap, between two ticks, in which a node was not up.
    Duration longestDown(String node, long from, long to) {
        return longest("up " + node, from, to);
    }

    /// The same for times in which no node at all served.
    Duration longestWithoutService(long from, long to) {
        return longest("serving", from, to);
    }

    private Duration longest(String what, long from, long to) {
        stamp();
        return Duration.ofNanos(down.getOrDefault(what, List.of()).stream()
                .mapToLong(span -> Math.min(to, span.to()) - Math.max(from, span.from())).max().orElse(0));
    }

    private boolean since(long tick, String key, BooleanSupplier now) {
        return now.getAsBoolean() || endedAt.getOrDefault(key, Long.MIN_VALUE) >= tick;
    }

    long ago(Duration time) {
        return ticks.getAsLong() - time.toNanos();
    }

    boolean up(String node, long since) {
        return since(since, "up " + node, () -> model.node(node).isUp());
    }

    boolean runs(String node, String version, long since) {
        return since(since, "runs " + node + " " + version,
                () -> model.node(node).isUp() && model.node(node).version().equals(version));
    }

    boolean resumes(String node, long since) {
        return since(since, "resumes " + node, () -> model.node(node).resumesSessions());
    }

    boolean serves(String node, long since) {
        return since(since, "serves " + node, () -> model.serves(node));
    }

    /// It served nobody at some time since then.
    boolean idle(String node, long since) {
        return since(since, "idle " + node, () -> !model.serves(node));
    }

    boolean out(String node, long since) {
        return since(since, "out " + node, () -> model.isOut(node));
    }

    boolean empty(String node, long since) {
        return since(since, "empty " + node, () -> model.connections(node) == 0);
    }

    boolean admin(String node, String balancer, AdminState state, long since) {
        return since(since, state + " " + node + "@" + balancer, () -> model.admin(node, balancer) == state);
    }

    boolean serving(long atLeast, long since) {
        return atLeast <= 0 || since(since, "serving " + atLeast,
                () -> model.environment().nodeNames().stream().filter(model::serves).count() >= atLeast);
    }
}
