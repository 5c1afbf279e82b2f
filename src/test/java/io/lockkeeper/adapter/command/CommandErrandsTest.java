package io.lockkeeper.adapter.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.lockkeeper.Promise;
import io.lockkeeper.domain.environment.ErrandKind;
import io.lockkeeper.domain.environment.ErrandSpec;
import io.lockkeeper.domain.environment.ErrandSpec.Argument;
import io.lockkeeper.domain.environment.PinnedErrands;
import io.lockkeeper.domain.environment.SecretRef;
import io.lockkeeper.domain.run.Order;
import io.lockkeeper.domain.runbook.Readback;
import io.lockkeeper.lab.RealTime;
import io.lockkeeper.port.Call;
import io.lockkeeper.port.LinkFault;
import io.lockkeeper.port.Reply;
import io.lockkeeper.port.Secret;
import io.lockkeeper.port.Secrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Real programs.
@DisabledOnOs(OS.WINDOWS)
@Timeout(60)
class CommandErrandsTest {
    private static final String PASSWORD = "hunter2";
    private static final Secrets SECRETS = _ -> new Secret(PASSWORD);
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(700);

    private final RealTime time = new RealTime();
    private final Path folder;

    CommandErrandsTest(@TempDir Path folder) {
        this.folder = folder;
    }

    private void script(String name, String text) throws IOException {
        var file = folder.resolve(name);
        Files.writeString(file, "#!/bin/sh\n" + text + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }

    private CommandErrands errands(Map<String, SecretRef> secrets, String... run) {
        var arguments = new ArrayList<Argument>();
        for (var word : run) {
            arguments.add(word.startsWith("$") ? new Argument(word.substring(1), true) : new Argument(word, false));
        }
        SortedMap<String, SecretRef> given = new TreeMap<>(secrets);
        var spec = new ErrandSpec.Command("it", arguments, given, Duration.ofSeconds(5));
        return new CommandErrands(
                new PinnedErrands("shop", List.of(spec), Map.of("ws-1", Map.of("node", "ws-1", "http", "8080"))),
                folder, folder, Map.of("PATH", System.getenv("PATH"), "SHOP_PASSWORD", PASSWORD), SECRETS, time);
    }

    private static Order.Errand order(@Nullable String version) {
        return new Order.Errand(ErrandKind.COMMAND, "it", "ws-1", version, new Readback.Prints("it", "0"));
    }

    private Reply send(CommandErrands errands, @Nullable String version, Duration limit) throws InterruptedException {
        return errands.send(order(version), new Call("r/op", "kim", "why", time.now().plus(limit)));
    }

    private Reply send(String script) throws IOException, InterruptedException {
        script("it.sh", script);
        return send(errands(Map.of(), "./it.sh"), null, LIMIT);
    }

    private String read(String script) throws IOException, LinkFault, InterruptedException {
        script("it.sh", script);
        return errands(Map.of(), "./it.sh").read(order(null), LIMIT);
    }

    @Test
    void argumentsArriveWholeWithoutAShell() throws Exception {
        script("it.sh", "printf '%s|' \"$@\" \"$LOCKKEEPER_OP\" \"$(pwd -P)\" > got");
        var reply = send(errands(Map.of(), "./it.sh", "$node", "$version", "$http", "$environment", "a b; rm -rf *", "$(x)"),
                "v2",
                LIMIT);
        assertThat(reply).isInstanceOf(Reply.Refused.class); // $(x) is no placeholder that has a value
        reply = send(errands(Map.of(), "./it.sh", "$node", "$version", "$http", "$environment", "a b; rm -rf *"), "v2", LIMIT);
        assertThat(reply).isEqualTo(new Reply.Accepted("exit code 0"));
        assertThat(Files.readString(folder.resolve("got")))
                .isEqualTo("ws-1|v2|8080|shop|a b; rm -rf *|r/op|" + folder.toRealPath() + "|");
    }

    @ParameterizedTest
    @CsvSource({"--force", "v2 x", "$(id)", "''"})
    void aVersionThatCouldBeSomethingElseIsNotPassedOn(String version) throws Exception {
        script("it.sh", "touch ran");
        assertThat(send(errands(Map.of(), "./it.sh", "$version"), version, LIMIT)).isInstanceOf(Reply.Refused.class);
        assertThat(folder.resolve("ran")).doesNotExist();
    }

    @Test
    @Promise(1)
    void aProgramThatFailsMayHaveDoneHalfItsWork() throws Exception {
        assertThat(send("echo one >&2; echo 'the cache is locked' >&2; exit 3")).isEqualTo(
                new Reply.NoAnswer("exit code 3 (the cache is locked); it may have done part of its work"));
    }

    @Test
    void whatIsNotThereOrMayNotBeRunCertainlyDidNothing() throws Exception {
        assertThat(send(errands(Map.of(), "./gone.sh"), null, LIMIT))
                .isEqualTo(new Reply.Refused("not run: ./gone.sh is not there"));
        Files.writeString(folder.resolve("plain"), "x");
        assertThat(send(errands(Map.of(), "./plain"), null, LIMIT))
                .isEqualTo(new Reply.Refused("not run: ./plain may not be executed"));
        assertThat(send(errands(Map.of(), "true"), null, Duration.ofMillis(-1)))
                .isEqualTo(new Reply.Refused("not run: its deadline had passed"));
        assertThat(send(errands(Map.of(), "true"), null, LIMIT)).isInstanceOf(Reply.Accepted.class);
    }

    @Test
    @Promise(1)
    void whatHangsIsEndedAtItsDeadlineWithItsChildrenAndGrandchildren() throws Exception {
        script("child.sh", "echo $$ >> pids; sleep 300 & echo $! >> pids; wait");
        script("it.sh", "echo $$ >> pids; ./child.sh & trap '' TERM; wait; sleep 300");
        var errands = errands(Map.of(), "./it.sh");
        assertThat(errands.mayStillRun("r/op")).isTrue();
        assertThat(send(errands, null, SHORT)).isInstanceOfSatisfying(Reply.NoAnswer.class,
                reply -> assertThat(reply.why()).contains("did not end by its deadline"));
        assertThat(errands.mayStillRun("r/op")).isFalse();
        var pids = Files.readAllLines(folder.resolve("pids"));
        assertThat(pids).hasSize(3);
        await().atMost(Duration.ofSeconds(10)).until(() -> pids.stream().noneMatch(CommandErrandsTest::isAlive));
    }

    /// A process that has ended and that nobody asked about is no longer there for us.
    private static boolean isAlive(String pid) {
        return ProcessHandle.of(Long.parseLong(pid)).filter(ProcessHandle::isAlive)
                .filter(_ -> !stat(pid).contains(" Z ")).isPresent();
    }

    private static String stat(String pid) {
        try {
            return Files.readString(Path.of("/proc", pid, "stat"));
        } catch (IOException _) {
            return "";
        }
    }

    @Test
    void whatItLeavesBehindWhenItEndsWellGoesOnAndIsNotWaitedFor() throws Exception {
        long begun = System.nanoTime();
        assertThat(send("sleep 300 & echo $! > pid; exit 0")).isInstanceOf(Reply.Accepted.class);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(100));
        var pid = Files.readString(folder.resolve("pid")).strip();
        assertThat(isAlive(pid)).isTrue();
        ProcessHandle.of(Long.parseLong(pid)).ifPresent(ProcessHandle::destroyForcibly);
    }

