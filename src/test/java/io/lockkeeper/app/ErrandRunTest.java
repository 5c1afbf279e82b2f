package io.lockkeeper.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lockkeeper.Promise;
import io.lockkeeper.adapter.command.CommandErrands;
import io.lockkeeper.app.simulation.MemoryJournal;
import io.lockkeeper.app.simulation.PassingEvents;
import io.lockkeeper.domain.environment.Environment;
import io.lockkeeper.domain.environment.ErrandKind;
import io.lockkeeper.domain.environment.ErrandSpec;
import io.lockkeeper.domain.environment.ErrandSpec.Argument;
import io.lockkeeper.domain.environment.PinnedErrands;
import io.lockkeeper.domain.environment.SecretRef;
import io.lockkeeper.domain.run.Command;
import io.lockkeeper.domain.run.RunEvent;
import io.lockkeeper.domain.run.Settlement;
import io.lockkeeper.domain.run.StepRun;
import io.lockkeeper.domain.run.StepState;
import io.lockkeeper.domain.runbook.Plan;
import io.lockkeeper.domain.runbook.Readback;
import io.lockkeeper.domain.runbook.Step;
import io.lockkeeper.lab.RealTime;
import io.lockkeeper.port.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// A whole session with real programs, in real time.
@DisabledOnOs(OS.WINDOWS)
@Timeout(90)
class ErrandRunTest {
    private static final String PASSWORD = "hunter2";
    private static final SortedMap<String, SecretRef> NO_SECRETS = new TreeMap<>();
    private static final PinnedErrands PINNED = new PinnedErrands("sim", List.of(
            new ErrandSpec.Command("flush", List.of(new Argument("./flush.sh", false), new Argument("node", true)),
                    new TreeMap<>(Map.of("TOKEN", new SecretRef.Env("TOKEN"))), Duration.ofSeconds(1)),
            new ErrandSpec.Command("left", List.of(new Argument("./left.sh", false)), NO_SECRETS, Duration.ofSeconds(1))),
            Map.of("ws-1", Map.of("node", "ws-1")));

    private final Path folder;
    private final CalmService service = new CalmService();
    private final MemoryJournal journal = new MemoryJournal();
    private final PassingEvents codec = new PassingEvents();

    ErrandRunTest(@TempDir Path folder) {
        this.folder = folder;
    }

    private void script(String name, String text) throws IOException {
        var file = folder.resolve(name);
        Files.writeString(file, "#!/bin/sh\n" + text + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }

    private static Environment environment() {
        var sim = Trial.ENVIRONMENT;
        return new Environment(sim.name(), sim.tier(), sim.hash(), sim.nodes(), sim.balancers(), sim.versions(), sim.floor(),
                sim.capabilities(), sim.closeCode(), sim.guards(), PINNED);
    }

    private Endpoints endpoints() {
        var time = new RealTime();
        var commands = new CommandErrands(PINNED, folder, folder, System.getenv(), _ -> new Secret(PASSWORD), time);
        var calm = service.endpoints();
        return new Endpoints(calm.balancers(), calm.lifecycle(), calm.view(), Optional.empty(), Optional.empty(),
                Map.of(ErrandKind.COMMAND, commands));
    }

    private EnvironmentSession session() throws Exception {
        return new EnvironmentSession(new EnvironmentSession.Parts(environment(), endpoints(), journal, codec, new RealTime(),
                _ -> "wayback", () -> 0.5, "test", "kim"));
    }

    private static Step.Errand step(Readback confirm, Duration deadline) {
        return new Step.Errand("flush", "Flush it", ErrandKind.COMMAND, "flush", "ws-1", null, confirm, deadline);
    }

    private static void start(EnvironmentSession session, Step step) throws InterruptedException {
        await().until(() -> session.snapshot().fleet().views().values().stream().allMatch(sight -> sight.readAt().isPresent()));
        assertThat(session.submit("r-1",
                new Command.Start("kim", "r-1", "", "text", "hash", new Plan("p", "P", List.of(step)), null,
                        Map.of(), null, Map.of(), List.of(), false, "hash", "test", "nonce")))
                .isInstanceOf(Submitted.Taken.class);
    }

    private static StepRun flush(EnvironmentSession session) {
        return Objects.requireNonNull(session.snapshot().run()).step("flush");
    }

    private static void until(EnvironmentSession session, StepState state) {
        await().atMost(Duration.ofSeconds(40)).untilAsserted(() -> assertThat(flush(session).state()).isEqualTo(state));
    }

    private long runs() throws IOException {
        return Files.readString(folder.resolve("ran")).lines().count();
    }

    @Test
    @Promise(1)
    void oneThatSaysItWentWellIsDoneOnlyWhenItsEffectIsSeen() throws Exception {
        script("flush.sh", "echo $1 >> ran; (sleep 2; echo 0 > left) & exit 0");
        script("left.sh", "cat left 2>/dev/null || echo 7");
        try (var session = session()) {
            start(session, step(new Readback.Prints("left", "0"), Duration.ofSeconds(20)));
            until(session, StepState.SUCCEEDED);
            assertThat(flush(session).words()).contains("left prints \"0\"");
            assertThat(Files.readString(folder.resolve("ran"))).isEqualTo("ws-1\n");
        }
    }

    @Test
    @Promise(1)
    void oneThatFailsHalfWayIsSettledByWhatIsThere() throws Exception {
        script("flush.sh", "echo $1 >> ran; echo 0 > left; exit 3");
        script("left.sh", "cat left");
        try (var session = session()) {
            start(session, step(new Readback.Prints("left", "0"), Duration.ofSeconds(20)));
            until(session, StepState.SUCCEEDED);
            assertThat(session.snapshot().events()).map(Recorded::event)
                    .anyMatch(event -> event instanceof RunEvent.OpSettled settled
                            && settled.toString().contains("Unknown[why=exit code 3"));
            assertThat(runs()).isEqualTo(1);
        }
    }

    @Test
    @Promise(1)
    void oneThatHangsIsEndedAndNotAppliedOnlyWhileItsConfirmationAnswers() throws Exception {
        script("flush.sh", "echo $1 >> ran; echo $TOKEN; sleep 300");
        script("left.sh", "test -f answers && echo 7");
        try (var session = session()) {
            start(session, step(new Readback.Prints("left", "0"), Duration.ofSeconds(1)));
            until(session, StepState.OUTCOME_UNKNOWN);
            await().pollDelay(Duration.ofSeconds(7)).atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(flush(session).state()).isEqualTo(StepState.OUTCOME_UNKNOWN));
            Files.createFile(folder.resolve("answers"));
            until(session, StepState.FAILED);
            assertThat(flush(session).words()).contains("did not have its effect").contains("left prints \"7\", not \"0\"");
            assertThat(runs()).isEqualTo(1);
            assertThat(session.snapshot().events().toString()).doesNotContain(PASSWORD);
        }
    }

