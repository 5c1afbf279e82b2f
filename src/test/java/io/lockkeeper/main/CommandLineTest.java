package io.lockkeeper.main;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockkeeper.adapter.journal.FileJournal;
import io.lockkeeper.adapter.journal.JournalFiles;
import io.lockkeeper.adapter.json.JsonRunEvents;
import io.lockkeeper.domain.journal.Draft;
import io.lockkeeper.domain.run.RunEvent;
import java.nio.file.Files;
import java.nio.file.Path;
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
}
