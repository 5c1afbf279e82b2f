package io.lockkeeper.adapter.json;

import io.lockkeeper.domain.alerting.Dashboard;
import io.lockkeeper.domain.alerting.Panel;
import io.lockkeeper.domain.alerting.Panel.Kind;
import io.lockkeeper.domain.alerting.Panel.Limit;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A dashboard as Grafana's JSON model, for its import or its provisioning. The data source is a variable of the dashboard.
public final class GrafanaJson {
    /// Of Grafana 12; older ones read it as well, for nothing in here is newer than 8.
    private static final int SCHEMA = 41;
    private static final int WIDTH = 24;
    private static final int HEIGHT = 8;
    private static final int LONGEST_UID = 40;
    private static final List<String> PHASE_COLOURS = List.of("green", "yellow", "red", "purple");

    private static final String GOAL = "blue";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private GrafanaJson() {}

    public static String of(Dashboard dashboard) {
        var root = JSON.createObjectNode();
        root.putNull("id").put("uid", uid(dashboard.environment())).put("title", "Lockkeeper: " + dashboard.environment())
                .put("description", "What Lockkeeper's own clients measure of " + dashboard.environment()
                        + ". Written by `lockkeeper export dashboard`.");
        root.putArray("tags").add("lockkeeper").add(dashboard.environment());
        root.put("schemaVersion", SCHEMA).put("version", 1).put("editable", true).put("graphTooltip", 1).put("refresh", "10s")
                .put("timezone", "");
        root.putObject("time").put("from", "now-1h").put("to", "now");
        root.putArray("links");
        dataSourceVariable(root.putObject("templating").putArray("list").addObject());
        annotations(root.putObject("annotations").putArray("list"), dashboard);
        panels(root.putArray("panels"), dashboard.panels());
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    }

    /// The same for every export, so that an import takes the place of the one before.
    private static String uid(String environment) {
        var plain = "lockkeeper-" + environment;
        return plain.length() <= LONGEST_UID && plain.matches("[A-Za-z0-9_-]+")
                ? plain
                : UUID.nameUUIDFromBytes(plain.getBytes(StandardCharsets.UTF_8)).toString();
    }

    private static void dataSourceVariable(ObjectNode variable) {
        variable.put("name", "datasource").put("label", "Data source").put("type", "datasource").put("query", "prometheus")
                .put("regex", "").put("refresh", 1).put("hide", 0).put("multi", false).put("includeAll", false)
                .put("skipUrlSync", false);
    }

    private static void dataSource(ObjectNode of) {
        of.putObject("datasource").put("type", "prometheus").put("uid", "${datasource}");
    }

    private static void annotations(ArrayNode list, Dashboard dashboard) {
        var own = list.addObject().put("builtIn", 1).put("enable", true).put("hide", true)
                .put("iconColor", "rgba(0, 211, 255, 1)")
                .put("name", "Annotations & Alerts").put("type", "dashboard");
        own.putObject("datasource").put("type", "grafana").put("uid", "-- Grafana --");
        dashboard.notes().forEach(note -> {
            var entry = list.addObject().put("name", note.name()).put("enable", true).put("hide", false)
                    .put("iconColor", note.name().startsWith("Trigger") ? "red" : "blue").put("expr", note.expression())
                    .put("titleFormat", note.words()).put("step", "10s").put("useValueForTime", false);
            dataSource(entry);
        });
    }

    private static void panels(ArrayNode list, List<Panel> panels) {
        int x = 0;
        int y = 0;
        int id = 1;
        for (var panel : panels) {
            int width = panel.half() ? WIDTH / 2 : WIDTH;
            if (x + width > WIDTH) {
                x = 0;
                y += HEIGHT;
            }
            var node = list.addObject().put("id", id++).put("title", panel.title()).put("description", said(panel))
                    .put("type", type(panel.kind()));
            node.putObject("gridPos").put("h", HEIGHT).put("w", width).put("x", x).put("y", y);
            dataSource(node);
            targets(node.putArray("targets"), panel);
            defaults(node.putObject("fieldConfig"), panel);
            options(node.putObject("options"), panel.kind());
            x += width;
        }
    }