    @Test
    void whatPrintsWithoutEndIsNeitherStoppedByThatNorKept() throws Exception {
        assertThat(send("head -c 20000000 /dev/zero | tr '\\0' x; head -c 20000000 /dev/zero | tr '\\0' y >&2; exit 4"))
                .isInstanceOfSatisfying(Reply.NoAnswer.class, reply -> {
                    assertThat(reply.why()).startsWith("exit code 4 (yyyy");
                    assertThat(reply.why().length()).isLessThan(300);
                });
        assertThatThrownBy(() -> read("head -c 200000 /dev/zero | tr '\\0' 0")).isInstanceOf(LinkFault.class)
                .hasMessage("command it prints more than 64 KiB");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            echo 0                   | 0
            printf '  0 \\n\\n'      | 0
            echo 5                   | 5
            echo 00                  | 00
            printf '0\\n0'           | 0 0
            printf ''                | ''
            echo 0 >&2               | ''
            """)
    void whatItPrintsIsReadWithoutTheWhiteSpaceAroundIt(String script, String expected) throws Exception {
        assertThat(read(script)).isEqualTo(expected);
    }

    @Test
    @Promise(1)
    void aLookThatFailsSaysNothingAboutTheEffect() {
        assertThatThrownBy(() -> read("echo 0; echo no connection >&2; exit 1")).isInstanceOf(LinkFault.class)
                .hasMessage("command it ended with exit code 1 (no connection)");
        assertThatThrownBy(() -> {
            script("it.sh", "echo 0; sleep 300");
            errands(Map.of(), "./it.sh").read(order(null), Duration.ofSeconds(1));
        }).isInstanceOf(LinkFault.class).hasMessage("command it did not end within 1 s");
    }

    @Test
    @Promise(7)
    void aProgramGetsItsSecretsAndNoOthersAndNothingItPrintsIsShownThen() throws Exception {
        script("it.sh", "env > got; echo \"$TOKEN\"; echo \"$TOKEN\" >&2; exit 5");
        var errands = errands(Map.of("TOKEN", new SecretRef.Env("SHOP_PASSWORD")), "./it.sh");
        assertThat(send(errands, null, LIMIT).toString()).contains("exit code 5").doesNotContain(PASSWORD);
        var got = Files.readAllLines(folder.resolve("got"));
        assertThat(got).contains("TOKEN=" + PASSWORD).noneMatch(line -> line.startsWith("SHOP_PASSWORD"));
        script("it.sh", "echo \"$TOKEN\"");
        assertThat(errands.read(order(null), LIMIT)).isEqualTo("something else");
        script("it.sh", "echo 0");
        assertThat(errands.read(order(null), LIMIT)).isEqualTo("0");
    }
}
