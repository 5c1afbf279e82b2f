package io.lockkeeper.main;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockkeeper.lab.PrometheusLab;
import io.lockkeeper.lab.Tool;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// A watcher as its own process on the demo, read by a real Prometheus with the rules it was given, and a real Alertmanager behind it. In order.
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(90)
class AlertingCommandsTest {
    private @Nullable Path home;
    private @Nullable PrometheusLab lab;
    private @Nullable Process watcher;
    private @Nullable DemoProcess demo;
    private String target = "";

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        home = folder;
        var running = new DemoProcess(folder.resolve("demo"));
        running.attach();
        demo = running;
        lab = new PrometheusLab(Files.createDirectories(folder.resolve("lab")));
        terminals().run("triggers", "show", "--env", "demo");
        assertThat(terminals().run("status", "demo").code()).isZero(); // writes the demo's file
        Files.writeString(environment(), Files.readString(folder.resolve("demo/demo.yaml")) + "alerting: { prometheus: \""
                + lab().prometheus() + "\", alertmanager: \"" + lab().alertmanager() + "\" }\n");
        var builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m",
                "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"), "io.lockkeeper.main.Lockkeeper", "watch",
                "--env", environment().toString(), "--metrics", "127.0.0.1:0").redirectErrorStream(true)
                .redirectOutput(folder.resolve("watch.log").toFile());
        builder.environment().put("LOCKKEEPER_HOME", folder.toString());
        watcher = builder.start();
        Awaitility.await("watching").atMost(Duration.ofSeconds(60)).until(() -> said().contains("watched by watcher"));
        target = said().replaceAll("(?s).*metrics at http://([^/]+)/metrics.*", "$1");
        assertThat(said()).contains("for this computer only");
        assertThat(terminals().run("export", "alerts", environment().toString(), "--out", rules().toString()).out())
                .contains("written to " + rules());
        lab().start(target, rules());
    }

    @AfterAll
    void stop() throws Exception {
        if (lab != null) {
            lab.close();
        }
        if (watcher != null) {
            watcher.destroyForcibly();
        }
        if (demo != null) {
            demo.stop();
        }
    }

    private Terminals terminals() {
        return new Terminals(Objects.requireNonNull(home));
    }

    private PrometheusLab lab() {
        return Objects.requireNonNull(lab);
    }

    private Path environment() {
        return Objects.requireNonNull(home).resolve("demo/watched.yaml");
    }

    private Path rules() {
        return Objects.requireNonNull(home).resolve("rules.yaml");
    }

    private String said() throws IOException {
        return Files.readString(Objects.requireNonNull(home).resolve("watch.log"));
    }

    @Test
    @Order(1)
    void thePageIsOneThatPrometheusLikesAndHoldsNoSecret() throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            var page = http.send(HttpRequest.newBuilder(URI.create("http://" + target + "/metrics")).build(),
                    BodyHandlers.ofString());
            assertThat(page.headers().firstValue("Content-Type")).contains("text/plain; version=0.0.4; charset=utf-8");
            assertThat(page.body()).contains("lockkeeper_watching{environment=\"demo\"} 1\n",
                    "lockkeeper_messages_lost_total{environment=\"demo\"} ", "lockkeeper_drill{environment=\"demo\"} 0\n")
                    .doesNotContain(Files.readString(Objects.requireNonNull(home).resolve("demo/token")).strip());
            var lint = Tool.run(page.body(), "promtool", "check", "metrics");
            assertThat(lint.out()).isBlank();
            assertThat(lint.code()).isZero();
        }
    }

    @Test
    @Order(2)
    void aRealPrometheusReadsItEvaluatesTheRulesAndAnswersEveryPanel() throws Exception {
        Awaitility.await("read").atMost(Duration.ofSeconds(20)).until(() -> lab().query("max(lockkeeper_watching)")
                .at("/data/result/0/value/1").asString("").equals("1"));
        Awaitility.await("evaluated").atMost(Duration.ofSeconds(20)).until(() -> {
            var rules = lab().get("/api/v1/rules").at("/data/groups/0/rules");
            return rules.size() > 10
                    && rules.valueStream().allMatch(rule -> rule.path("health").asString("").equals("ok"));
        });
        assertThat(lab().query("ALERTS{alertname=\"LockkeeperWatcherAbsent\",alertstate=\"firing\"}").at("/data/result"))
                .isEmpty();
        var dashboard = JsonMapper.builder().build()
                .readTree(terminals().run("export", "dashboard", environment().toString()).out());
        var expressions = dashboard.path("panels").valueStream().flatMap(panel -> panel.path("targets").valueStream())
                .map(query -> query.path("expr").asString()).toList();
        assertThat(expressions).hasSizeGreaterThan(15);
        for (var expression : expressions) {
            assertThat(lab().query(expression).path("status").asString()).as(expression).isEqualTo("success");
        }
        assertThat(lab().query(expressions.getFirst()).at("/data/result/0/value/1").asString()).isEqualTo("1");
    }

    @Test
    @Order(3)
    void aDrillSaysAtWhichHopItsAlertWasNotSeen() {
        var drill = terminals().run("drill", environment().toString(), "--limit", "5s", "--actor", "kim", "--reason", "monday");
        assertThat(drill.out()).contains("drill of demo by kim", "Prometheus has read it from the watcher's page",
                "Prometheus has the alert firing",
                "not seen within 5s: Alertmanager has received it; see `alerting` in the configuration of Prometheus",
                "the drill was ended");
        assertThat(drill.code()).isEqualTo(1);
    }

    @Test
    @Order(4)
    void aDrillIsSeenToArriveAndToEndAndStandsInTheJournal() throws Exception {
        lab().connect(target, rules());
        Awaitility.await("resolved").atMost(Duration.ofSeconds(20))
                .until(() -> lab().query("ALERTS{alertname=\"LockkeeperDrill\"}").at("/data/result").isEmpty());
        var drill = terminals().run("drill", environment().toString(), "--limit", "30s", "--actor", "kim", "--reason", "monday");
        assertThat(drill.out()).containsSubsequence("Prometheus has read it from the watcher's page\n",
                "Prometheus has the alert firing\n", "Alertmanager has received it\n", "the drill was ended\n",
                "Prometheus has the alert resolved\n", "Alertmanager has it resolved\n", "an alert of demo arrives\n");
        assertThat(drill.code()).isZero();
        assertThat(terminals().run("journal", "show", "--env", environment().toString()).out())
                .contains("kim drills whether an alert arrives, until ", "monday", "kim ended the drill");
    }

    @Test
    @Order(5)
    void toldToStopItSaysGoodbyeAndEndsWell() throws Exception {
        var process = Objects.requireNonNull(watcher);
        process.destroy(); // SIGTERM
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(said()).isZero();
        assertThat(said()).endsWith("stopped\n");
        Awaitility.await("gone").atMost(Duration.ofSeconds(20))
                .until(() -> lab().query("max(lockkeeper_watching)").at("/data/result").isEmpty());
        var drill = terminals().run("drill", environment().toString());
        assertThat(drill.out()).contains("no drill was begun: Prometheus knows of nobody who watches demo");
        assertThat(drill.code()).isEqualTo(1);
    }

    @Test
    @Order(6)
    void whatIsMissingForItIsSaid() throws Exception {
        assertThat(terminals().run("drill", "demo").out()).contains("has no section \"alerting\"");
        assertThat(terminals().run("drill", environment().toString(), "--limit", "1h").out()).contains("--limit 1h");
        assertThat(terminals().run("watch", "--env", "demo", "--metrics", "everywhere:99999").out())
                .contains("--metrics everywhere:99999 is no address; write it like 127.0.0.1:9464");
        var blind = Files.writeString(Objects.requireNonNull(home).resolve("plain.yaml"), """
                lockkeeper: 1
                environment: plain
                tier: sandbox
                nodes: { ws-1: {} }
                service: { url: "http://127.0.0.1:1", token: { file: token } }
                """);
        var watch = terminals().run("watch", "--env", blind.toString());
        assertThat(watch.out()).contains("has no section \"clients\"");
        assertThat(watch.code()).isEqualTo(2);
        assertThat(terminals().run("export", "alerts", "nowhere").code()).isEqualTo(2);
    }
}