    private static String type(Kind kind) {
        return switch (kind) {
            case LINES -> "timeseries";
            case VALUE -> "stat";
            case PHASES -> "state-timeline";
        };
    }

    private static void targets(ArrayNode targets, Panel panel) {
        char ref = 'A';
        for (var query : panel.queries()) {
            var target = targets.addObject().put("refId", String.valueOf(ref++)).put("expr", query.expression())
                    .put("legendFormat", query.legend()).put("range", true).put("instant", false).put("editorMode", "code");
            dataSource(target);
        }
    }

    private static void defaults(ObjectNode config, Panel panel) {
        var defaults = config.putObject("defaults").put("unit", panel.unit().key());
        if (panel.unit() == Panel.Unit.SHARE) {
            defaults.put("max", 1);
        } else {
            defaults.put("min", 0);
        }
        config.putArray("overrides");
        var steps = defaults.putObject("thresholds").put("mode", "absolute").putArray("steps");
        var mappings = defaults.putArray("mappings");
        switch (panel.kind()) {
            case LINES -> {
                defaults.putObject("color").put("mode", "palette-classic");
                defaults.putObject("custom").put("drawStyle", "line").put("lineWidth", 1).put("spanNulls", false)
                        .put("showPoints", "auto").putObject("thresholdsStyle")
                        .put("mode", panel.limits().isEmpty() ? "off" : "dashed");
                limits(steps, panel.limits());
            }
            case VALUE -> {
                defaults.putObject("color").put("mode", "thresholds");
                steps.addObject().put("color", "red").putNull("value");
                steps.addObject().put("color", "green").put("value", 1);
            }
            case PHASES -> {
                defaults.putObject("color").put("mode", "thresholds");
                var options = mappings.addObject().put("type", "value").putObject("options");
                for (int code = 0; code < Dashboard.PHASES.size(); code++) {
                    options.putObject(String.valueOf(code)).put("text", Dashboard.PHASES.get(code))
                            .put("color", PHASE_COLOURS.get(code)).put("index", code);
                }
                steps.addObject().put("color", "green").putNull("value");
            }
        }
    }

    /// Each a line in its own colour; the same value twice is one line.
    private static void limits(ArrayNode steps, List<Limit> limits) {
        steps.addObject().put("color", "transparent").putNull("value");
        var lines = new TreeMap<Double, String>();
        limits.forEach(limit -> lines.merge(limit.value(), colour(limit), (one, other) -> one.equals(GOAL) ? other : one));
        lines.forEach((value, colour) -> steps.addObject().put("color", colour).put("value", value));
    }

    /// Grafana draws limits without names: they are said with the panel.
    private static String said(Panel panel) {
        return panel.limits().isEmpty()
                ? panel.description()
                : panel.description() + " Lines: " + panel.limits().stream().map(limit -> limit.words() + " " + limit.value())
                        .collect(Collectors.joining(", ")) + ".";
    }

    private static String colour(Limit limit) {
        return switch (limit.severity()) {
            case "critical" -> "red";
            case "alert" -> "orange";
            case "warning" -> "yellow";
            default -> GOAL;
        };
    }

    /// All that Grafana's own schema of a panel requires, its defaults too.
    private static void options(ObjectNode options, Kind kind) {
        switch (kind) {
            case LINES -> legendAndTooltip(options, "multi");
            case VALUE -> {
                options.put("colorMode", "background").put("graphMode", "none").put("textMode", "value")
                        .put("justifyMode", "auto")
                        .put("wideLayout", true).put("showPercentChange", false).put("percentChangeColorMode", "standard")
                        .put("orientation", "auto");
                options.putObject("reduceOptions").put("fields", "").put("values", false).putArray("calcs").add("lastNotNull");
            }
            case PHASES -> {
                options.put("showValue", "auto").put("mergeValues", true).put("rowHeight", 0.9);
                legendAndTooltip(options, "single");
            }
        }
    }

    private static void legendAndTooltip(ObjectNode options, String mode) {
        options.putObject("legend").put("displayMode", "list").put("placement", "bottom").put("showLegend", true)
                .putArray("calcs");
        options.putObject("tooltip").put("mode", mode).put("sort", "none");
    }
}
