package io.lockkeeper.main;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockkeeper.adapter.journal.FileJournal;
import io.lockkeeper.adapter.journal.JournalFiles;
import io.lockkeeper.adapter.json.JsonRunEvents;
import io.lockkeeper.adapter.yaml.EnvironmentYaml;
import io.lockkeeper.cli.Terminal;
import io.lockkeeper.domain.fleet.Fleet;
import io.lockkeeper.domain.fleet.SessionRoll;
import io.lockkeeper.domain.fleet.Sight;
import io.lockkeeper.domain.journal.Draft;
import io.lockkeeper.domain.run.Facts;
import io.lockkeeper.domain.run.RunEvent;
import io.lockkeeper.domain.run.RunMachine;
import io.lockkeeper.domain.runbook.Plan;
import io.lockkeeper.domain.runbook.Step;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Two people on two computers: one whose run waits, one who approves. No service answers, and none is needed.
class ApprovalCommandsTest {
    private static final Terminal.Means PERSON = new Terminal.Means(true, false, false);

    @TempDir
    Path folder;

    private Path home = Path.of(".");
    private Terminals kim = new Terminals(Path.of("."));
    private Terminals ada = new Terminals(Path.of("."));

    @BeforeEach
    void twoComputers() throws Exception {
        home = folder.resolve("kim");
        kim = new Terminals(home);
        ada = new Terminals(Files.createDirectories(folder.resolve("ada")));
    }

    private static String key(Terminals terminals, String name) {
        var made = terminals.run("key", "create", name);
        assertThat(made.code()).as(made.out()).isZero();
        return made.out().lines().filter(line -> line.startsWith("  - {")).findFirst().orElseThrow();
    }

    private String environment(String more) throws Exception {
        var text = Files.readString(Path.of("environments/service.yaml")).replace("environment: chat-sandbox",
                "environment: yard")
                + more;
        Files.writeString(Files.createDirectories(home.resolve("config/environments")).resolve("yard.yaml"), text);
        return text;
    }

    /// The run of kim, left open where it waits for an approval.
    private void waitingRun(String roster, Duration expires) throws Exception {
        var text = environment("people:\n" + roster + "\n");
        var environment = EnvironmentYaml.read("yard.yaml", text).file().orElseThrow().environment(Set.of(), 1006);
        var at = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        var step = new Step.Approval("sign", "Go to everybody?", "approve", expires);
        var events = new ArrayList<RunEvent>();
        var started = new RunEvent.RunStarted(at, "r-1", "kim", "ticket 1", "", "0a1b", new Plan("roll", "Roll", List.of(step)),
                null, Map.of(), null, Map.of(), List.of(), false, environment.hash(), "test", "nonce");
        events.add(started);
        events.add(new RunEvent.Resumed(at, 1, "test"));
        var state = RunMachine.evolve(RunMachine.begin(started), events.getLast());
        var facts = new Facts(environment, new Fleet(List.of(), new TreeMap<>(), new TreeMap<>(), new TreeMap<>(),
                new Sight.Unseen<SessionRoll>("", at, null)), at);
        for (var news = RunMachine.look(state, facts); !news.isEmpty(); news = RunMachine.look(state, facts)) {
            for (var event : news) {
                events.add(event);
                state = RunMachine.evolve(state, event);
            }
        }
        try (var journal = FileJournal.open(JournalFiles.under(home, "yard"), "test")) {
            for (var event : events) {
                var encoded = new JsonRunEvents().encode(event);
                journal.append(List.of(new Draft(at, "r-1", encoded.type(), encoded.version(), encoded.body())), true);
            }
        }
    }

    private Path sent(String request) throws Exception {
        return Files.writeString(folder.resolve("request.txt"), request);
    }

    private static String lastLine(String text) {
        return text.strip().lines().reduce((_, last) -> last).orElse("");
    }

