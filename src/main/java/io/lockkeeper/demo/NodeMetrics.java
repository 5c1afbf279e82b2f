package io.lockkeeper.demo;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/// A node's counters in Prometheus' text format. Every label set is there from the start, so a zero is a counted zero.
final class NodeMetrics {
    private static final List<String> KINDS = List.of("new", "resumed", "lost");
    private static final List<String> CODES = List.of("1000", "1001", "1005", "1006", "1011", "1012", "1013", "4400", "4403",
            "other");
    private static final List<String> REASONS = List.of("resume_refused", "bad_token", "no_hello");

    private final ConcurrentMap<String, LongAdder> opened = registered(KINDS);
    private final ConcurrentMap<String, LongAdder> closed = registered(CODES);
    private final ConcurrentMap<String, LongAdder> rejected = registered(REASONS);

    private static ConcurrentMap<String, LongAdder> registered(List<String> labels) {
        var counters = new ConcurrentSkipListMap<String, LongAdder>();
        labels.forEach(label -> counters.put(label, new LongAdder()));
        return counters;
    }

    void opened(String kind) {
        count(opened, kind);
    }

    void closed(int code) {
        var word = Integer.toString(code);
        count(closed, closed.containsKey(word) ? word : "other");
    }

    void rejected(String reason) {
        count(rejected, reason);
    }

    private static void count(Map<String, LongAdder> counters, String label) {
        counters.computeIfAbsent(label, _ -> new LongAdder()).increment();
    }

    /// @param labels that every line carries, like `node="ws-1"`, or empty
    /// @return by metric name, its lines
    Map<String, List<String>> lines(String labels, long active) {
        var lines = new TreeMap<String, List<String>>();
        lines.put("ws_sessions_active",
                List.of("ws_sessions_active" + (labels.isEmpty() ? "" : "{" + labels + "}") + " " + active));
        lines.put("ws_sessions_opened_total", lines("ws_sessions_opened_total", labels, "kind", opened));
        lines.put("ws_sessions_closed_total", lines("ws_sessions_closed_total", labels, "code", closed));
        lines.put("ws_handshake_rejected_total", lines("ws_handshake_rejected_total", labels, "reason", rejected));
        return lines;
    }

    private static List<String> lines(String metric, String labels, String label, Map<String, LongAdder> counters) {
        var prefix = labels.isEmpty() ? "" : labels + ",";
        return counters.entrySet().stream()
                .map(entry -> "%s{%s%s=\"%s\"} %d".formatted(metric, prefix, label, entry.getKey(), entry.getValue().sum()))
                .toList();
    }

    /// The exposition of several nodes' lines, each metric once with its type.
    static String exposition(List<Map<String, List<String>>> parts) {
        var text = new StringBuilder();
        var names = new TreeMap<String, StringBuilder>();
        for (var part : parts) {
            part.forEach((name, lines) -> lines
                    .forEach(line -> names.computeIfAbsent(name, _ -> new StringBuilder()).append(line).append('\n')));
        }
        names.forEach((name, lines) -> text.append("# TYPE ").append(name)
                .append(name.endsWith("_total") ? " counter\n" : " gauge\n").append(lines));
        return text.toString();
    }
}
