package io.lockkeeper.domain.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lockkeeper.domain.environment.Environment;
import io.lockkeeper.domain.environment.Tier;
import io.lockkeeper.domain.runbook.Plan;
import io.lockkeeper.domain.runbook.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A request as it arrives by mail or chat.
class ReceivedRequestTest {
    private static final Instant AT = Instant.parse("2026-11-24T03:00:00Z");
    private static final String TEXT = text("", Map.of("nodes", "ws-1, ws-2", "version", "v2"));

    private static String text(String reason, Map<String, String> inputs) {
        var step = new Step.Approval("sign", "Go to everybody?", "approve", Duration.ofMinutes(30));
        var environment = new Environment("yard", Tier.STAGING, "0a1b", List.of(), List.of(), List.of(), 1, Set.of(), 1006);
        var state = RunMachine.begin(new RunEvent.RunStarted(AT, "r-1", "kim", reason, "", "2c3d",
                new Plan("roll", "Roll", List.of(step)), null, Map.of(), null, inputs, List.of(), false, "0a1b", "test",
                "nonce"));
        return ApprovalRequest.text(state, step, StepRun.notStarted("sign", AT).entered(AT, 1), environment,
                AT.plusSeconds(1800));
    }

    @Test
    void whatIsSignedThereIsByteForByteWhatIsCheckedHere() throws Exception {
        var request = ReceivedRequest.read(TEXT);
        assertThat(request.text()).isEqualTo(TEXT);
        assertThat(request.fields()).containsEntry("environment", "yard").containsEntry("input version", "v2")
                .containsEntry("reason", "(none)").containsEntry("targets", "(none)").hasSize(16);
        assertThat(request.expires()).isEqualTo(AT.plusSeconds(1800));
    }

    @Test
    void mailAndChatMayChangeLineEndsSpacesAtTheirEndAndWhatIsAround() throws Exception {
        var sent = "\r\n\n  " + TEXT.replace("\n", "  \r\n") + "\n\n";
        assertThat(ReceivedRequest.read(sent).text()).isEqualTo(TEXT);
        assertThat(ReceivedRequest.read(TEXT.stripTrailing()).text()).isEqualTo(TEXT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"two\nlines: x", "tab\there", "\u0085next line", "para\u2029graph", " around ", "\u001B[2J"})
    void noValueMakesALineOfItsOwnOrLosesAnythingOnTheWay(String value) throws Exception {
        var text = text(value, Map.of("note", value));
        assertThat(ReceivedRequest.read(text).text()).isEqualTo(text);
        assertThat(text.lines()).hasSize(16);
    }

    static Stream<Arguments> fields() {
        return TEXT.lines().skip(1).map(line -> Arguments.of(line.substring(0, line.indexOf(':'))))
                .filter(name -> !String.valueOf(name.get()[0]).startsWith("input"));
    }

    @ParameterizedTest
    @MethodSource("fields")
    void everyFieldIsThereOnce(String field) {
        var line = TEXT.lines().filter(one -> one.startsWith(field + ": ")).findFirst().orElseThrow() + "\n";
        refused(TEXT.replace(line, ""), "the line \"" + field + ":\" is missing");
        refused(TEXT.replace(line, line + line),
                field.equals("expires")
                        ? "there is more after the request's last line"
                        : "the line \"" + field + ":\" stands here twice");
        refused(TEXT.replace(line, field + ":\n"), "the line \"" + field + ":\" is missing");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"'' | its first line is not",
            "Please approve this | its first line is not",
            "Lockkeeper approval request, version 2 | of another release (version 2)",
            "Lockkeeper approval request, version 1 | the line \"environment:\" is missing where it belongs, at the end"})
    void whatIsNoRequestIsSaidSo(String text, String words) {
        refused(text, words);
    }

    @Test
    void nothingIsAddedChangedOrMuchTooLong() {
        refused(TEXT + "approve: everything\n", "there is more after the request's last line: \"approve: everything\"");
        refused(TEXT.replace("needs:", "may do: all\nneeds:"),
                "the line \"needs:\" is missing where it belongs; there stands \"may do: all\"");
        refused(TEXT.replace("input version: v2", "input version: v2\ninput version: v1"),
                "\"input version:\" stands here twice");
        refused(TEXT.replace("input version: v2", "input version"), "is missing where it belongs");
        refused(TEXT.replaceFirst("expires: .*", "expires: soon"), "no time at which it expires");
        refused(TEXT.replace("r-1", "r".repeat(70_000)), "longer than 64 KiB");
    }

    private static void refused(String text, String words) {
        assertThatThrownBy(() -> ReceivedRequest.read(text)).isInstanceOfSatisfying(ReceivedRequest.NoRequest.class,
                no -> assertThat(no.why()).contains(words));
    }

    @Test
    void whoWouldSignInVainIsToldSo() throws Exception {
        var request = ReceivedRequest.read(TEXT);
        assertThat(request.objection("ada", AT)).isEmpty();
        assertThat(request.objection("Kim", AT)).hasValue("Kim started this run: somebody else has to approve it");
        assertThat(request.objection("ada", AT.plusSeconds(1800))).hasValueSatisfying(
                why -> assertThat(why).startsWith("this request expired at 2026-11-24T03:30:00Z"));
    }
}
