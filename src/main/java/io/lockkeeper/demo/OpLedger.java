package io.lockkeeper.demo;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Every op id that ever arrived, in order. It makes each op happen at most once, and shows afterwards what was asked, by whom and how often.
final class OpLedger {
    private static final int KEPT = 10_000;

    /// @param status what its first arrival was answered with (or would have been, where the answer was swallowed)
    private record Entry(String op, String actor, String reason, String verb, String node, Instant at, int times, int status) {
        Entry again() {
            return new Entry(op, actor, reason, verb, node, at, times + 1, status);
        }

        Entry answered(int code) {
            return new Entry(op, actor, reason, verb, node, at, times, code);
        }

        Map<String, @Nullable Object> fields() {
            return Json.object("op", op, "actor", actor, "reason", reason, "verb", verb, "node", node, "at", at.toString(),
                    "times", times,
                    "status", status);
        }
    }

    private final Map<String, Entry> entries = new LinkedHashMap<>();

    /// @return true for the first arrival of this op
    synchronized boolean take(String op, String actor, String reason, String verb, String node) {
        var known = entries.get(op);
        entries.put(op, known == null ? new Entry(op, actor, reason, verb, node, Instant.now(), 1, 202) : known.again());
        if (entries.size() > KEPT) {
            entries.remove(entries.keySet().iterator().next());
        }
        return known == null;
    }

    synchronized void answered(String op, int status) {
        entries.computeIfPresent(op, (_, entry) -> entry.answered(status));
    }

    synchronized List<Map<String, @Nullable Object>> fields() {
        return entries.values().stream().map(Entry::fields).toList();
    }
}