    @Test
    void oneAsksTheOtherSignsOnAnotherComputerAndTheLineThatComesBackIsTaken() throws Exception {
        waitingRun(key(kim, "kim") + "\n" + key(ada, "ada"), Duration.ofHours(1));
        var request = kim.run("request", "--env", "yard");
        assertThat(request.out()).startsWith("Lockkeeper approval request, version 1\nenvironment: yard\n");
        assertThat(request.code()).isZero();

        var signed = ada.run("approve", "--as", "ada", "--yes", sent(request.out()).toString());
        assertThat(signed.code()).as(signed.out()).isZero();
        assertThat(signed.out()).contains("what is approved            Go to everybody?\n",
                "started by                  kim\n", "reason                      ticket 1\n", "that is in 59m");
        assertThat(lastLine(signed.out())).startsWith("ada ");

        var taken = kim.run(("hand-in --env yard --actor kim " + lastLine(signed.out())).split(" ", -1));
        assertThat(taken.out()).startsWith("taken: sign is approved by ada\n").contains("lockkeeper attach r-1 --env yard");
        assertThat(taken.code()).isZero();
        assertThat(kim.run("journal", "show", "--env", "yard").out()).contains("APPROVED by ada: sign, handed in by kim");
        var again = kim.run(("hand-in --env yard " + lastLine(signed.out())).split(" ", -1));
        assertThat(again.out()).isEqualTo("no run in environment yard waits for an approval\n");
        assertThat(again.code()).isEqualTo(2);
    }

    @Test
    void aLineCanBePipedAndAnotherComputersNonsenseIsRefusedThere() throws Exception {
        waitingRun(key(kim, "kim") + "\n" + key(ada, "ada"), Duration.ofHours(1));
        var request = kim.run("request", "r-1", "--env", "yard").out();
        var own = kim.run("approve", "--as", "kim", "--yes", sent(request).toString());
        assertThat(own.out()).isEqualTo("kim started this run: somebody else has to approve it\n");
        assertThat(own.code()).isEqualTo(2);
        var bad = kim.typing("ada AAAA\n").run("hand-in", "--env", "yard");
        assertThat(bad.out()).isEqualTo("this is no signature by ada's key\n");
        assertThat(bad.code()).isEqualTo(1);
        var none = kim.typing("whatever\n").run("hand-in", "--env", "yard");
        assertThat(none.out()).startsWith("this is no approval: it is one line");
        assertThat(none.code()).isEqualTo(2);
        var piped = ada.typing(request).run("approve", "--as", "ada", "--yes");
        assertThat(kim.typing(lastLine(piped.out()) + "\n").run("hand-in", "--env", "yard").code()).isZero();
    }

    @Test
    void anExpiredRequestIsNeitherPrintedNorSigned() throws Exception {
        waitingRun(key(kim, "kim") + "\n" + key(ada, "ada"), Duration.ofSeconds(1));
        var text = Files.readString(JournalFiles.under(home, "yard").journal());
        assertThat(text).contains("ApprovalRequested");
        var request = text.substring(text.indexOf("Lockkeeper approval"), text.indexOf("\\n\"", text.indexOf("expires:")))
                .replace("\\n", "\n");
        org.awaitility.Awaitility.await().until(() -> kim.run("request", "--env", "yard").code() == 2);
        var late = ada.run("approve", "--as", "ada", "--yes", sent(request).toString());
        assertThat(late.out()).startsWith("this request expired at ");
        assertThat(late.code()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"y, 0", "yes, 0", "n, 1", "'', 1", "maybe, 1"})
    void atATerminalItIsPastedShownAndAskedFor(String answer, int code) throws Exception {
        waitingRun(key(kim, "kim") + "\n" + key(ada, "ada"), Duration.ofHours(1));
        var request = kim.run("request", "--env", "yard").out();
        var signed = ada.on(PERSON).typing(request + answer + "\n").run("approve", "--as", "ada");
        assertThat(signed.out()).contains("Paste the request").contains("Approve this as ada? [y]es, [n]o:");
        assertThat(signed.code()).isEqualTo(code);
        assertThat(lastLine(signed.out()).startsWith("ada ")).isEqualTo(code == 0);
    }

    @Test
    void whatATerminalWouldHideOrObeyIsShownAsItsNumber() throws Exception {
        waitingRun(key(kim, "kim") + "\n" + key(ada, "ada"), Duration.ofHours(1));
        var request = kim.run("request", "--env", "yard").out().replace("ticket 1", "drill\u202Eonly\u001B[2K");
        var shown = ada.run("approve", "--as", "ada", "--yes", sent(request).toString());
        assertThat(shown.out()).contains("drill<U+202E>only<U+001B>[2K").doesNotContain("\u202E").doesNotContain("\u001B");
    }

    @Test
    void inAPipeNothingIsSignedWithoutAWordForIt() throws Exception {
        waitingRun(key(kim, "kim") + "\n" + key(ada, "ada"), Duration.ofHours(1));
        var request = sent(kim.run("request", "--env", "yard").out());
        var result = ada.run("approve", "--as", "ada", request.toString());
        assertThat(result.out()).endsWith("nobody can be asked here: sign at a terminal, or say --yes\n");
        assertThat(result.code()).isEqualTo(2);
        var nobody = ada.run("approve", "--as", "bea", "--yes", request.toString());
        assertThat(nobody.out()).contains("there is no key in ").contains("bea.key; make one with `lockkeeper key create NAME`");
        assertThat(nobody.code()).isEqualTo(2);
    }

