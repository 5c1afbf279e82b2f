package io.lockkeeper.domain.alerting;

import io.lockkeeper.domain.alerting.Panel.Kind;
import io.lockkeeper.domain.alerting.Panel.Limit;
import io.lockkeeper.domain.alerting.Panel.Query;
import io.lockkeeper.domain.alerting.Panel.Unit;
import io.lockkeeper.domain.client.Scenario;
import io.lockkeeper.domain.signal.Availability;
import io.lockkeeper.domain.signal.ReturnTimes;
import io.lockkeeper.domain.trigger.TriggerSet;
import io.lockkeeper.domain.trigger.TriggerSpec.SuccessBelow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// What a dashboard of one environment shows, with the limits of its own triggers as lines.
///
/// @param notes marks over all panels
public record Dashboard(String environment, List<Panel> panels, List<Note> notes) {
    /// The phases of a trigger, each as the code that a panel of [Panel.Kind#PHASES] shows for it.
    public static final List<String> PHASES = List.of("quiet", "holding", "fired", "blind");

    /// What reconnections should succeed at least, whatever the triggers say.
    static final double GOAL = 0.95;

    /// @param expression has a value where the mark stands
    /// @param words as Grafana fills them in
    public record Note(String name, String expression, String words) {}

    public Dashboard {
        panels = List.copyOf(panels);
        notes = List.copyOf(notes);
    }

    public static Dashboard of(String environment, TriggerSet triggers) {
        return new Dashboard(environment,
                Stream.of(state(environment), success(environment, triggers), clients(environment), losses(environment))
                        .flatMap(List::stream)
                        .toList(),
                notes(environment));
    }

    private static List<Panel> state(String environment) {
        var codes = IntStream.range(1, PHASES.size())
                .mapToObj(code -> code + " * " + Series.TRIGGER_PHASE.of(environment, "phase", PHASES.get(code)))
                .collect(Collectors.joining(" + ignoring (phase) ", "max by (trigger) (", ")"));
        return List.of(
                new Panel("Watched", "Whether clients of ours watch the service now; without them no trigger can fire.",
                        Kind.VALUE,
                        Unit.WATCHED, List.of(new Query("max(" + Series.WATCHING.of(environment) + ") or vector(0)", "watched")),
                        List.of(), true),
                new Panel("Triggers", "Where each trigger stands. A fired one stays so until somebody acknowledges it.",
                        Kind.PHASES,
                        Unit.PHASE, List.of(new Query(codes, "{{trigger}}")), List.of(), true));
    }

    private static List<Panel> success(String environment, TriggerSet triggers) {
        var panels = new ArrayList<Panel>();
        MetricsPage.WINDOWS.entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(window -> {
            var limits = new ArrayList<Limit>();
            limits.add(new Limit(GOAL, "goal", true, "goal"));
            triggers.specs().stream().filter(SuccessBelow.class::isInstance).map(SuccessBelow.class::cast)
                    .filter(spec -> spec.window().equals(window.getKey()))
                    .forEach(spec -> limits.add(
                            new Limit(spec.percent() / 100.0, spec.name(), true, AlertRules.severity(spec.action()))));
            limits.sort(Comparator.comparingDouble(Limit::value));
            panels.add(new Panel("Reconnections, " + window.getValue(), "How many came back among those who had to. "
                    + "Without samples there is no line.", Kind.LINES, Unit.SHARE,
                    List.of(new Query("max by (by) (" + Series.SUCCESS.of(environment, "window", window.getValue()) + ")",
                            "by {{by}}")),
                    limits, true));
        });
        panels.add(new Panel("Samples behind them", "How many had to come back in the window, and how many attempts they made.",
                Kind.LINES, Unit.COUNT,
                List.of(new Query("max by (by, window) (" + Series.SUCCESS_SAMPLES.of(environment) + ")",
                        "by {{by}}, {{window}}")),
                List.of(), true));
        panels.add(new Panel("Time to return, 5m", "Mean from loss to return, by scenario, with what each should stay below.",
                Kind.LINES, Unit.SECONDS,
                List.of(new Query("max by (scenario) (" + Series.TIME_MEAN.of(environment, "window", "5m") + ")",
                        "{{scenario}}")),
                Stream.of(Scenario.HANDOFF, Scenario.GRACEFUL, Scenario.EMERGENCY).map(Dashboard::time).toList(), true));
        return panels;
    }

    private static Limit time(Scenario scenario) {
        return new Limit(ReturnTimes.limit(scenario).toSeconds(), scenario.name().toLowerCase(Locale.ROOT), false, "warning");
    }

    private static List<Panel> clients(String environment) {
        return List.of(
                new Panel("Clients of ours", "How many should be connected, are, and are out.", Kind.LINES, Unit.COUNT,
                        List.of(new Query("max(" + Series.CLIENTS.of(environment) + ")", "all"),
                                new Query("max(" + Series.CONNECTED.of(environment) + ")", "connected"),
                                new Query("max(" + Series.OUT.of(environment) + ")", "out")),
                        List.of(), true),
                new Panel("Availability, 5m", "Share of client time in which the sentinels were connected.", Kind.LINES,
                        Unit.SHARE,
                        List.of(new Query("max(" + Series.AVAILABILITY.of(environment, "window", "5m") + ")", "availability")),
                        List.of(new Limit(Availability.TARGET, "target", true, "goal")), true));
    }

    private static List<Panel> losses(String environment) {
        return List.of(
                new Panel("Losses and returns", "In the last minute.", Kind.LINES, Unit.COUNT,
                        List.of(new Query("sum(increase(" + Series.LOST.of(environment) + "[1m]))", "lost"),
                                new Query("sum(increase(" + Series.BACK.of(environment) + "[1m]))", "back")),
                        List.of(), true),
                new Panel("Failed attempts", "In the last minute, by cause.", Kind.LINES, Unit.COUNT,
                        List.of(new Query("sum by (cause) (increase(" + Series.FAILED.of(environment) + "[1m])) > 0",
                                "{{cause}}")),
                        List.of(), true),
                new Panel("Data loss",
                        "In the last five minutes: messages that never came or came twice, sessions that were lost.",
                        Kind.LINES, Unit.COUNT,
                        List.of(new Query("sum(increase(" + Series.MESSAGES_LOST.of(environment) + "[5m]))", "messages lost"),
                                new Query("sum(increase(" + Series.MESSAGES_DUPLICATED.of(environment) + "[5m]))",
                                        "messages twice"),
                                new Query("sum(increase(" + Series.SESSIONS_LOST.of(environment) + "[5m]))", "sessions lost")),
                        List.of(), true),
                new Panel("Age of the count", "How long ago the clients were counted.", Kind.LINES, Unit.SECONDS,
                        List.of(new Query("time() - max(" + Series.READ_AT.of(environment) + ")", "age")),
                        List.of(new Limit(MetricsPage.STALE.toSeconds(), "stale", false, "critical")), true));
    }

    private static List<Note> notes(String environment) {
        return List.of(new Note("Runs", "max(" + Series.RUN_OPEN.of(environment) + ") == 1", "a run is open"),
                new Note("Triggers that fired",
                        "max by (trigger) (" + Series.TRIGGER_PHASE.of(environment, "phase", "fired") + ") == 1",
                        "{{trigger}} has fired"),
                new Note("Drills", "max(" + Series.DRILL.of(environment) + ") == 1", "drill"));
    }
}
