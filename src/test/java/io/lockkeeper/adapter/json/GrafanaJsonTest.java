package io.lockkeeper.adapter.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockkeeper.domain.alerting.Dashboard;
import io.lockkeeper.domain.alerting.Series;
import io.lockkeeper.domain.trigger.Action;
import io.lockkeeper.domain.trigger.TriggerSet;
import io.lockkeeper.domain.trigger.TriggerSpec.SuccessBelow;
import io.lockkeeper.lab.Tool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Timeout(60)
class GrafanaJsonTest {
    private final JsonNode dashboard = read(TriggerSet.USUAL);

    private static JsonNode read(TriggerSet triggers) {
        return JsonMapper.builder().build().readTree(GrafanaJson.of(Dashboard.of("shop", triggers)));
    }

    private static JsonNode panel(JsonNode of, String title) {
        return of.path("panels").valueStream().filter(panel -> panel.path("title").asString().equals(title)).findFirst()
                .orElseThrow();
    }

    private static List<Double> lines(JsonNode panel) {
        return panel.at("/fieldConfig/defaults/thresholds/steps").valueStream().filter(step -> !step.path("value").isNull())
                .map(step -> step.path("value").asDouble()).toList();
    }

    private static List<String> expressions(JsonNode of) {
        var all = new ArrayList<String>();
        of.path("panels").valueStream().flatMap(panel -> panel.path("targets").valueStream())
                .forEach(target -> all.add(target.path("expr").asString()));
        of.at("/annotations/list").valueStream().filter(note -> note.has("expr"))
                .forEach(note -> all.add(note.path("expr").asString()));
        return all;
    }

    @Test
    void itIsADashboardWhoseDataSourceIsChosenInGrafana() {
        assertThat(dashboard.path("schemaVersion").asInt()).isEqualTo(41);
        assertThat(dashboard.path("title").asString()).isEqualTo("Lockkeeper: shop");
        assertThat(dashboard.path("id").isNull()).isTrue();
        assertThat(dashboard.path("uid").asString()).isEqualTo("lockkeeper-shop");
        var variable = dashboard.at("/templating/list/0");
        assertThat(variable.path("type").asString()).isEqualTo("datasource");
        assertThat(variable.path("query").asString()).isEqualTo("prometheus");
        var ids = new HashSet<Integer>();
        var places = new HashSet<String>();
        dashboard.path("panels").valueStream().forEach(panel -> {
            assertThat(ids.add(panel.path("id").asInt())).isTrue();
            assertThat(places.add(panel.at("/gridPos/x") + " " + panel.at("/gridPos/y"))).isTrue();
            assertThat(panel.at("/gridPos/x").asInt() + panel.at("/gridPos/w").asInt()).isLessThanOrEqualTo(24);
            assertThat(panel.path("description").asString()).isNotBlank();
            assertThat(panel.at("/datasource/uid").asString()).isEqualTo("${datasource}");
            assertThat(panel.path("targets").valueStream()).isNotEmpty()
                    .allSatisfy(target -> assertThat(target.at("/datasource/uid").asString()).isEqualTo("${datasource}"));
        });
        assertThat(read(TriggerSet.USUAL)).as("the same every time").isEqualTo(dashboard);
    }

    /// Its keys as the JSON schemas have them that Grafana publishes with its foundation SDK (jsonschema/stat, statetimeline, timeseries).
    @Test
    void aPanelSaysEverythingThatGrafanasSchemaOfItRequires() {
        var required = Map.of("stat",
                List.of("graphMode", "colorMode", "justifyMode", "textMode", "wideLayout", "showPercentChange",
                        "percentChangeColorMode", "orientation", "reduceOptions/calcs"),
                "state-timeline",
                List.of("showValue", "rowHeight", "legend/calcs", "legend/showLegend", "tooltip/mode", "tooltip/sort"),
                "timeseries", List.of("legend/calcs", "legend/displayMode", "legend/placement", "tooltip/mode", "tooltip/sort"));
        var types = new HashSet<String>();
        dashboard.path("panels").valueStream().forEach(panel -> {
            var type = panel.path("type").asString();
            types.add(type);
            assertThat(required.get(type)).as(type)
                    .allSatisfy(key -> assertThat(panel.at("/options/" + key).isMissingNode()).as(key).isFalse());
        });
        assertThat(types).isEqualTo(required.keySet());
        assertThat(dashboard.at("/templating/list/0").has("current")).as("a choice without text and value").isFalse();
    }

    @Test
    void everySignalHasAPlaceOnIt() {
        var all = String.join("\n", expressions(dashboard));
        for (var series : Series.values()) {
            if (series != Series.BUILD && series != Series.TIME_SAMPLES) {
                assertThat(all).contains(series.key() + "{environment=\"shop\"");
            }
        }
        assertThat(panel(dashboard, "Triggers").path("type").asString()).isEqualTo("state-timeline");
        assertThat(panel(dashboard, "Triggers").at("/fieldConfig/defaults/mappings/0/options/2/text").asString())
                .isEqualTo("fired");
    }

    @Test
    void itsLinesAreTheLimitsOfTheEnvironment() {
        assertThat(lines(panel(dashboard, "Reconnections, 5m"))).containsExactly(0.9, 0.95);
        assertThat(lines(panel(dashboard, "Reconnections, 1m"))).containsExactly(0.8, 0.95);
        assertThat(panel(dashboard, "Reconnections, 1m").path("description").asString())
                .contains("success-rate 0.8, success-critical 0.8, goal 0.95");
        assertThat(lines(panel(dashboard, "Time to return, 5m"))).containsExactly(5.0, 10.0, 30.0);
        assertThat(lines(panel(dashboard, "Availability, 5m"))).containsExactly(0.999);
        var own = read(new TriggerSet(List.of(new SuccessBelow("own", Action.WARN, 70, Duration.ofMinutes(5), Duration.ZERO,
                Duration.ofMinutes(1)))));
        assertThat(lines(panel(own, "Reconnections, 5m"))).containsExactly(0.7, 0.95);
    }

    @Test
    void prometheusCanReadEveryExpression(@TempDir Path folder) throws Exception {
        var rules = new StringBuilder("groups:\n  - name: dashboard\n    rules:\n");
        int number = 0;
        for (var expression : expressions(dashboard)) {
            rules.append("      - { record: \"shown:").append(number++).append("\", expr: '").append(expression).append("' }\n");
        }
        var file = Files.writeString(folder.resolve("rules.yaml"), rules);
        var check = Tool.run("", "promtool", "check", "rules", file.toString());
        assertThat(check.code()).as(check.out()).isZero();
        assertThat(check.out()).contains("SUCCESS: " + number + " rules found");
    }
}