    @Test
    void aKeyIsShownAgainNeverWrittenOverAndRefusedWhereOthersMayReadIt() throws Exception {
        var line = key(ada, "ada");
        assertThat(ada.run("key", "show", "ada").out()).isEqualTo(line + "\n");
        var twice = ada.run("key", "create", "ada");
        assertThat(twice.out()).contains("ada.key already, and it is left as it is; name another one with --file");
        assertThat(twice.code()).isEqualTo(2);
        Files.setPosixFilePermissions(folder.resolve("ada/config/keys/ada.key"), PosixFilePermissions.fromString("rw-r--r--"));
        var open = ada.run("key", "show", "ada");
        assertThat(open.out()).contains("is open to other users").contains("chmod 600");
        assertThat(open.code()).isEqualTo(2);
        var elsewhere = folder.resolve("elsewhere.key").toString();
        assertThat(ada.run("key", "create", "Ada Lovelace", "--file", elsewhere).out())
                .contains("  - { name: \"Ada Lovelace\", key: ");
        assertThat(ada.run("key", "create", "Ada Lovelace").out()).contains("name the key's file");
    }

    @ParameterizedTest
    @ValueSource(strings = {"key", "control"})
    void aCommandWithoutItsVerbSaysWhich(String command) {
        var result = ada.run(command);
        assertThat(result.out()).startsWith("say what: " + command);
        assertThat(result.code()).isEqualTo(2);
    }

    @Test
    void controlIsTakenShownAndGivenBackAndWhatNeedsItSaysHow() throws Exception {
        environment("control: required\n");
        var refused = kim.run("run", "drain-node", "--env", "yard", "--input", "node=ws-1");
        assertThat(refused.out()).isEqualTo(
                "yard is read-only: nobody has control. Take it with: lockkeeper control take --env yard\n");
        assertThat(refused.code()).isEqualTo(2);
        assertThat(kim.run("status", "yard").out()).contains("  control: nobody; it is read-only\n");

        var taken = kim.run("control", "take", "--env", "yard", "--for", "30m", "--reason", "ticket 1", "--actor", "kim");
        assertThat(taken.out()).isEqualTo("control of yard is with kim for 30m\n");
        assertThat(taken.code()).isZero();
        assertThat(kim.run("status", "yard").out()).contains("  control: kim for 29m").contains("(ticket 1)");
        assertThat(kim.run("status", "yard", "--json").out())
                .contains("\"control\":{\"required\":true,\"actor\":\"kim\",\"reason\":\"ticket 1\",\"since\":\"");
        var other = kim.run("run", "drain-node", "--env", "yard", "--input", "node=ws-1", "--actor", "ada");
        assertThat(other.out()).isEqualTo(
                "kim has control of yard. Take it over with: lockkeeper control take --env yard --reason TEXT\n");
        assertThat(other.code()).isEqualTo(2);

        assertThat(kim.run("control", "take", "--env", "yard", "--actor", "ada").out())
                .isEqualTo("kim has control; taking it over needs a reason\n");
        assertThat(kim.run("control", "take", "--env", "yard", "--for", "a while").out()).contains("write it like 30m or 2h");
        assertThat(kim.run("control", "give-back", "--env", "yard", "--actor", "kim").code()).isZero();
        assertThat(kim.run("status", "yard", "--json").out()).contains("\"control\":{\"required\":true");
        assertThat(kim.run("journal", "show", "--env", "yard").out()).contains("kim TOOK CONTROL until ")
                .contains("kim gave control back");
    }

    @Test
    void aHeldRunInAReadOnlyEnvironmentIsContinuedOnlyByWhoHasControl() throws Exception {
        waitingRun(key(kim, "kim") + "\n" + key(ada, "ada") + "\ncontrol: required", Duration.ofHours(1));
        assertThat(kim.run("hold", "--env", "yard").code()).isZero();
        var refused = kim.run("continue", "--env", "yard", "--actor", "kim");
        assertThat(refused.out()).contains("lockkeeper control take --env yard");
        assertThat(refused.code()).isEqualTo(2);
        assertThat(kim.run("control", "take", "--env", "yard", "--actor", "kim").code()).isZero();
        assertThat(kim.run("continue", "--env", "yard", "--actor", "kim").code()).isZero();
    }
}
