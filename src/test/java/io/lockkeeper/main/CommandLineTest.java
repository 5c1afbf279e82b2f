package io.lockkeeper.main;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockkeeper.adapter.journal.FileJournal;
import io.lockkeeper.adapter.journal.JournalFiles;
import io.lockkeeper.adapter.json.JsonRunEvents;
import io.lockkeeper.Promise;
import io.lockkeeper.domain.journal.Draft;
import io.lockkeeper.domain.run.Ending;
import io.lockkeeper.domain.run.Op;
import io.lockkeeper.domain.run.Order;
import io.lockkeeper.domain.run.Outcome;
import io.lockkeeper.domain.runbook.Plan;
import io.lockkeeper.domain.runbook.Step;
import io.lockkeeper.domain.runbook.Verb;
import io.lockkeeper.domain.run.RunEvent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Command lines that need no service: help, mistakes, files, journals.
class CommandLineTest {
    private static final Instant AT = Instant.parse("2026-11-24T03:00:00Z");

    @TempDir
    Path home;

    private Terminals terminals = new Terminals(Path.of("."));

    @BeforeEach
    void openTerminal() {
        terminals = new Terminals(home);
    }

    /// A journal with one event, of an environment whose file is called `yard.yaml`.
    private JournalFiles chatJournal() throws Exception {
        var files = JournalFiles.under(home, "chat");
        try (var journal = FileJournal.open(files, "test")) {
            var event = new JsonRunEvents().encode(new RunEvent.KnownGoodSet(AT, "kim", Map.of("ws-1", "v1")));
            journal.append(List.of(new Draft(AT, null, event.type(), event.version(), event.body())), true);
        }
        return files;
    }

    private Path yard(String text) throws Exception {
        var folder = Files.createDirectories(home.resolve("config/environments"));
        return Files.writeString(folder.resolve("yard.yaml"), text);
    }

    private static String chat() throws Exception {
        return Files.readString(Path.of("environments/service.yaml")).replace("environment: chat-sandbox", "environment: chat");
    }

    @ParameterizedTest
    @ValueSource(strings = {"yard", "config/environments/yard.yaml"})
    void aJournalIsFoundByTheFileThatNamesItsEnvironment(String name) throws Exception {
        chatJournal();
        yard(chat());
        var shown = terminals.run("journal", "show", "--env", name.contains("/") ? home.resolve(name).toString() : name);
        assertThat(shown.out()).contains("known good from now on, by kim");
        assertThat(shown.code()).isZero();
    }

    @Test
    void aJournalOutlivesTheFileOfItsEnvironment() throws Exception {
        chatJournal();
        var verified = terminals.run("journal", "verify", "--env", "chat");
        assertThat(verified.out()).startsWith("intact: 1 entries, 1 anchors met").contains("Not provable from these files alone");
        assertThat(verified.code()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"verify, yardd, yard", "list, yardd, yard", "show, demoo, demo", "verify, /nowhere/x.yaml, /nowhere/x.yaml",
            "list, ../journals/chat, ../journals/chat"})
    void noJournalIsSaidToBeIntactOrEmptyWhereThereIsNoSuchEnvironment(String command, String name, String told)
            throws Exception {
        chatJournal();
        yard(chat());
        var result = terminals.run("journal", command, "--env", name);
        assertThat(result.out()).contains(told).doesNotContain("intact").doesNotContain("no run yet");
        assertThat(result.code()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"list", "show"})
    void aJournalThatWasAlteredIsNotShownAsIfItEndedThere(String command) throws Exception {
        var files = chatJournal();
        Files.writeString(files.journal(), Files.readString(files.journal()).replace("kim", "eve"));
        var result = terminals.run("journal", command, "--env", "chat");
        assertThat(result.out()).contains("THIS IS NOT ALL OF IT - altered at line 1");
        assertThat(result.code()).isEqualTo(1);
    }

