package io.lockkeeper.adapter.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.lockkeeper.domain.doc.Problem;
import io.lockkeeper.domain.runbook.Lint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
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

    @Test
    void noMutationOfARunbookEverEndsInAnException() throws IOException {
        var random = new Random(11);
        var texts = new ArrayList<String>();
        for (var file : RunbookFolder.files(Path.of("runbooks"))) {
            texts.add(Files.readString(file));
        }
        for (int round = 0; round < 1500; round++) {
            var text = new StringBuilder(texts.get(round % texts.size()));
            for (int change = 0; change <= random.nextInt(4); change++) {
                int at = random.nextInt(text.length());
                switch (random.nextInt(4)) {
                    case 0 -> text.deleteCharAt(at);
                    case 1 -> text.insert(at, "{}[]:,-&*!#$\"'\n\t %@`".charAt(random.nextInt(20)));
                    case 2 -> text.setCharAt(at, (char) random.nextInt(0x250));
                    default -> text.insert(at, text.substring(at, Math.min(text.length(), at + random.nextInt(40))));
                }
            }
            var mutated = text.toString();
            assertThatCode(() -> problems("mutated.yaml", mutated)).as(mutated).doesNotThrowAnyException();
        }
    }
}
