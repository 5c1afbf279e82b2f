package io.lockkeeper.adapter.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lockkeeper.Promise;
import io.lockkeeper.domain.journal.Draft;
import io.lockkeeper.domain.journal.Verification;
import io.lockkeeper.port.JournalFailure;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Who else may come near a journal: another process, a copy, a network, a disk that takes nothing, somebody without anchors.
@Timeout(60)
@Promise(7)
class JournalHoldersTest {
    @TempDir
    Path data;

    private JournalFiles files() {
        return JournalFiles.under(data, "demo");
    }

    private static Draft draft(int n) {
        return new Draft(Instant.EPOCH.plusSeconds(n), "r-1", "StepEntered", 1, "{\"n\":" + n + "}");
    }

    private static void append(FileJournal journal, int n) throws JournalFailure {
        journal.append(List.of(draft(n)), n == 1);
    }

    /// Appends one entry for each line it reads, and says its number or why not.
    static final class Holder {
        private Holder() {}

        public static void main(String[] args) throws Exception {
            try (var journal = FileJournal.open(JournalFiles.under(Path.of(args[0]), "demo"), "child");
                    var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
                System.out.println("open");
                int n = 1;
                for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                    try {
                        append(journal, n);
                        System.out.println(n++);
                    } catch (JournalFailure e) {
                        System.out.println(e.why());
                    }
                }
            }
        }
    }

    private record Child(Process process, BufferedReader out) implements AutoCloseable {
        String ask() throws IOException {
            process.outputWriter().write("\n");
            process.outputWriter().flush();
            return out.readLine();
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }

    private Child child() throws IOException {
        var process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                System.getProperty("java.class.path"), Holder.class.getName(), data.toString()).redirectErrorStream(true).start();
        var out = process.inputReader();
        for (var line = out.readLine(); !"open".equals(line); line = out.readLine()) {
            assertThat(line).isNotNull();
        }
        return new Child(process, out);
    }

    @Test
    void aSecondProcessIsRefusedAndTakesOverWhenTheFirstIsKilled() throws Exception {
        try (var child = child()) {
            assertThat(child.ask()).isEqualTo("1");
            assertThatThrownBy(() -> FileJournal.open(files(), "second")).isInstanceOfSatisfying(JournalFailure.Held.class,
                    held -> assertThat(held.pid()).isEqualTo(child.process().pid()));
            child.process().destroyForcibly().waitFor();
            try (var journal = FileJournal.open(files(), "second")) {
                assertThat(journal.head().seq()).isEqualTo(1);
            }
        }
    }

    @Test
    void whoDeletedTheLockIsTheHolderAndTheFirstWritesNothingMore() throws Exception {
        try (var child = child()) {
            assertThat(child.ask()).isEqualTo("1");
            Files.delete(files().lock());
            try (var journal = FileJournal.open(files(), "second")) {
                assertThat(child.ask()).contains("replaced or changed by somebody else").contains("writes nothing more");
                append(journal, 2);
                assertThat(child.ask()).contains("writes nothing more");
                append(journal, 3);
            }
        }
        assertThat(FileJournal.verify(files())).isInstanceOfSatisfying(Verification.Intact.class,
                intact -> assertThat(intact.entries()).isEqualTo(3));
    }

    @Test
    void aCopyOfTheLockInItsPlaceIsNotOurLock() throws Exception {
        try (var journal = FileJournal.open(files(), "first")) {
            append(journal, 1);
            var copy = data.resolve("copy");
            Files.copy(files().lock(), copy);
            Files.move(copy, files().lock(), StandardCopyOption.REPLACE_EXISTING);
            assertThatThrownBy(() -> append(journal, 2)).isInstanceOf(JournalFailure.class)
                    .hasMessageContaining("writes nothing more");
        }
        assertThat(Files.readAllLines(files().journal())).hasSize(1);
    }

    @Test
    void anOlderCopyPutInPlaceOfAJournalInUseIsNoticedAtTheNextLine() throws Exception {
        try (var journal = FileJournal.open(files(), "first")) {
            append(journal, 1);
            var older = data.resolve("older");
            Files.copy(files().journal(), older);
            append(journal, 2);
            Files.move(older, files().journal(), StandardCopyOption.REPLACE_EXISTING);
            assertThatThrownBy(() -> append(journal, 3)).isInstanceOf(JournalFailure.class)
                    .hasMessageContaining("replaced or changed");
        }
        assertThat(Files.readAllLines(files().journal())).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatSomebodyElseWroteOrCutIsNotWrittenOver(boolean longer) throws Exception {
        try (var journal = FileJournal.open(files(), "first")) {
            append(journal, 1);
            append(journal, 2);
            if (longer) {
                Files.writeString(files().journal(), "by hand\n", StandardOpenOption.APPEND);
            } else {
                Files.writeString(files().journal(), Files.readAllLines(files().journal()).getFirst() + "\n");
            }
            var before = Files.readAllBytes(files().journal());
            assertThatThrownBy(() -> append(journal, 3)).isInstanceOf(JournalFailure.class)
                    .hasMessageContaining("changed by somebody");
            assertThat(Files.readAllBytes(files().journal())).isEqualTo(before);
        }
    }

    @Test
    void aJournalThatIsGoneIsSaidToBeGone() throws Exception {
        try (var journal = FileJournal.open(files(), "first")) {
            append(journal, 1);
            Files.delete(files().journal());
            assertThatThrownBy(() -> append(journal, 2)).isInstanceOf(JournalFailure.class).hasMessageContaining("is gone");
        }
    }

    @Test
    void anOlderCopyIsCalledCutAndRefusedAndNothingIsTouched() throws Exception {
        byte[] older;
        try (var journal = FileJournal.open(files(), "first")) {
            append(journal, 2);
            older = Files.readAllBytes(files().journal());
            append(journal, 1); // anchored
        }
        Files.write(files().journal(), older);
        var anchors = Files.readString(files().anchorFile());
        assertThatThrownBy(() -> FileJournal.open(files(), "second")).hasMessageContaining("cut: the journal ends after entry 1");
        assertThat(Files.readAllBytes(files().journal())).isEqualTo(older);
        assertThat(Files.readString(files().anchorFile())).isEqualTo(anchors);
    }

    @Test
    void aJournalWithoutAnyAnchorIsOpenedAndSaysThatTheyWereTakenAway() throws Exception {
        try (var journal = FileJournal.open(files(), "first")) {
            append(journal, 1);
        }
        Files.delete(files().anchorFile());
        assertThat(FileJournal.verify(files()).words()).startsWith("intact").contains("not one anchor is there");
        try (var journal = FileJournal.open(files(), "second")) {
            assertThat(journal.notice().orElseThrow()).contains("1 entries and not one anchor");
            append(journal, 1);
        }
        assertThat(FileJournal.verify(files()).words()).isEqualTo("intact: 2 entries, 1 anchors met");
    }

    @Test
    void anAnchorTornByAKillDoesNotSpoilTheNextOne() throws Exception {
        try (var journal = FileJournal.open(files(), "first")) {
            append(journal, 1);
        }
        Files.writeString(files().anchorFile(), "{\"seq\":1,\"hash\":\"0f", StandardOpenOption.APPEND);
        try (var journal = FileJournal.open(files(), "second")) {
            append(journal, 1);
        }
        var lines = Files.readAllLines(files().journal());
        Files.writeString(files().journal(), lines.getFirst() + "\n");
        assertThat(FileJournal.verify(files()).words()).isEqualTo("cut: the journal ends after entry 1, an anchor knows entry 2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nfs", "nfs4", "cifs", "SMB3", "9p", "fuse.sshfs"})
    void aNetworkDiskIsRefusedUnlessItIsAllowed(String kind) throws Exception {
        assertThatThrownBy(() -> FileJournal.open(files(), "test", new Disk(_ -> kind, false))).isInstanceOf(JournalFailure.class)
                .isNotInstanceOf(JournalFailure.Held.class).hasMessageContaining("on a network disk").hasMessageContaining(
                        "LOCKKEEPER_NETWORK_DISK=allow");
        FileJournal.open(files(), "test", new Disk(_ -> kind, true)).close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ext4", "xfs", "btrfs", "tmpfs", "overlay", "apfs", "NTFS", "fuseblk", "zfs"})
    void aDiskOfThisComputerIsTaken(String kind) throws Exception {
        FileJournal.open(files(), "test", new Disk(_ -> kind, false)).close();
    }

    @Test
    void onAReadOnlyDiskTheJournalIsReadAndWhoWantsToWriteIsTold() throws Exception {
        var mount = Files.createDirectory(data.resolve("mount"));
        assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", mount.toString()) == 0,
                "no file system can be mounted here");
        try {
            var there = JournalFiles.under(mount, "demo");
            try (var journal = FileJournal.open(there, "test")) {
                append(journal, 1);
            }
            assertThat(run("mount", "-o", "remount,ro", mount.toString())).isZero();
            assertThatThrownBy(() -> FileJournal.open(there, "test")).isInstanceOf(JournalFailure.class)
                    .isNotInstanceOf(JournalFailure.Held.class).hasMessageContaining("cannot be opened for writing")
                    .hasMessageContaining("is not read-only");
            assertThat(FileJournal.verify(there).words()).isEqualTo("intact: 1 entries, 1 anchors met");
            assertThat(FileJournal.entries(there, 1)).hasSize(1);
            assertThatThrownBy(() -> FileJournal.open(JournalFiles.under(mount, "other"), "test"))
                    .hasMessageContaining("cannot be opened for writing");
        } finally {
            run("umount", "-l", mount.toString());
        }
    }

    private static int run(String... command) throws IOException, InterruptedException {
        try {
            return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor();
        } catch (IOException _) {
            return -1;
        }
    }
}