    @Test
    void aRunThatTheJournalDoesNotHaveIsSaidSo() throws Exception {
        chatJournal();
        var result = terminals.run("journal", "show", "deploy-1", "--env", "chat");
        assertThat(result.out()).isEqualTo("environment chat has no run deploy-1; `journal list` names those it had\n");
        assertThat(result.code()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "demo", "status", "clients", "lint", "simulate", "run", "attach", "resume", "hold", "continue",
            "rollback",
            "abort",
            "journal",
            "journal verify", "journal list", "journal show", "wayback", "known-good", "key", "key create", "key show", "request",
            "approve", "hand-in", "control", "control take", "control give-back", "triggers", "triggers show",
            "triggers acknowledge", "triggers replay", "episodes", "signals", "baseline", "baseline record", "baseline list",
            "triggers acknowledge", "triggers replay", "watch", "export", "export alerts", "export dashboard", "drill",
            "window"})
    void everyCommandExplainsItself(String command) {
        var result = terminals.run((command + " --help").strip().split(" ", -1));
        assertThat(result.out()).startsWith("Usage: lockkeeper").contains("--help").doesNotContain("\u001B");
        assertThat(result.code()).isZero();
    }

    @Test
    void everyCommandOfTheHelpIsOneThatExplainsItself() {
        assertThat(terminals.run("--help").out().lines().filter(line -> line.matches("  [a-z].*"))
                .map(line -> line.strip().replaceFirst("  .*", ""))).containsExactly("demo", "status", "clients", "lint",
                        "simulate", "run",
                        "attach, resume", "hold", "continue", "rollback", "abort", "settle", "journal", "wayback", "known-good",
                        "key",
                        "request", "approve", "hand-in", "control", "triggers", "episodes", "signals", "baseline", "watch",
                        "export",
                        "drill", "notify", "window");
        assertThat(terminals.run("--version").out()).isEqualTo("lockkeeper 0.1.0\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"stauts demo | Did you mean: lockkeeper status",
            "journal verfy | Did you mean: journal verify?",
            "journal | say what: journal verify, journal list or journal show",
            "triggers | say what: triggers show, triggers report, triggers vote, triggers acknowledge, or triggers replay",
            "triggers show --env yardd | did you mean \"yard\"?",
            "triggers replay | Missing required parameter: 'FILE'",
            "triggers replay nosuch.jsonl | cannot be read: NoSuchFileException",
            "triggers replay x.jsonl --env yardd | did you mean \"yard\"?", "'' | a command is missing",
            "run drain-node --env demo --jsn | Possible solutions: --json",
            "run drain-node | Missing required option: '--env=ENV'",
            "status | Missing required parameter: 'ENV'", "run x --env demo --stragglers kick | expected one of [ASK, CLOSE]",
            "run x --env demo --input version | should be in KEY=VALUE format", "status demoo | did you mean \"demo\"?",
            "attach --env yardd | did you mean \"yard\"?", "lint x.yaml --env yardd | did you mean \"yard\"?",
            "wayback nothing --env yard | the way back of run nothing is not in "})
    void aMistypedLineEndsWithTwoAndSaysWhatWasMeant(String line, String words) throws Exception {
        yard(chat());
        var result = terminals.run(line.isEmpty() ? new String[0] : line.split(" ", -1));
        assertThat(result.out()).contains(words).doesNotContain("\u001B");
        assertThat(result.code()).isEqualTo(2);
    }

    @Test
    void lintSaysWhereAndWhatIsWrongInEveryFileAndWhichAreFine() {
        var bad = "src/test/resources/refused/unknown-key.yaml";
        var result = terminals.run("lint", bad, "runbooks/drain-node.yaml", "nosuch.yaml");
        assertThat(result.out().lines()).containsExactly(
                bad + ":6:5: error: this step has no kind (did you mean \"gate\" instead of \"gat\"?)",
                "runbooks/drain-node.yaml: nothing against it",
                "nosuch.yaml:1:1: error: the file cannot be read (NoSuchFileException)");
        assertThat(result.code()).isEqualTo(2);
        assertThat(terminals.run("lint", "runbooks/drain-node.yaml", "runbooks/rollback.yaml").code()).isZero();
    }

    /// A run that was aborted while nobody knew whether its one order had been carried out.
    private void undecidedRun() throws Exception {
        undecidedRun(true);
    }

