package io.lockkeeper.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What the admin API shows: read at the moment of asking, never kept.
final class ServiceView {
    private static final List<String> CAPABILITIES = List.of("drain", "enable", "maintenance", "share", "closeSessions",
            "restart", "deploy", "stop",
            "start", "sessions", "events", "log");

    private final DemoBalancer balancer;
    private final Map<String, Slot> slots;
    private final String instance;

    ServiceView(DemoBalancer balancer, Map<String, Slot> slots, String instance) {
        this.balancer = balancer;
        this.slots = slots;
        this.instance = instance;
    }

    Map<String, @Nullable Object> service() {
        return Json.object("environment", "demo", "instance", instance, "balancer", balancer(), "oldSessions",
                balancer.oldSessions(), "versions",
                Version.words(), "capabilities", CAPABILITIES, "closeCode", NodeVerbs.CLOSE_CODE);
    }

    Map<String, @Nullable Object> balancer() {
        return Json.object("name", "front", "instance", balancer.instance(), "startedAt", balancer.startedAt().toString());
    }

    List<Map<String, @Nullable Object>> nodes() {
        return slots.values().stream().map(this::node).toList();
    }

    Map<String, @Nullable Object> node(Slot slot) {
        var order = balancer.order(slot.name());
        var fields = Json.object("node", slot.name(), "admin", order.admin().word(), "weight", order.share(), "sessions",
                balancer.sessions(slot.name()));
        fields.putAll(slot.fields());
        return fields;
    }

    List<Map<String, @Nullable Object>> sessions() {
        var all = new ArrayList<Map<String, @Nullable Object>>();
        slots.values().forEach(slot -> sessions(slot).forEach(fields -> {
            fields.put("node", slot.name());
            all.add(fields);
        }));
        return all;
    }

    List<Map<String, @Nullable Object>> sessions(Slot slot) {
        return slot.sessions().stream()
                .map(session -> Json.object("session", session.id(), "since", session.since().toString(), "resumed",
                        session.resumed()))
                .toList();
    }

    String metrics() {
        var parts = new ArrayList<Map<String, List<String>>>();
        for (var slot : slots.values()) {
            var label = "node=\"" + slot.name() + "\"";
            var running = slot.server();
            parts.add(balancerLines(slot, label, running != null && running.ready()));
            if (running != null) {
                parts.add(running.metrics(label));
            }
        }
        return NodeMetrics.exposition(parts);
    }

    private Map<String, List<String>> balancerLines(Slot slot, String label, boolean ready) {
        var lines = new TreeMap<String, List<String>>();
        var order = balancer.order(slot.name());
        lines.put("node_ready", List.of("node_ready{" + label + "} " + (ready ? 1 : 0)));
        lines.put("lb_sessions", List.of("lb_sessions{" + label + "} " + balancer.sessions(slot.name())));
        lines.put("lb_old_sessions",
                List.of("lb_old_sessions{" + label + "} " + balancer.oldSessions().getOrDefault(slot.name(), 0L)));
        lines.put("lb_weight", List.of("lb_weight{" + label + "} " + order.share()));
        var states = new ArrayList<String>();
        for (var admin : DemoBalancer.Admin.values()) {
            states.add("lb_admin{%s,state=\"%s\"} %d".formatted(label, admin.word(), order.admin() == admin ? 1 : 0));
        }
        lines.put("lb_admin", states);
        return lines;
    }
}