    @Test
    @Promise(4)
    void whatAnotherConsoleBeganIsNeverConcludedNotToHaveBeenDone() throws Exception {
        script("flush.sh", "echo $1 >> ran; sleep 3; echo 0 > left");
        script("left.sh", "cat left 2>/dev/null || echo 7");
        var first = session();
        start(first, step(new Readback.Prints("left", "0"), Duration.ofMillis(2500)));
        await().until(() -> Files.exists(folder.resolve("ran")));
        first.close(); // its program is ended with the deadline; the next console cannot know
        try (var session = session()) {
            until(session, StepState.OUTCOME_UNKNOWN);
            var deadline = Instant.now().plusSeconds(12);
            await().atMost(Duration.ofSeconds(20)).until(() -> Instant.now().isAfter(deadline));
            assertThat(flush(session).state()).isEqualTo(StepState.OUTCOME_UNKNOWN);
            assertThat(flush(session).words()).contains("begun by a console that is gone");
            Files.writeString(folder.resolve("left"), "0");
            until(session, StepState.SUCCEEDED);
            assertThat(runs()).isEqualTo(1);
            assertThat(session.snapshot().events()).map(Recorded::event)
                    .anyMatch(event -> event instanceof RunEvent.OpObserved observed
                            && observed.settlement() instanceof Settlement.Applied);
        }
    }

    @Test
    @Promise(1)
    void aPersonIsAskedAndWhoSaidWhatIsKept() throws Exception {
        script("flush.sh", "echo $1 >> ran");
        try (var session = session()) {
            start(session, step(new Readback.Person("is it empty?"), Duration.ofSeconds(20)));
            until(session, StepState.AWAITING_PERSON);
            var op = Objects.requireNonNull(session.snapshot().run()).ops().keySet().iterator().next();
            assertThat(session.submit("r-1", new Command.Settle("ada", op, true, "the page shows 0")))
                    .isInstanceOf(Submitted.Taken.class);
            until(session, StepState.SUCCEEDED);
            assertThat(session.snapshot().events()).map(Recorded::event).map(EventWords::of)
                    .anyMatch(words -> words.contains("the page shows 0") && words.endsWith("says ada"));
        }
    }

    @Test
    @Promise(3)
    void theWayBackOnPaperHasTheLiteralCommandWithItsReadBackAndNoSecret() {
        var forward = new Plan("p", "P", List.of(step(new Readback.Prints("left", "0"), Duration.ofSeconds(20))));
        var back = new Plan("b", "B", List.of(step(new Readback.Prints("left", "9"), Duration.ofSeconds(20))));
        var text = WayBackText
                .of(new RunEvent.RunStarted(Instant.EPOCH, "r-1", "kim", "", "text", "hash", forward, back, Map.of(), null,
                        Map.of(), List.of(), false, "hash", "test", "nonce"), environment(), endpoints());
        assertThat(text).contains("Nothing here undoes what these steps of the run did, unless a step below says so: Flush it",
                "# in the folder of the environment file:\nTOKEN=\"$TOKEN\" ./flush.sh ws-1\n# read back: left prints \"9\"\n./left.sh")
                .doesNotContain(PASSWORD);
    }
}
