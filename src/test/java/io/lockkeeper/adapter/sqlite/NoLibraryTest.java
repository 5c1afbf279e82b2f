package io.lockkeeper.adapter.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockkeeper.domain.history.Sample;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.util.LibraryLoaderUtil;

/// A process of its own on a computer where SQLite's library cannot be loaded: a process that has it never lets go of it.
@Timeout(60)
class NoLibraryTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path home;

    /// Keeps, keeps again, and reads; prints what is said of each.
    static void main(String... arguments) throws Exception {
        var files = SignalFiles.under(Path.of(arguments[0]), "shop");
        var store = SqliteSignalStore.at(files, Limits.USUAL, "shop");
        var noon = Instant.parse("2026-11-26T12:00:00Z");
        var sample = new Sample(noon, "clients.out", "", "clients", 1, 1);
        store.add(noon, List.of(sample), List.of());
        store.settle();
        System.out.println("kept: " + store.state().words());
        System.out.println("again: " + store.add(noon, List.of(sample), List.of()));
        store.close();
        try (var archive = SignalArchive.open(files)) {
            System.out.println("read: " + archive.series());
        } catch (SignalArchive.Unreadable e) {
            System.out.println("read: " + e.getMessage());
        }
    }

    @Test
    void itIsSaidWhatToDoAndNotTriedAgain() throws Exception {
        var library = Files.createDirectories(home.resolve("app")).resolve(LibraryLoaderUtil.getNativeLibName());
        Files.writeString(library, "no library");
        var temporary = home.resolve("not-there");
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var process = new ProcessBuilder(java, "--enable-native-access=ALL-UNNAMED",
                "-Dorg.sqlite.lib.path=" + library.getParent(),
                "-Djava.io.tmpdir=" + temporary, "-cp", System.getProperty("java.class.path"), NoLibraryTest.class.getName(),
                home.toString()).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        var lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines()
                .filter(line -> line.matches("(kept|again|read): .*")).toList(); // the log goes there, too
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(lines).hasSize(3);
        assertThat(lines.get(0)).startsWith("kept: off: SQLite's library cannot be loaded, neither from " + library.getParent())
                .contains("nor by way of " + temporary, "not mounted noexec", "Runs and their journal go on");
        assertThat(lines.get(1)).isEqualTo("again: false");
        assertThat(lines.get(2)).startsWith("read: SQLite's library cannot be loaded");
    }
}
