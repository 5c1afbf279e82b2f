package io.lockkeeper.adapter.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockkeeper.domain.doc.Problem;
import io.lockkeeper.domain.runbook.Lint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A folder of runbooks that must be refused, each with what must be said and where, on its first line.
class RefusedRunbooksTest {
    static Stream<Path> refused() throws IOException {
        return RunbookFolder.files(Path.of("src/test/resources/refused")).stream();
    }

    private static List<Problem> problems(String name, String text) throws IOException {
        var read = RunbookFolder.read(name, text);
        var problems = new ArrayList<>(read.problems());
        if (read.runbook().isPresent()) {
            problems.addAll(Lint.of(read.runbook().get(), ShippedRunbooksTest.shipped(), Optional.empty()));
        }
        return problems;
    }

    @ParameterizedTest
    @MethodSource("refused")
    void everyFaultIsSaidWhereItStands(Path file) throws IOException {
        var text = Files.readString(file);
        var expected = text.lines().findFirst().orElse("").replace("# expect: ", "");
        var place = expected.substring(0, expected.indexOf(' '));
        var words = expected.substring(expected.indexOf(' ') + 1);
        assertThat(problems(file.toString(), text)).map(Problem::toString).anyMatch(problem -> problem.contains(words)
                && problem.startsWith(file + ":" + place + ":"));
    }
}
