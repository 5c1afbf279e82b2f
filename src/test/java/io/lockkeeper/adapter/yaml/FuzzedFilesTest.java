package io.lockkeeper.adapter.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.lockkeeper.domain.doc.Problem;
import io.lockkeeper.domain.runbook.Compiler;
import io.lockkeeper.domain.runbook.Input;
import io.lockkeeper.domain.runbook.InputType;
import io.lockkeeper.domain.runbook.Lint;
import io.lockkeeper.domain.runbook.RestorePoint;
import io.lockkeeper.domain.runbook.Runbook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Runbooks and environment files as nobody should write them: each is read, or refused with a sentence and a place in it; none ends in
/// an exception or takes long.
@Timeout(60)
class FuzzedFilesTest {
    private static final String FILE = "fuzzed.yaml";
    private static final int INPUTS = 3000;
    private static final Duration LONGEST = Duration.ofSeconds(2);

    private static List<String> seeds(String... folders) throws IOException {
        var texts = new ArrayList<String>();
        for (var folder : folders) {
            for (var file : RunbookFolder.files(Path.of(folder))) {
                texts.add(Files.readString(file));
            }
        }
        return texts;
    }

    /// @param problems reads a text; whatever it throws is a finding
    private static void fuzz(long seed, List<String> seeds, Function<String, List<Problem>> problems) {
        var mutations = new Mutations(seed);
        int refused = 0;
        for (int round = 0; round < INPUTS; round++) {
            var text = mutations.of(seeds.get(round % seeds.size()));
            long begun = System.nanoTime();
            try {
                var found = problems.apply(text);
                refused += found.isEmpty() ? 0 : 1;
                found.forEach(problem -> standsIn(problem, text));
            } catch (RuntimeException | StackOverflowError e) {
                fail("round " + round + " of seed " + seed + " ended in " + e + "\n" + shown(text), e);
            }
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).as(() -> shown(text)).isLessThan(LONGEST);
        }
        assertThat(refused).as("refused of %d", INPUTS).isBetween(INPUTS / 4, INPUTS - 1);
    }

    private static String shown(String text) {
        return text.length() > 8_000 ? text.substring(0, 8_000) + "..." : text;
    }

    private static void standsIn(Problem problem, String text) {
        if (!problem.at().file().equals(FILE)) {
            return; // of another runbook of the library, which is not fuzzed
        }
        var lines = text.split("\r\n|\r|\n", -1);
        assertThat(problem.at().line()).as("%s in %s", problem, shown(text)).isBetween(1, lines.length);
        var line = lines[problem.at().line() - 1];
        assertThat(problem.at().column()).as("%s in %s", problem, shown(text)).isBetween(1, line.length() + 1);
        assertThat(problem.message()).as(() -> shown(text)).isNotBlank().doesNotContain("\n", "\r");
        assertThat(problem.toString().length()).as("%s", problem).isLessThan(1_000);
    }

    @Test
    void everyEnvironmentFileIsReadOrRefusedWithAPlaceInIt() throws IOException {
        fuzz(21, seeds("environments", "src/test/resources/refused-environments"), text -> {
            var read = EnvironmentYaml.read(FILE, text);
            if (read.file().isEmpty()) {
                assertThat(read.problems()).as(() -> shown(text))
                        .anyMatch(problem -> problem.severity() == Problem.Severity.ERROR);
            }
            return read.problems();
        });
    }

    @Test
    void everyRunbookIsReadOrRefusedWithAPlaceInItAndWhatLintLetsPassCompilesOrIsRefused() throws IOException {
        var shipped = ShippedRunbooksTest.shipped();
        var compiled = new int[1];
        fuzz(22, seeds("runbooks", "runbooks", "src/test/resources/runbooks", "src/test/resources/refused"), text -> {
            var read = RunbookFolder.read(FILE, text);
            var problems = new ArrayList<>(read.problems());
            if (read.runbook().isEmpty()) {
                assertThat(problems).as(() -> shown(text)).anyMatch(problem -> problem.severity() == Problem.Severity.ERROR);
                return problems;
            }
            var library = new ArrayList<>(shipped);
            library.removeIf(one -> one.id().equals(read.runbook().get().id()));
            library.add(read.runbook().get());
            problems.addAll(Lint.of(read.runbook().get(), library, Optional.empty()));
            problems.addAll(Lint.of(read.runbook().get(), library, Optional.of(ShippedRunbooksTest.LAB)));
            if (problems.isEmpty()) {
                compile(read.runbook().get());
                compiled[0]++;
            }
            return problems;
        });
        assertThat(compiled[0]).as("compiled").isGreaterThan(20);
    }

    private static void compile(Runbook runbook) {
        var given = new HashMap<String, String>();
        runbook.inputs().forEach(input -> value(input).ifPresent(value -> given.put(input.name(), value)));
        var restore = new HashMap<String, RestorePoint>();
        ShippedRunbooksTest.LAB.nodeNames().forEach(node -> restore.put(node, new RestorePoint(node, "v1", Map.of(), Map.of())));
        assertThat(Compiler.compile(runbook, given, ShippedRunbooksTest.LAB, "", restore)).isNotNull();
    }

    private static Optional<String> value(Input input) {
        return Optional.ofNullable(input.fallback() != null
                ? null
                : input.type() == InputType.NODE
                        ? "ws-1"
                        : input.type() == InputType.NODES ? "all" : input.type() == InputType.VERSION ? "v2" : input.atLeast());
    }
}
