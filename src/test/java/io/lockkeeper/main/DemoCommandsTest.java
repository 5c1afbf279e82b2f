package io.lockkeeper.main;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockkeeper.Promise;
import io.lockkeeper.cli.Terminal;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.FutureTask;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Command lines on one running demo, one after the other; what each one printed is looked through at the end.
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(90)
class DemoCommandsTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String LOOK = """
            lockkeeper: 1
            id: look
            title: Look around
            inputs:
              least: { type: count, default: 2 }
            steps:
              - { id: before, checklist: Before you look, items: [ { id: told, text: Somebody knows } ] }
              - { id: serves, gate: Enough nodes serve, signal: fleet.serving, atLeast: $least, within: 5s }
            """;
    private static final String STUCK = """
            lockkeeper: 1
            id: stuck
            title: Drain and expect too much
            inputs:
              node: { type: node }
            wayBack: { runbook: rollback, with: { nodes: $node } }
            steps:
              - { id: drain, action: Take the node out, do: drain, node: $node, deadline: 1s, stragglers: ask }
              - { id: never, gate: It deploys itself, signal: node.version, of: $node, is: v2, within: 2s }
            """;
    private static final String[] YES = {"--env", "demo", "--yes", "--stragglers", "close"};

    private @Nullable Path home;
    private @Nullable JsonNode demo;
    private String looked = "";
    private final List<String> printed = new ArrayList<>();

    @BeforeAll
    void startDemo(@TempDir Path folder) throws Exception {
        home = folder;
        var runbooks = Files.createDirectories(folder.resolve("config/runbooks"));
        Files.writeString(runbooks.resolve("look.yaml"), LOOK);
        Files.writeString(runbooks.resolve("stuck.yaml"), STUCK);
        demo = new DemoProcess(folder.resolve("demo")).attach();
    }

    @AfterAll
    void stopDemo() throws Exception {
        post("/shutdown", "");
    }

    private JsonNode demo() {
        return Objects.requireNonNull(demo);
    }

    private Terminals terminals() {
        return new Terminals(Objects.requireNonNull(home));
    }

    private Terminals.Result run(String... arguments) {
        var result = terminals().run(arguments);
        printed.add(result.out());
        return result;
    }

    private static String[] with(String[] more, String... arguments) {
        var all = new ArrayList<>(Arrays.asList(arguments));
        all.addAll(Arrays.asList(more));
        return all.toArray(String[]::new);
    }

    private int post(String path, String body) throws IOException, InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create(demo().path("admin").asString() + path))
                    .header("Authorization", "Bearer " + demo().path("token").asString())
                    .POST(HttpRequest.BodyPublishers.ofString(body)).build();
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        }
    }

    private static List<JsonNode> objects(String lines) {
        return lines.lines().map(JSON::readTree).toList();
    }

    @Test
    @Order(1)
    void theDemoThatRunsIsFoundAndSaysWhereItIs() {
        var result = run("demo");
        assertThat(result.out()).startsWith("the demo runs as pid " + demo().path("pid").asLong() + "; front door ");
        assertThat(result.code()).isZero();
    }

    @Test
    @Order(2)
    void anInterruptMeantForTheConsoleLeavesTheDemoRunning() throws Exception {
        var pid = demo().path("pid").asString();
        for (var signal : List.of("-INT", "-HUP")) {
            assertThat(new ProcessBuilder("kill", signal, pid).inheritIO().start().waitFor()).isZero();
        }
        assertThat(run("demo").out()).contains("pid " + pid);
    }

    @Test
    @Order(3)
    void statusSaysEveryLinkAndNode() {
        var result = run("status", "demo");
        assertThat(result.out()).startsWith("demo (sandbox), held by terminal (pid ").contains("  balancer front: live\n")
                .containsPattern("  ws-2  front: enabled / up, \\d+ sessions, itself: v1, ready, \\d+ connections\n");
        assertThat(result.code()).as(result.out()).isZero();
    }

    @Test
    @Order(4)
    void statusAsJsonIsOneObjectOnOneLine() {
        var result = run("status", "demo", "--json");
        assertThat(result.code()).isZero();
        assertThat(result.out().lines()).hasSize(1);
        var status = JSON.readTree(result.out());
        assertThat(status.path("environment").asString()).isEqualTo("demo");
        assertThat(status.path("tier").asString()).isEqualTo("SANDBOX");
        assertThat(status.path("following").asBoolean()).isTrue();
        assertThat(status.hasNonNull("openRun")).isFalse();
        assertThat(status.path("links").valueStream().map(link -> link.path("name").asString())).contains("balancer front",
                "node ws-1");
        assertThat(status.path("fleet").path("nodes").size()).isEqualTo(3);
    }

    @ParameterizedTest
    @Order(5)
    @CsvSource(delimiter = '|', value = {"run drain-nod --env demo | did you mean \"drain-node\"?",
            "run drain-node --env demo --input nod=ws-1 | did you mean \"node\"?",
            "run drain-node --env demo --input node=ws-11 | did you mean \"ws-1\"?",
            "run drain-node --env demo | input \"node\" is needed",
            "run drain-node --env demo --input node=ws-1 --input deadline=soon | 90s",
            "run rolling-deploy --env demo --input version=v22 | did you mean \"v2\"?",
            "run rollback --env demo --to-known-good | nothing is recorded as known good",
            "known-good --env demo --set ws-11=v1 | did you mean \"ws-1\"?",
            "known-good --env demo --set ws-1=v11 | did you mean \"v1\"?",
            "attach rolling-1 --env demo | environment demo has no run rolling-1; it never had one",
            "wayback --env demo --print | environment demo never had a run"})
    void aMistakeIsMetWithWhatWasMeantAndChangesNothing(String line, String words) {
        var result = run(line.split(" ", -1));
        assertThat(result.out()).contains(words);
        assertThat(result.code()).isEqualTo(2);
        assertThat(run("journal", "list", "--env", "demo").out()).isEqualTo("no run yet\n");
    }

    @ParameterizedTest
    @Order(6)
    @ValueSource(strings = {"hold", "continue", "rollback", "abort", "attach", "resume"})
    void anOrderWithoutAnOpenRunSaysSo(String order) {
        var result = run(order, "--env", "demo");
        assertThat(result.out()).contains("no run is open in environment demo");
        assertThat(result.code()).isEqualTo(2);
    }

    @Test
    @Order(6)
    void aDryRunPrintsEveryOrderAndWhatSpeaksAgainstItAndDoesNothing() {
        var nothing = run("run", "rolling-deploy", "--env", "demo", "--input", "version=v2", "--dry-run");
        assertThat(nothing.code()).as(nothing.out()).isZero();
        assertThat(nothing.out()).startsWith("DRY RUN of Rolling deploy on demo: ").contains("/v1/nodes/ws-2/drain")
                .contains("reads now: ws-1's version: v1").contains("== WAY BACK").contains("before: ws-3 runs v1")
                .contains("Nothing speaks against starting it now.");
        var token = demo().path("token").asString();
        assertThat(nothing.out()).doesNotContain(token);
        assertThat(run("journal", "list", "--env", "demo").out()).doesNotContain("rolling-deploy");
        assertThat(run("status", "demo").out()).doesNotContain("drained");
    }

    @Test
    @Order(7)
    void onATerminalALineIsRedrawnWhileTheRunGoesOnAndGoneWhenItStops() {
        var live = terminals().on(new Terminal.Means(true, true, true))
                .run(with(YES, "run", "stuck", "--input", "node=ws-1"));
        assertThat(live.code()).as(live.out()).isEqualTo(1);
        assertThat(live.out()).contains("\u001B[?7l\u001B[2mdrain ").contains("still there");
        assertThat(live.out().substring(live.out().lastIndexOf("\u001B[?7h"))).contains("\r\u001B[2K")
                .contains("stopped and is open");
        assertThat(live.out().lines().filter(line -> line.contains("never failed: "))).hasSize(1);
    }

    @Test
    @Order(8)
    void theServiceOfAnOpenRunStaysAndStatusSaysWhatStopped() {
        var result = run("status", "demo");
        assertThat(result.out()).contains(" (Drain and expect too much) is open\n").contains("never: failed, ");
        assertThat(run("journal", "show", "--env", "demo").out()).contains("never failed: ").doesNotContain("took the run over");
    }

    @Test
    @Order(9)
    void theWayBackOfTheRunIsPrintedAsCommandsAndFoundWithoutItsName() {
        var newest = run("wayback", "--env", "demo", "--print");
        assertThat(newest.out()).contains("stuck-").contains("ws-1").contains("curl");
        assertThat(newest.code()).isZero();
        var open = run("journal", "list", "--env", "demo").out().replaceFirst("(?s) .*", "");
        assertThat(run("wayback", open, "--env", "demo").out()).isEqualTo(newest.out());
    }

    @Test
    @Order(10)
    void aSecondRunIsRefusedWhileOneIsOpen() {
        var result = run(with(YES, "run", "look"));
        assertThat(result.out()).contains(" is open; one run at a time in an environment");
        assertThat(result.code()).isEqualTo(2);
    }

    @Test
    @Order(11)
    void holdIsTakenOnceAndContinueLetsTheRunGoOn() {
        var held = run("hold", "--env", "demo", "--reason", "lunch", "--actor", "ada");
        assertThat(held.out()).startsWith("taken: hold stuck-");
        assertThat(held.code()).isZero();
        assertThat(run("status", "demo").out()).contains("is open, held by ada\n");
        var again = run("hold", "--env", "demo");
        assertThat(again.code()).as(again.out()).isEqualTo(1);
        var goesOn = objects(run("continue", "--env", "demo", "--json").out());
        assertThat(goesOn).hasSize(1).allSatisfy(line -> assertThat(line.path("taken").asString()).isEqualTo("continue"));
    }

    @Test
    @Order(12)
    void aRunThatNobodyHereMayDecideIsLeftOpenWithCodeOne() {
        var result = run("attach", "--env", "demo", "--yes");
        assertThat(result.out()).contains("stopped and is open. Look at it with `lockkeeper attach stuck-");
        assertThat(result.code()).isEqualTo(1);
    }

    @Test
    @Order(13)
    void rollbackWalksTheWayBackAndSaysSoAsJson() {
        var result = run("rollback", "--env", "demo", "--reason", "back", "--json");
        assertThat(result.code()).as(result.out()).isZero();
        var lines = objects(result.out());
        assertThat(lines.getFirst().path("taken").asString()).isEqualTo("rollback");
        assertThat(lines.getLast().path("result").asString()).isEqualTo("ROLLED_BACK");
        assertThat(run("status", "demo").out()).containsPattern("  ws-1  front: enabled / up, \\d+ sessions, itself: v1, ready");
    }

    @Test
    @Order(14)
    void aRunAsJsonIsOneObjectPerLineAndTheLastSaysHowItEnded() {
        var result = run(with(YES, "run", "look", "--json", "--input", "least=3", "--reason", "curious"));
        assertThat(result.code()).as(result.out()).isZero();
        var lines = objects(result.out());
        assertThat(lines.getFirst().path("type").asString()).isEqualTo("RunStarted");
        assertThat(lines.getFirst().path("reason").asString()).isEqualTo("curious");
        assertThat(lines.stream().limit(lines.size() - 1L).map(line -> line.path("seq").asLong())).doesNotContain(0L).isSorted();
        assertThat(lines.get(lines.size() - 2).path("type").asString()).isEqualTo("RunEnded");
        looked = lines.getLast().path("run").asString();
        assertThat(result.out().lines().toList().getLast())
                .isEqualTo("{\"result\":\"SUCCEEDED\",\"run\":\"" + looked + "\",\"exit\":0}");
    }

    @Test
    @Order(15)
    void theJournalListsTheRunShowsItAndVerifies() {
        assertThat(run("journal", "list", "--env", "demo").out()).contains(looked + "  ").contains(": rolled back at ")
                .contains("Look around, by ")
                .contains(": succeeded at ").hasLineCount(2);
        assertThat(run("journal", "show", looked, "--env", "demo").out()).contains("(curious)")
                .contains("serves succeeded: nodes serving: 3")
                .contains("the run ended: succeeded");
        var verified = run("journal", "verify", "--env", "demo");
        assertThat(verified.out()).startsWith("intact: ");
        assertThat(verified.code()).isZero();
    }

    @Test
    @Order(16)
    void aRunThatHasEndedIsToldAgainAndNotWaitedForHoweverOldItIs() {
        var newest = run("attach", looked, "--env", "demo");
        assertThat(newest.out()).contains("the run ended: succeeded").doesNotContain("stuck");
        assertThat(newest.code()).isZero();
        var older = run("attach", rolledBack(), "--env", "demo");
        assertThat(older.out()).contains("(back)").contains("the run ended: rolled back").doesNotContain("curious");
        assertThat(older.code()).isEqualTo(1);
    }

    private String rolledBack() {
        return run("journal", "list", "--env", "demo").out().lines().findFirst().orElseThrow().replaceFirst(" .*",
                "");
    }

    @Test
    @Order(16)
    void whoComesTooLateToResumeHearsHowTheRunEnded() {
        var late = run("resume", "--env", "demo");
        assertThat(late.out()).contains("no run is open in environment demo; the newest, look-")
                .contains(", ended: succeeded. Name one");
        assertThat(late.code()).isEqualTo(2);
    }

    @Test
    @Order(17)
    void knownGoodIsSetByAPersonAndShown() {
        assertThat(run("known-good", "--env", "demo").out()).isEqualTo("nothing is recorded as known good\n");
        var set = run("known-good", "--env", "demo", "--actor", "kim", "--set", "ws-1=v1", "--set", "ws-2=v1");
        assertThat(set.out()).isEqualTo("recorded\n");
        assertThat(set.code()).isZero();
        assertThat(run("known-good", "--env", "demo").out()).contains(" by kim: ws-1 v1, ws-2 v1");
    }

    @Test
    @Order(18)
    void abortEndsARunThatWaitsInAnotherTerminal() throws Exception {
        var other = new FutureTask<>(() -> terminals().run("run", "look", "--env", "demo"));
        Thread.ofPlatform().name("other terminal").start(other); // the common pool belongs to the HTTP client
        Awaitility.await().atMost(Duration.ofSeconds(20))
                .until(() -> other.isDone() || run("journal", "list", "--env", "demo").out().contains(": open"));
        assertThat(other.isDone()).as(() -> other.resultNow().out()).isFalse();
        var aborted = run("abort", "--env", "demo", "--reason", "not today");
        assertThat(aborted.out()).startsWith("taken: abort look-");
        var waiting = other.get(20, TimeUnit.SECONDS);
        assertThat(waiting.out()).contains("Nobody can answer here").contains("before begins").contains("the run ended: aborted");
        assertThat(waiting.code()).isEqualTo(1);
    }

    @Test
    @Order(19)
    @Promise(7)
    void nothingThatWasPrintedHasTheDemosTokenOrAnEscapeCodeInIt() {
        assertThat(printed).hasSizeGreaterThan(30)
                .noneMatch(words -> words.contains(demo().path("token").asString())).noneMatch(words -> words.contains("\u001B"));
    }
}
