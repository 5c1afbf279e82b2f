package io.lockkeeper.domain.alerting;

import java.time.Duration;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// One alert for a Prometheus.
///
/// @param name `LockkeeperSuccessRate`
/// @param expression in PromQL
/// @param holds how long the expression must hold; zero for at once
/// @param labels the severity among them
/// @param annotations for people: `summary`, `description`, `action` (what to do) and, where one answers, `runbook`
public record AlertRule(String name, String expression, Duration holds, SortedMap<String, String> labels,
        SortedMap<String, String> annotations) {
    AlertRule(String name, String expression, Duration holds, Map<String, String> labels, Map<String, String> annotations) {
        this(name, expression, holds, new TreeMap<>(labels), new TreeMap<>(annotations));
    }
}
