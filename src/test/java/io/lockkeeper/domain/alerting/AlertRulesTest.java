package io.lockkeeper.domain.alerting;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockkeeper.domain.trigger.Action;
import io.lockkeeper.domain.trigger.Delivery;
import io.lockkeeper.domain.trigger.TriggerSet;
import io.lockkeeper.domain.trigger.TriggerSpec;
import io.lockkeeper.domain.trigger.TriggerSpec.SuccessBelow;
import io.lockkeeper.lab.Tool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The rules as Prometheus itself reads and evaluates them: `promtool` of the installed Prometheus.
@Timeout(60)
class AlertRulesTest {
    @TempDir
    Path folder = Path.of(".");

    private final List<String> cases = new ArrayList<>();

    /// One case of `promtool test rules`: series of ten minutes with a value every 15 s, and what fires at each time, no more and no less.
    private final class Case {
        private final String name;
        private final List<String> series = new ArrayList<>();
        private final List<String> expected = new ArrayList<>();

        Case(String name) {
            this.name = name;
        }

        /// @param values in promtool's notation
        Case series(String metric, String values) {
            series.add("      - { series: '" + metric + "', values: '" + values + "' }\n");
            return this;
        }

        Case always(String metric, double value) {
            return series(metric, value + "+0x40");
        }

        Case watched() {
            return always(Series.WATCHING.of("shop"), 1);
        }

        Case success(String window, double ratio) {
            return always(Series.SUCCESS.of("shop", "by", "client", "window", window), ratio);
        }

        Case phase(String trigger, String phase) {
            Dashboard.PHASES.forEach(one -> always(Series.TRIGGER_PHASE.of("shop", "trigger", trigger, "phase", one),
                    one.equals(phase) ? 1 : 0));
            return this;
        }

        Case fires(String at, String... alerts) {
            var samples = Stream.of(alerts).map(alert -> "{ labels: '{alertname=\"" + alert + "\"}', value: 1 }")
                    .collect(Collectors.joining(", "));
            expected.add("      - expr: count by (alertname) (ALERTS{alertstate=\"firing\"})\n        eval_time: " + at
                    + "\n        exp_samples: [" + samples + "]\n");
            return this;
        }

        void add() {
            cases.add("  - name: " + name + "\n    interval: 15s\n    input_series:\n" + String.join("", series)
                    + "    promql_expr_test:\n" + String.join("", expected));
        }
    }

    private void holds(TriggerSet triggers) throws Exception {
        var rules = Files.writeString(folder.resolve("rules.yaml"), AlertRules.file("shop", triggers, "a test"));
        var check = Tool.run("", "promtool", "check", "rules", rules.toString());
        assertThat(check.code()).as(check.out()).isZero();
        assertThat(check.out()).contains("SUCCESS").doesNotContain("duplicate");
        var tests = Files.writeString(folder.resolve("test.yaml"),
                "rule_files: [ rules.yaml ]\nevaluation_interval: 15s\ntests:\n" + String.join("", cases));
        var tested = Tool.run("", "promtool", "test", "rules", tests.toString());
        assertThat(tested.code()).as(tested.out()).isZero();
        assertThat(tested.out()).contains("SUCCESS");
    }

    @Test
    void eachUsualRuleFiresWhenItMustAndNotWhenItMustNot() throws Exception {
        new Case("all is well").watched().success("5m", 0.95).success("1m", 0.8).phase("success-rate", "holding")
                .phase("data-loss", "quiet").always(Series.MESSAGES_LOST.of("shop"), 7).always(Series.DRILL.of("shop"), 0)
                .fires("10m").add();
        new Case("A1, a failure rate above 5 % in five minutes").watched().success("5m", 0.949).success("1m", 0.8)
                .fires("1m", "LockkeeperFailureWarning").add();
        new Case("A2, success below 90 % in five minutes").watched().success("5m", 0.899)
                .fires("1m", "LockkeeperFailureWarning", "LockkeeperSuccessAlert").add();
        new Case("A3, success below 80 % in one minute").watched().success("1m", 0.79)
                .fires("1m", "LockkeeperSuccessCritical").add();
        new Case("no data is no alert of success, and another environment is none of ours").watched()
                .always("lockkeeper_reconnect_success_samples{environment=\"shop\",by=\"client\",window=\"5m\"}", 0)
                .always(Series.SUCCESS.of("yard", "by", "client", "window", "5m"), 0.1).fires("10m").add();
        for (var trigger : List.of("success-rate", "emergency-failures", "slower-reconnects", "data-loss")) {
            var alert = "Lockkeeper" + Stream.of(trigger.split("-", -1))
                    .map(word -> Character.toUpperCase(word.charAt(0)) + word.substring(1)).collect(Collectors.joining());
            new Case(trigger + " has fired").watched().phase(trigger, "fired").fires("15s", alert).add();
        }
        new Case("blind for five minutes").watched().phase("success-rate", "blind").fires("4m45s").fires("5m",
                AlertRules.BLIND).add();
        new Case("blind because nobody watches is told once").always(Series.WATCHING.of("shop"), 0)
                .phase("success-rate", "blind").fires("45s").fires("6m", AlertRules.WATCHER_ABSENT).add();
        new Case("the watcher's page is gone").series(Series.WATCHING.of("shop"), "1+0x7 stale").fires("2m45s")
                .fires("3m30s", AlertRules.WATCHER_ABSENT).add();
        new Case("one of two watchers is enough").watched().always("lockkeeper_watching{environment=\"shop\",job=\"other\"}", 0)
                .fires("10m").add();
        new Case("a message is lost, another comes twice").watched().series(Series.MESSAGES_LOST.of("shop"), "0+0x8 1+0x32")
                .series(Series.MESSAGES_DUPLICATED.of("shop"), "0+0x8 1+0x32").fires("2m")
                .fires("2m30s", "LockkeeperMessagesLost", "LockkeeperMessagesDuplicated").fires("8m").add();
        new Case("a drill").watched().series(Series.DRILL.of("shop"), "0 0 1 1 0 0").fires("15s")
                .fires("30s", AlertRules.DRILL).fires("1m").add();
        holds(TriggerSet.USUAL);
    }

