package io.lockkeeper.domain.alerting;

import io.lockkeeper.domain.client.Incident;
import io.lockkeeper.domain.doc.Durations;
import io.lockkeeper.domain.trigger.Action;
import io.lockkeeper.domain.trigger.TriggerSet;
import io.lockkeeper.domain.trigger.TriggerSpec;
import io.lockkeeper.domain.trigger.TriggerSpec.ByHand;
import io.lockkeeper.domain.trigger.TriggerSpec.DataLoss;
import io.lockkeeper.domain.trigger.TriggerSpec.SuccessBelow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The alert rules of one environment, from its own triggers and their limits.
///
/// - A trigger that offers to go back has an alert as long as it is fired and nobody has acknowledged it: only the trigger itself knows its clock.
/// - A success limit that only warns, alerts or escalates is asked of the signal itself, so that its alert ends when the signal is good again.
/// - Beside them: messages lost or twice, triggers that are blind, nobody watching, and the drill's own alert.
public final class AlertRules {
    /// The alert that a drill makes fire.
    public static final String DRILL = "LockkeeperDrill";

    static final String WATCHER_ABSENT = "LockkeeperWatcherAbsent";
    static final String BLIND = "LockkeeperTriggerBlind";
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);

    private final String environment;
    private final List<AlertRule> rules = new ArrayList<>();

    private AlertRules(String environment) {
        this.environment = environment;
    }

    public static List<AlertRule> of(String environment, TriggerSet triggers) {
        var all = new AlertRules(environment);
        triggers.specs().forEach(all::trigger);
        all.blind();
        all.absent();
        all.drill();
        return List.copyOf(all.rules);
    }

    private void trigger(TriggerSpec spec) {
        switch (spec) {
            case ByHand _ -> {
                // people have said so themselves
            }
            case SuccessBelow below when below.action() != Action.OFFER && MetricsPage.WINDOWS.containsKey(below.window()) ->
                measured(below);
            case DataLoss loss -> {
                fired(loss);
                messages(loss);
            }
            default -> fired(spec);
        }
    }

    private void fired(TriggerSpec spec) {
        add(name(spec), Series.TRIGGER_PHASE.of(environment, "trigger", spec.name(), "phase", "fired") + " == 1", Duration.ZERO,
                severity(spec.action()), Map.of("trigger", spec.name()),
                "Trigger " + spec.name() + " of " + environment + " has fired",
                "It " + spec.action().words() + " when " + spec.words() + ". It stays so until somebody acknowledges it.",
                spec.action() == Action.OFFER ? goBack(spec) : acknowledge(spec), spec.action() == Action.OFFER);
    }

    private void measured(SuccessBelow below) {
        var window = MetricsPage.WINDOWS.getOrDefault(below.window(), "");
        add(name(below), Series.SUCCESS.of(environment, "window", window) + " < " + below.percent() / 100.0, below.holds(),
                severity(below.action()), Map.of("trigger", below.name()),
                "Reconnections to " + environment + ": {{ $value | humanizePercentage }} by {{ $labels.by }} over " + window
                        + ", the limit is " + below.percent() + " %",
                "Trigger " + below.name() + " " + below.action().words() + " when " + below.words() + ".",
                "Look with `lockkeeper status " + environment
                        + "` who is out, and hold a run that is under way: `lockkeeper hold --env "
                        + environment + "`.",
                true);
    }

    private void messages(DataLoss spec) {
        counted(spec, Incident.Kind.LOST, Series.MESSAGES_LOST, "LockkeeperMessagesLost", "never came");
        counted(spec, Incident.Kind.DUPLICATED, Series.MESSAGES_DUPLICATED, "LockkeeperMessagesDuplicated", "came twice");
    }

    private void counted(DataLoss spec, Incident.Kind kind, Series series, String name, String what) {
        if (spec.delivery().isBrokenBy(kind)) {
            add(name, "increase(" + series.of(environment) + "[5m]) > 0", Duration.ZERO, severity(spec.action()), Map.of(),
                    "Messages of " + environment + " " + what,
                    "About {{ $value | humanize }} messages " + what + " in the last 5 minutes, where " + spec.delivery().key()
                            + " is promised.",
                    goBack(spec), spec.action() == Action.OFFER);
        }
    }

    private void blind() {
        add(BLIND, Series.TRIGGER_PHASE.of(environment, "phase", "blind") + " == 1 and on (environment) " + watching() + " == 1",
                FIVE_MINUTES, "warning", Map.of(), "Trigger {{ $labels.trigger }} of " + environment + " cannot judge",
                "It has been blind for 5 minutes: whatever it is there for would not be noticed.",
                "`lockkeeper status " + environment
                        + "` says why. Success needs somebody who comes back: give `clients` some cyclers. A trigger that nobody needs can be"
                        + " switched off in the environment file.",
                false);
    }

    private void absent() {
        add(WATCHER_ABSENT,
                watching() + " == 0 or absent(" + Series.WATCHING.of(environment) + ")", MINUTE, "critical", Map.of(),
                "Nobody watches " + environment,
                "No watcher has shown for a minute that it watches: no trigger can fire, and silence means nothing.",
                "Start `lockkeeper watch --env " + environment
                        + " --metrics`, or see what it says; look whether Prometheus reaches its page.",
                false);
    }

    private void drill() {
        add(DRILL, "max by (environment) (" + Series.DRILL.of(environment) + ") == 1", Duration.ZERO, "info", Map.of(),
                "Drill of " + environment + ": nothing is wrong", "Somebody tries whether an alert arrives. It ends by itself.",
                "Nothing. The journal says who it is: `lockkeeper journal show --env " + environment + "`.", false);
    }

    private String watching() {
        return "max by (environment) (" + Series.WATCHING.of(environment) + ")";
    }

    private String goBack(TriggerSpec spec) {
        return "Look with `lockkeeper status " + environment + "`. Go back with `lockkeeper rollback --env " + environment
                + "` while a run is open, else with `lockkeeper run rollback --env " + environment + "`. Then "
                + acknowledge(spec);
    }

    private String acknowledge(TriggerSpec spec) {
        return "`lockkeeper triggers acknowledge " + spec.name() + " --env " + environment + " --reason TEXT`.";
    }

    private void add(String name, String expression, Duration holds, String severity, Map<String, String> more, String summary,
            String description, String action, boolean rollback) {
        var labels = new HashMap<>(more);
        labels.put("severity", severity);
        labels.put("environment", environment);
        var annotations = new TreeMap<>(Map.of("summary", summary, "description", description, "action", action));
        if (rollback) {
            annotations.put("runbook", "rollback");
        }
        rules.add(new AlertRule(name, expression, holds, labels, annotations));
    }

    /// In the words of the environment file, but for what offers to go back and what escalates: those wake somebody.
    static String severity(Action action) {
        return switch (action) {
            case OFFER, ESCALATE -> "critical";
            case ALERT -> "alert";
            case WARN -> "warning";
        };
    }

    /// `success-rate` is `LockkeeperSuccessRate`.
    private static String name(TriggerSpec spec) {
        var name = new StringBuilder("Lockkeeper");
        for (var part : spec.name().split("[^A-Za-z0-9]+", -1)) {
            if (!part.isEmpty()) {
                name.append(Character.toUpperCase(part.charAt(0))).append(part.substring(1));
            }
        }
        return name.toString();
    }

    /// As a rule file of Prometheus.
    ///
    /// @param by who wrote it, for the comment at its head
    public static String file(String environment, TriggerSet triggers, String by) {
        var text = new StringBuilder();
        text.append("# Written by `lockkeeper export alerts ").append(environment).append("` (").append(by).append(").\n")
                .append("# Limits are those of the environment file: change them there and write this anew.\n")
                .append("groups:\n  - name: ").append(quoted("lockkeeper " + environment)).append("\n    rules:\n");
        of(environment, triggers).forEach(rule -> {
            text.append("      - alert: ").append(rule.name()).append('\n');
            text.append("        expr: ").append(quoted(rule.expression())).append('\n');
            if (!rule.holds().isZero()) {
                text.append("        for: ").append(time(rule.holds())).append('\n');
            }
            block(text, "labels", rule.labels());
            block(text, "annotations", rule.annotations());
        });
        return text.toString();
    }

    private static String time(Duration holds) {
        return holds.toMillis() % 1000 == 0 ? Durations.words(holds).replace(" ", "") : holds.toMillis() + "ms";
    }

    private static void block(StringBuilder text, String key, Map<String, String> values) {
        text.append("        ").append(key).append(":\n");
        values.forEach((name, value) -> text.append("          ").append(name).append(": ").append(quoted(value)).append('\n'));
    }

    /// Double quotes in YAML, as in JSON.
    private static String quoted(String words) {
        return '"' + words.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
