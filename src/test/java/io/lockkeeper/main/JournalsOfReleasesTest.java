package io.lockkeeper.main;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockkeeper.Promise;
import io.lockkeeper.adapter.journal.FileJournal;
import io.lockkeeper.adapter.journal.JournalFiles;
import io.lockkeeper.adapter.json.JsonRunEvents;
import io.lockkeeper.app.RunHistory;
import io.lockkeeper.domain.journal.Verification;
import io.lockkeeper.domain.run.RunState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What every release so far has written is read by this one, and says the same.
@Promise(7)
class JournalsOfReleasesTest {
    private static final Path WRITTEN = Path.of("src/test/resources/journals");

    @TempDir
    Path home;

    static List<Path> releases() throws IOException {
        try (var folders = Files.list(WRITTEN)) {
            return folders.filter(Files::isDirectory).sorted().toList();
        }
    }

    private static JournalFiles files(Path release) {
        return new JournalFiles(release, release);
    }

    @ParameterizedTest
    @MethodSource("releases")
    void itsChainAndItsAnchorsHold(Path release) throws Exception {
        assertThat(FileJournal.verify(files(release))).isInstanceOfSatisfying(Verification.Intact.class, intact -> {
            assertThat(intact.entries()).isPositive();
            assertThat(intact.anchors()).isPositive();
        });
    }

    @ParameterizedTest
    @MethodSource("releases")
    void itFoldsToTheSameRuns(Path release) throws Exception {
        var history = new RunHistory(new JsonRunEvents());
        FileJournal.entries(files(release), 1).forEach(history::add);
        var runs = history.summaries().reversed().stream().map(run -> told(history.run(run.run()).orElseThrow()));
        var good = "known good " + new TreeMap<>(history.knownGood().orElseThrow().versions());
        assertThat(Stream.concat(runs, Stream.of(good)).collect(Collectors.joining("\n", "", "\n")))
                .isEqualTo(Files.readString(release.resolve("expected.txt")));
        assertThat(history.summaries()).noneMatch(run -> history.isReadOnly(run.run()));
    }

    private static String told(RunState run) {
        var ended = Objects.requireNonNull(run.ended());
        var steps = run.steps().values().stream().collect(Collectors.groupingBy(step -> step.state().words(), TreeMap::new,
                Collectors.counting()));
        var ops = run.ops().values().stream().collect(Collectors.groupingBy(op -> op.status().name(), TreeMap::new,
                Collectors.counting()));
        return run.run() + " " + ended.ending().words() + ", steps " + steps + ", orders " + ops + ", touched " + run.touched()
                + ", left " + ended.left();
    }

    @ParameterizedTest
    @MethodSource("releases")
    void theCommandLineShowsAllOfIt(Path release) throws Exception {
        var files = JournalFiles.under(home, "demo");
        Files.createDirectories(files.folder());
        Files.createDirectories(files.anchors());
        Files.copy(release.resolve("journal.jsonl"), files.journal());
        Files.copy(release.resolve("anchors.jsonl"), files.anchorFile());
        var terminals = new Terminals(home);
        assertThat(terminals.run("journal", "verify", "--env", "demo").out()).startsWith("intact: ");
        var shown = terminals.run("journal", "show", "--env", "demo");
        assertThat(shown.code()).isZero();
        assertThat(shown.out().lines()).hasSize(Files.readAllLines(files.journal()).size());
        assertThat(shown.out()).doesNotContain("newer release").doesNotContain("cannot be read");
        var listed = terminals.run("journal", "list", "--env", "demo");
        Files.readString(release.resolve("expected.txt")).lines().filter(line -> !line.startsWith("known good"))
                .forEach(line -> assertThat(listed.out()).contains(line.replaceFirst(" .*", "")));
    }

    @ParameterizedTest
    @MethodSource("releases")
    void nothingOfTheComputerItWasWrittenOnAndNoSecretStandsInIt(Path release) throws IOException {
        var text = Files.readString(release.resolve("journal.jsonl"), StandardCharsets.UTF_8);
        assertThat(text)
                .doesNotContainPattern("(?i)bearer|token|password|127\\.0\\.0\\.1|localhost|\"/(tmp|home|root|work|Users)/");
    }
}