    @Test
    void limitsAndTimesAreThoseOfTheEnvironment() throws Exception {
        var specs = new ArrayList<TriggerSpec>(List.of(
                new SuccessBelow("a.half", Action.WARN, 50, Duration.ofMinutes(1), Duration.ofMinutes(2), Duration.ofMinutes(1)),
                new SuccessBelow("odd", Action.ALERT, 90, Duration.ofMinutes(3), Duration.ZERO, Duration.ofMinutes(1)),
                new TriggerSpec.DataLoss("loss", Action.WARN, Delivery.AT_LEAST_ONCE, Duration.ofMinutes(5))));
        new Case("half").watched().success("1m", 0.49).fires("1m45s").fires("2m", "LockkeeperAHalf").add();
        new Case("not half").watched().success("1m", 0.5).fires("10m").add();
        new Case("a window that is not measured all the time is asked of the trigger").watched().phase("odd", "fired")
                .success("1m", 0.85).fires("1m", "LockkeeperOdd").add();
        new Case("what may come twice is no loss").watched().series(Series.MESSAGES_DUPLICATED.of("shop"), "0+0x4 5+0x36")
                .series(Series.MESSAGES_LOST.of("shop"), "0+0x4 5+0x36").fires("2m", "LockkeeperMessagesLost").add();
        holds(new TriggerSet(specs));
        var rules = AlertRules.of("shop", new TriggerSet(specs));
        assertThat(rules).extracting(AlertRule::name).doesNotContain("LockkeeperSuccessRate");
        assertThat(rules.getFirst().labels()).containsEntry("severity", "warning").containsEntry("trigger", "a.half");
    }

    @Test
    void whoIsWokenReadsTheFiguresAndWhatToDo() throws Exception {
        Files.writeString(folder.resolve("rules.yaml"), AlertRules.file("shop", TriggerSet.USUAL, "a test"));
        var warning = AlertRules.of("shop", TriggerSet.USUAL).stream()
                .filter(rule -> rule.name().equals("LockkeeperFailureWarning")).findFirst().orElseThrow();
        var tests = Files.writeString(folder.resolve("test.yaml"),
                """
                        rule_files: [ rules.yaml ]
                        evaluation_interval: 15s
                        tests:
                          - interval: 15s
                            input_series:
                              - { series: 'lockkeeper_reconnect_success_ratio{environment="shop",by="attempt",window="5m"}', values: '0.93+0x8' }
                            alert_rule_test:
                              - eval_time: 1m
                                alertname: LockkeeperFailureWarning
                                exp_alerts:
                                  - exp_labels: { environment: shop, by: attempt, window: 5m, severity: warning, trigger: failure-warning }
                                    exp_annotations:
                                      summary: "Reconnections to shop: 93%% by attempt over 5m, the limit is 95 %%"
                                      description: "%s"
                                      action: "%s"
                                      runbook: rollback
                        """
                        .formatted(warning.annotations().get("description"), warning.annotations().get("action")));
        var tested = Tool.run("", "promtool", "test", "rules", tests.toString());
        assertThat(tested.code()).as(tested.out()).isZero();
        assertThat(AlertRules.of("shop", TriggerSet.USUAL)).allSatisfy(
                rule -> assertThat(rule.annotations()).containsKeys("summary", "description", "action"));
        assertThat(AlertRules.of("shop", TriggerSet.USUAL)).filteredOn(rule -> rule.name().equals("LockkeeperSuccessRate"))
                .singleElement().satisfies(rule -> assertThat(rule.annotations().get("action"))
                        .contains("lockkeeper rollback --env shop", "triggers acknowledge success-rate"));
    }
}
