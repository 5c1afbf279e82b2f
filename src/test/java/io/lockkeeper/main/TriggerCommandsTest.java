package io.lockkeeper.main;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockkeeper.Promise;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Triggers from the command line.
class TriggerCommandsTest {
    private static final Path OUTAGE = Path.of("docs/examples/outage.jsonl");

    @TempDir
    Path home;

    private Terminals terminals = new Terminals(Path.of("."));

    @BeforeEach
    void openTerminal() {
        terminals = new Terminals(home);
    }

    private void yard(String more) throws Exception {
        var folder = Files.createDirectories(home.resolve("config/environments"));
        Files.writeString(folder.resolve("yard.yaml"), Files.readString(Path.of("environments/service.yaml")) + "\n" + more);
    }

    private Path recording(List<String> lines) throws Exception {
        return Files.write(home.resolve("r.jsonl"), lines);
    }

    @Test
    void anOutageOfSixMinutesWouldHaveFiredAndTheScreenSaysWhenAndOfWhat() {
        var result = terminals.run("triggers", "replay", OUTAGE.toString());
        assertThat(result.out()).contains("events of 4 clients, 2026-11-26T03:00:00Z to 2026-11-26T03:08:",
                "2026-11-26T03:02:10Z success-rate holding: 0:00 of 5:00, by attempt 40 % (2 of 5)",
                "2026-11-26T03:07:10Z success-rate FIRED: by attempt 0 % (0 of ",
                "below 80 % at every evaluation for 5:00 since 2026-11-26T03:02:10Z",
                "2026-11-26T03:02:10Z success-critical FIRED: ",
                "2026-11-26T03:03:00Z emergency-failures FIRED: 4 recoveries failed in a row, of 3 clients",
                "2026-11-26T03:07:10Z success-rate, which offers to roll back",
                "slower-reconnects from 2026-11-26T03:00:10Z to the end at ");
        assertThat(result.out()).doesNotContain("data-loss FIRED");
        assertThat(result.code()).isZero();
    }

    @Test
    void theTriggersOfAnEnvironmentAreTriedAndShownInWords() throws Exception {
        yard("triggers: { success-rate: { for: 2m }, success-critical: off }");
        var result = terminals.run("triggers", "replay", OUTAGE.toString(), "--env", "yard");
        assertThat(result.out()).contains("2026-11-26T03:04:10Z success-rate FIRED").doesNotContain("success-critical");
        var shown = terminals.run("triggers", "show", "--env", "yard");
        assertThat(shown.out()).contains(
                "success-rate offers to roll back when reconnections succeed less than 80 % over 1m, by client"
                        + " or by attempt, at every evaluation for 2m\n",
                "failure-warning warns when reconnections succeed less than 95 % over 5m, by client or by attempt\n");
        assertThat(terminals.run("triggers", "show", "--env", "demo").out().lines()).hasSize(10);
    }

    @Test
    @Promise({4, 7})
    void whatPeopleSayIsInTheJournalCountsForTheNextProcessAndFires() throws Exception {
        yard("");
        assertThat(terminals.run("triggers", "vote", "--env", "yard", "--for", "--reason", "it is the release", "--actor", "kim"))
                .isEqualTo(new Terminals.Result(0, "recorded: kim votes for going back: it is the release\n"));
        assertThat(terminals.run("status", "yard").out())
                .contains("trigger consensus: holding, 1 of 2 votes, 0 against: kim: it is the release");
        terminals.run("triggers", "vote", "--env", "yard", "--against", "--reason", "wait", "--actor", "bob");
        assertThat(terminals.run("status", "yard").out()).contains("1 of 2 votes, 1 against");
        terminals.run("triggers", "vote", "--env", "yard", "--for", "--reason", "kim is right", "--actor", "bob");
        terminals.run("triggers", "report", "customer", "--env", "yard", "--customer", "Acme", "--reason", "they called");
        terminals.run("triggers", "report", "tickets", "--env", "yard", "--percent", "25", "--reason", "desk", "--actor", "kim");
        terminals.run("triggers", "report", "data-loss", "--env", "yard", "--reason", "an order", "--actor", "kim");
        var status = terminals.run("status", "yard").out();
        assertThat(status).contains("trigger consensus: FIRED at ",
                "2 of 2 votes, 0 against: kim: it is the release; bob: kim is right", "SLA breached of Acme, by ",
                "tickets 25 % over their baseline, by kim: desk", "kim reports: an order");
        assertThat(terminals.run("triggers", "acknowledge", "consensus", "--env", "yard", "--reason", "rolled back").code())
                .isZero();
        assertThat(terminals.run("status", "yard").out()).doesNotContain("consensus").contains("trigger tickets: FIRED");
    }