    private void undecidedRun(boolean ended) throws Exception {
        var order = new Order.Enable("ws-1", "front");
        var action = new Step.Action("on", "Enable ws-1", Verb.ENABLE, "ws-1", null, null, null, Duration.ofSeconds(60), null);
        var op = new Op(Op.id("on-1", "on", order, 1), "on", order, 1, 1, AT, AT.plusSeconds(60), null);
        try (var journal = FileJournal.open(JournalFiles.under(home, "chat"), "test")) {
            for (var event : List.of(
                    new RunEvent.RunStarted(AT, "on-1", "kim", "", "", "", new Plan("on", "On", List.of(action)), null, Map.of(),
                            null, Map.of(),
                            List.of(),
                            false, "hash", "test", "nonce"),
                    new RunEvent.Resumed(AT, 1, "test"), new RunEvent.StepEntered(AT, "on", 1), new RunEvent.OpIntended(AT, op),
                    new RunEvent.OpSettled(AT, op.id(), new Outcome.Unknown("connection reset")),
                    new RunEvent.RunEnded(AT, Ending.ABORTED, "kim", "aborted", List.of())).subList(0, ended ? 6 : 5)) {
                var encoded = new JsonRunEvents().encode(event);
                journal.append(List.of(new Draft(AT, "on-1", encoded.type(), encoded.version(), encoded.body())), true);
            }
        }
    }

    @Test
    @Promise(1)
    void aRunWithAnUnknownOutcomeEndsWithThree() throws Exception {
        yard(chat());
        undecidedRun();
        Files.writeString(home.resolve("config/environments/chat-token"), "x");
        var result = terminals.run("attach", "on-1", "--env", "yard");
        assertThat(result.out()).contains("OUTCOME UNKNOWN: connection reset").contains("the run ended: aborted")
                .contains("the outcome of at least one order is unknown; see the journal");
        assertThat(result.code()).isEqualTo(3);
    }

    @Test
    @Promise(1)
    void whatNobodyKnowsIsSettledByWhoLookedAndStandsInTheJournalAsTheirWord() throws Exception {
        yard(chat());
        undecidedRun(false);
        Files.writeString(home.resolve("config/environments/chat-token"), "x");
        assertThat(terminals.run("settle", "--env", "yard", "--applied").code()).as("without a word of what was seen")
                .isEqualTo(2);
        assertThat(terminals.run("settle", "--env", "yard", "--saw", "x").code()).as("without saying which").isEqualTo(2);
        var other = terminals.run("settle", "--env", "yard", "--applied", "--saw", "x", "--op", "on-1/off");
        assertThat(other.out()).contains("no unknown outcome: on-1/off");
        var settled = terminals.run("settle", "--env", "yard", "--applied", "--saw", "front shows it enabled", "--actor", "ada");
        assertThat(settled.out()).contains("taken: settle on-1").contains("Nobody holds the run");
        assertThat(settled.code()).isZero();
        assertThat(terminals.run("journal", "show", "--env", "yard").out())
                .contains("settled, it was applied: front shows it enabled - on/ws-1@front/enable/1, says ada");
        assertThat(terminals.run("settle", "--env", "yard", "--not-applied", "--saw", "x").out())
                .contains("no outcome is unknown in this run");
    }

    @Test
    @Promise(7)
    void aSecretOfAnEnvironmentFileIsInNoOutputWhateverGoesWrong() throws Exception {
        var secret = "hunter2-s3cret";
        yard(chat());
        undecidedRun();
        var token = Files.writeString(home.resolve("config/environments/chat-token"), secret);
        Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-------"));
        var inline = Files.writeString(home.resolve("inline.yaml"), chat().replace("{ file: chat-token }", secret));
        var inAddress = Files.writeString(home.resolve("address.yaml"), chat().replace("http://", "http://kim:" + secret + "@"));
        for (var line : List.of("status yard", "status yard --json", "run drain-node --env yard --input node=ws-1",
                "attach on-1 --env yard",
                "attach on-1 --env yard --json", "journal show --env yard", "known-good --env yard", "wayback on-1 --env yard",
                "lint runbooks/drain-node.yaml --env yard", "status " + inline, "status " + inAddress,
                "journal list --env " + inline,
                "lint " + inline, "lint " + token, "status " + token + ".yaml")) {
            assertThat(terminals.run(line.split(" ", -1)).out()).as(line).isNotEmpty().doesNotContain(secret)
                    .doesNotContain("hunter2");
        }
        try (var files = Files.walk(home)) {
            for (var file : files.filter(Files::isRegularFile).filter(file -> !List.of(token, inline, inAddress).contains(file))
                    .toList()) {
                assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).as(file.toString()) // some are no text
                        .doesNotContain(secret);
            }
        }
    }
}
