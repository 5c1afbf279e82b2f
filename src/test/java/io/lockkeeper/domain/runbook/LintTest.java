package io.lockkeeper.domain.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockkeeper.adapter.yaml.RunbookFolder;
import io.lockkeeper.domain.doc.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LintTest {
    private static final String BACK = """
            lockkeeper: 1
            id: back
            title: Back
            about: Puts one node back.
            inputs:
              node: { type: node }
              pace: { type: duration, default: 10s }
            steps:
              - { id: x, action: X, do: rollback, node: $node }
              - { id: d, action: D, do: drain, node: $node, deadline: $pace }
            """;

    private static Runbook read(String name, String text) {
        var read = RunbookFolder.read(name, text);
        assertThat(read.problems()).as(text).isEmpty();
        return read.runbook().orElseThrow();
    }

    private static List<String> lint(String wayBack, String inputs) {
        var runbook = read("forward.yaml", """
                lockkeeper: 1
                id: forward
                title: Forward
                about: Goes forward.
                inputs:
                  node: { type: node }
                %s%ssteps:
                  - { id: out, action: Out, do: drain, node: $node }
                """.formatted(inputs.isEmpty() ? "" : inputs.indent(2), wayBack.isEmpty() ? "" : wayBack + "\n"));
        return new ArrayList<>(Lint.of(runbook, List.of(read("back.yaml", BACK), runbook), Optional.empty())).stream()
                .map(Problem::toString).toList();
    }

    @Test
    void nothingIsSaidAgainstAGoodOne() {
        assertThat(lint("wayBack: { runbook: back, with: { node: $node } }", "")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"'' | has no way back",
            "'wayBack: { runbook: bak, with: { node: $node } }' | did you mean \"back\"",
            "'wayBack: { runbook: forward, with: { node: $node } }' | the way back is the runbook itself",
            "'wayBack: { runbook: back }' | \"node\"", "'wayBack: { runbook: back, with: { nod: $node } }' | \"nod\"",
            "'wayBack: { runbook: back, with: { node: $nod } }' | nod",
            "'wayBack: { runbook: back, with: { node: $node, pace: fast } }' | fast"})
    void aWayBackThatCouldNotBeTakenIsSaidBeforeTheRun(String wayBack, String words) {
        assertThat(lint(wayBack, "")).isNotEmpty().anyMatch(problem -> problem.contains("error") && problem.contains(words));
    }

    @Test
    void anInputThatNothingUsesIsAWarningWhereItStands() {
        assertThat(lint("wayBack: { runbook: back, with: { node: $node } }", "spare: { type: text, default: x }"))
                .singleElement().asString().startsWith("forward.yaml:7:").contains("warning", "\"spare\" is never used");
    }

    @Test
    void anInputThatOnlyTheWayBackUsesIsUsed() {
        assertThat(
                lint("wayBack: { runbook: back, with: { node: $node, pace: $pace } }", "pace: { type: duration, default: 5s }"))
                .isEmpty();
    }
}
