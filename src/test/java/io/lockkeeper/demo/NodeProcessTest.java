package io.lockkeeper.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeProcessTest {
    @TempDir
    Path folder;

    private final List<Process> processes = new ArrayList<>();

    @AfterEach
    void killWhatIsLeft() {
        processes.forEach(Process::destroyForcibly);
    }

    @Test
    void aSessionGoesOnInAnotherProcessAfterTheFirstWasTerminated() throws Throwable {
        int one = Ports.free();
        int two = Ports.free();
        int http = Ports.free();
        var log = folder.resolve("one.jsonl");
        var first = start("--name", "ws-1", "--ws-port", "" + one, "--http-port", "0", "--version", "v1", "--environment", "test",
                "--log",
                log.toString());
        start("--name", "ws-2", "--ws-port", "" + two, "--http-port", "" + http, "--version", "v2", "--environment", "test");
        var before = TestSession.hello(awaitOpen(one));
        var answer = before.next();
        assertThat(before.next().path("seq").asLong()).isEqualTo(1);

        first.destroy();
        assertThat(before.closeCode()).isEqualTo(1001);
        long last = 1L + before.waiting();
        assertThat(first.waitFor(5, TimeUnit.SECONDS)).isTrue();
        var after = TestSession.open(awaitOpen(two) + "?resume=" + answer.path("token").asString() + "&last=" + last);

        assertThat(first.exitValue()).isZero();
        assertThat(after.next().path("kind").asString()).isEqualTo("resumed");
        assertThat(after.next().path("seq").asLong()).isEqualTo(last + 1);
        assertThat(Files.readAllLines(log)).hasSize(2).first().asString()
                .contains("\"type\":\"opened\"", answer.path("session").asString())
                .doesNotContain(answer.path("token").asString());
        assertThat(Files.readAllLines(log).getLast()).contains("\"type\":\"closed\"", "\"code\":1001");
        var info = get(http, "/info");
        assertThat(info).contains("\"node\":\"ws-2\"", "\"version\":\"v2\"", "\"environment\":\"test\"", "\"instance\"",
                "\"startedAt\"");
        assertThat(get(http, "/connections")).isEqualTo("{\"open\":1}");
        after.leave();
    }

    @Test
    void crashEndsWithThreeAndWrongArgumentsWithTwo() throws Exception {
        var crash = start("--name", "ws-1", "--ws-port", "0", "--http-port", "0", "--version", "crash", "--environment", "test");
        var wrong = start("--name", "ws-1", "--version", "v9");

        assertThat(crash.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(crash.exitValue()).isEqualTo(3);
        assertThat(wrong.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(wrong.exitValue()).isEqualTo(2);
    }

    private Process start(String... arguments) throws IOException {
        var command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1", "-cp",
                        System.getProperty("java.class.path"), NodeProcess.class.getName()));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        processes.add(process);
        return process;
    }

    private static String awaitOpen(int port) {
        TestDemo.within(10).until(() -> listens(port));
        return "ws://127.0.0.1:" + port + "/ws";
    }

    private static boolean listens(int port) {
        try (var _ = new java.net.Socket(InetAddress.getLoopbackAddress(), port)) {
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    private static String get(int port, String path) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build();
        return TestSession.HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }
}
