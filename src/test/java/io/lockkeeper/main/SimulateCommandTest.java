package io.lockkeeper.main;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Runbooks played through without any service.
@Timeout(60)
class SimulateCommandTest {
    private static final String STAGED = "docs/examples/staged-rollout.yaml";

    @TempDir
    Path home;

    private Terminals terminals = new Terminals(Path.of("."));

    @BeforeEach
    void openTerminal() {
        terminals = new Terminals(home);
    }

    private Terminals.Result simulate(String line) {
        return terminals.run(("simulate " + line).split(" ", -1));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"drain-node --input node=ws-1 | 1 × closeSessions, 1 × drain.",
            "return-node --input node=ws-2 | 1 × enable.", "graceful-restart | 3 × drain, 3 × enable, 3 × restart.",
            "rolling-deploy --input version=v2 | 3 × deploy, 3 × drain, 3 × enable.",
            "rollback --to-known-good | 3 × deploy, 3 × drain, 3 × enable.",
            "graceful-restart --guided --nodes 5 | 5 × restart."})
    void everyShippedRunbookComesToAGoodEndAndSaysWhatItWouldOrder(String line, String orders) {
        var result = simulate(line);
        assertThat(result.out()).startsWith("SIMULATION of ").contains(": nothing is reached or ordered.\n").contains(orders)
                .contains("It would end succeeded after ").doesNotContain("nobody looked");
        assertThat(result.code()).isZero();
        assertThat(home).as("nothing is written").satisfies(folder -> assertThat(folder.resolve("journals")).doesNotExist());
    }

    @Test
    void aRolloutOfTwoDaysIsToldStageByStage() {
        var result = simulate(STAGED + " --input version=v2 --nodes 4");
        assertThat(result.out()).contains("APPROVED by ada: second").contains("roll/after-1/soak succeeded: held for 16h")
                .contains("\n 48:0").contains("It would end succeeded after 48h").contains("4 × deploy, 4 × drain, 4 × enable.");
        assertThat(result.code()).isZero();
    }

    @Test
    void theWayBackCanBeAskedForAtAnyStepAndAtADecision() {
        var step = simulate(STAGED + " --input version=v2 --back-at roll[ws-2]/ready");
        assertThat(step.out()).contains("as asked for, at roll[ws-2]/ready").contains("It would end rolled back after 16h");
        assertThat(step.code()).isEqualTo(1);
        var decision = simulate(STAGED + " --input version=v2 --choose further=back");
        assertThat(decision.out()).contains("roll/after-1/further decided: back").contains("It would end rolled back after 16h");
    }

    @Test
    void everyKindOfStepIsAnsweredAndPastThePointOfNoReturnItGoesForward() throws Exception {
        var lines = Files.readAllLines(Path.of("src/test/resources/search/everything.yaml"));
        var all = Files.write(home.resolve("all.yaml"), lines.stream().filter(line -> !line.contains("do: command")).toList());
        assertThat(simulate(all.toString()).out())
                .contains("root ticked before/to: v2".replace("root", System.getProperty("user.name")))
                .contains("further decided: restart").contains("passed: from here on the way back is graceful-restart")
                .contains("It would end succeeded after ");
        var back = simulate(all + " --back-at again[ws-2]/restart");
        assertThat(back.out()).contains("It would end rolled forward after ")
                .contains(
                        "past \"The old format is given up\" there is no way back; Graceful restart was walked to its end instead")
                .doesNotContain("restore point");
    }

    @Test
    void oneSeedHasOneTimelineAndAnotherSeedHasAnother() {
        var line = "rolling-deploy --input version=v2 --faults 30 --seed ";
        var first = simulate(line + 7);
        assertThat(first.out()).contains("30 % of the calls go wrong, seed 7.").isEqualTo(simulate(line + 7).out());
        assertThat(first.out()).isNotEqualTo(simulate(line + 8).out());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"drain-nod --input node=ws-1 | did you mean \"drain-node\"?",
            "drain-node --input node=ws-9 | has no node",
            "drain-node --input node=ws-1 --back-at drian | there is no step \"drian\" to go back at; expected one of: before",
            STAGED + " --input version=v2 --choose furthr=back | there is no decision \"furthr\"",
            STAGED + " --input version=v2 --choose further=bak | has no choice \"bak\"; did you mean \"back\"?",
            "src/test/resources/refused/unknown-key.yaml | unknown-key.yaml:6:5: error: this step has no kind",
            "rolling-deploy --input version=v2 --nodes 0 | --nodes goes from 1 to 1000",
            "rollback | needs to know to what", "drain-node --input node=ws-1 --env yardd | there is no environment"})
    void whatCannotBePlayedThroughIsRefusedWithItsReason(String line, String words) {
        var result = simulate(line);
        assertThat(result.out()).contains(words);
        assertThat(result.code()).isEqualTo(2);
    }

    @Test
    void anEnvironmentFileGivesItsNodesItsGuardsAndItsPeopleWithoutBeingReached() throws Exception {
        var text = Files.readString(Path.of("environments/service.yaml"))
                .replace("environment: chat-sandbox", "environment: yard")
                .replace("tier: sandbox", "tier: production");
        Files.writeString(Files.createDirectories(home.resolve("config/environments")).resolve("yard.yaml"), text);
        var result = simulate("graceful-restart --env yard");
        assertThat(result.out()).contains("SIMULATION of Graceful restart on yard").contains("It would end succeeded after ");
        assertThat(result.code()).isZero();
    }

    @Test
    void theExamplesOfTheDocumentationHaveNothingAgainstThem() throws Exception {
        try (var files = Files.list(Path.of("docs/examples"))) {
            for (var file : files.filter(one -> one.toString().endsWith(".yaml")).toList()) {
                assertThat(terminals.run("lint", file.toString()).out()).isEqualTo(file + ": nothing against it\n");
            }
        }
    }
}