    @Test
    void aReportThatCannotCountIsRefusedWithWhatToDo() throws Exception {
        yard("triggers: { tickets: off }");
        var off = terminals.run("triggers", "report", "tickets", "--env", "yard", "--percent", "25", "--reason", "desk");
        assertThat(off.out())
                .isEqualTo("no trigger of this environment goes by a rise of tickets: its file switches it off\n");
        assertThat(off.code()).isEqualTo(1);
        assertThat(terminals.run("triggers", "vote", "--env", "yard", "--for", "--against", "--reason", "x").code()).isEqualTo(2);
        assertThat(terminals.run("triggers", "vote", "--env", "yard", "--for").code()).isEqualTo(2);
        assertThat(terminals.run("triggers", "report", "data-loss", "--env", "yard", "--reason", " ").out())
                .contains("a report needs a reason");
    }

    @Test
    void whatIsHandledOrExplainedDoesNotFireAgain() throws Exception {
        var lines = new ArrayList<>(Files.readAllLines(OUTAGE));
        lines.add(
                "{\"type\":\"ObserverFault\",\"from\":\"2026-11-26T03:01:59Z\",\"to\":\"2026-11-26T03:08:30Z\",\"why\":\"hotel Wi-Fi\"}");
        var result = terminals.run("triggers", "replay", recording(lines).toString());
        assertThat(result.out()).contains("Nothing would have fired.",
                "success-rate BLIND: the observer itself is at fault: hotel Wi-Fi");
        lines.removeLast();
        lines.add(
                "{\"type\":\"Acknowledged\",\"at\":\"2026-11-26T03:04:05Z\",\"trigger\":\"success-critical\",\"actor\":\"kim\"}");
        assertThat(terminals.run("triggers", "replay", recording(lines).toString()).out())
                .contains("2026-11-26T03:04:05Z success-critical quiet: acknowledged at 2026-11-26T03:04:05Z",
                        "2026-11-26T03:04:10Z success-critical holding: acknowledged, and still by client 0 % (0 of 3)");
    }

    @Test
    void aLineThatCannotBeReadIsNamedAndNothingIsReplayed() throws Exception {
        var lines = new ArrayList<>(Files.readAllLines(OUTAGE));
        lines.set(1, lines.get(1).substring(0, 20));
        var file = recording(lines);
        var result = terminals.run("triggers", "replay", file.toString());
        assertThat(result.out())
                .isEqualTo(file + ":2:1: error: this line is no JSON (if the recording was cut off here, remove the line)\n");
        assertThat(result.code()).isEqualTo(2);
    }

    @Test
    void aRecordingThatSaysNothingOfClientsOrGoesOnForMonthsIsRefused() throws Exception {
        var lines = Files.readAllLines(OUTAGE);
        var far = lines.getLast().replace("2026-11-26", "2027-11-26");
        assertThat(terminals.run("triggers", "replay", recording(List.of(lines.getFirst(), far)).toString()).out())
                .contains("the longest that can be replayed is 31 days");
        var none = "{\"type\":\"NodeStarted\",\"at\":\"2026-11-26T03:05:00Z\",\"node\":\"ws-1\"}";
        assertThat(terminals.run("triggers", "replay", recording(List.of(none)).toString()))
                .satisfies(result -> assertThat(result.out()).contains("holds no event of a client"))
                .satisfies(result -> assertThat(result.code()).isEqualTo(2));
        var unknown = "{\"type\":\"Acknowledged\",\"at\":\"2026-11-26T03:04:05Z\",\"trigger\":\"sucess\",\"actor\":\"kim\"}";
        assertThat(terminals.run("triggers", "replay", recording(List.of(lines.getFirst(), unknown)).toString()).out())
                .contains("there is no trigger \"sucess\" that kim could have acknowledged");
    }
}
