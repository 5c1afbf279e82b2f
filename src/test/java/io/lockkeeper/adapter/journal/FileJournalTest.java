package io.lockkeeper.adapter.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lockkeeper.Promise;
import io.lockkeeper.domain.journal.Draft;
import io.lockkeeper.domain.journal.Entry;
import io.lockkeeper.domain.journal.Verification;
import io.lockkeeper.port.JournalFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileJournalTest {
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

    @TempDir
    Path data;

    private JournalFiles files() {
        return JournalFiles.under(data, "demo");
    }

    private static Draft draft(int n) {
        return new Draft(NOON.plusSeconds(n), "r-1", "StepEntered", 1, "{\"n\":" + n + ",\"text\":\"Größe, \\\"body\\\": \"}");
    }

    private FileJournal filled(int entries) throws JournalFailure {
        var journal = FileJournal.open(files(), "test");
        for (int n = 1; n <= entries; n++) {
            journal.append(List.of(draft(n)), n == 3);
        }
        return journal;
    }

    @Test
    void entriesComeBackAsTheyWereWritten() throws JournalFailure {
        List<Entry> written = new ArrayList<>();
        try (var journal = FileJournal.open(files(), "test")) {
            written.addAll(journal.append(List.of(draft(1), draft(2)), false));
            written.addAll(journal.append(List.of(new Draft(NOON, null, "KnownGoodSet", 1, "{}")), false));
            assertThat(journal.read(1)).isEqualTo(written);
            assertThat(journal.head().seq()).isEqualTo(3);
        }
        try (var journal = FileJournal.open(files(), "test")) {
            assertThat(journal.read(2)).isEqualTo(written.subList(1, 3));
            assertThat(journal.append(List.of(draft(4)), false).getFirst().seq()).isEqualTo(4);
        }
        assertThat(FileJournal.verify(files())).isInstanceOf(Verification.Intact.class);
    }

    @Test
    void onlyTheOwnerMayReadIt() throws JournalFailure, IOException {
        filled(1).close();
        Files.writeString(files().journal(), "{\"seq\":2", StandardOpenOption.APPEND);
        FileJournal.open(files(), "test").close();
        for (var folder : List.of(files().folder(), files().anchors())) {
            assertThat(permissions(folder)).isEqualTo("rwx------");
            try (var found = Files.list(folder)) {
                assertThat(found).isNotEmpty().allSatisfy(file -> assertThat(permissions(file)).isEqualTo("rw-------"));
            }
        }
        assertThat(files().reserve()).exists();
        assertThat(files().folder().resolve("torn-2-1.bin")).exists();
    }

    private static String permissions(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    @Test
    void aSecondHolderIsRefusedWithThePidOfTheFirst() throws JournalFailure {
        try (var _ = filled(1)) {
            assertThatThrownBy(() -> FileJournal.open(files(), "second")).isInstanceOfSatisfying(JournalFailure.Held.class,
                    held -> assertThat(held.pid()).isEqualTo(ProcessHandle.current().pid()));
        }
        FileJournal.open(files(), "third").close();
    }

    @Test
    @Promise(7)
    void aTornLastLineIsSetAsideAndNothingElseIsLost() throws JournalFailure, IOException {
        filled(5).close();
        var whole = Files.readAllBytes(files().journal());
        Files.write(files().journal(), java.util.Arrays.copyOf(whole, whole.length - 10));
        assertThat(FileJournal.verify(files())).isInstanceOf(Verification.TornLastLine.class);
        try (var journal = FileJournal.open(files(), "test")) {
            assertThat(journal.head().seq()).isEqualTo(4);
            assertThat(journal.notice()).isPresent();
        }
        try (var found = Files.list(files().folder())) {
            assertThat(found.filter(file -> file.getFileName().toString().startsWith("torn-5-"))).hasSize(1);
        }
    }

    @Test
    @Promise(7)
    void aCutBehindAnAnchorAndAnAlteredLineAreToldApartAndRefusedUntouched() throws JournalFailure, IOException {
        filled(5).close();
        var lines = Files.readAllLines(files().journal());
        Files.writeString(files().journal(), lines.get(0) + "\n" + lines.get(1) + "\n");
        assertThat(FileJournal.verify(files())).isInstanceOfSatisfying(Verification.Cut.class,
                cut -> assertThat(cut.anchoredSeq()).isEqualTo(3));
        assertThatThrownBy(() -> FileJournal.open(files(), "test")).hasMessageContaining("cut");
        assertThat(Files.readAllLines(files().journal())).hasSize(2);

        lines.set(1, lines.get(1).replace("\"n\":2", "\"n\":9"));
        Files.writeString(files().journal(), String.join("\n", lines) + "\n");
        assertThat(FileJournal.verify(files())).isInstanceOfSatisfying(Verification.Altered.class,
                altered -> assertThat(altered.line()).isEqualTo(2));
        assertThatThrownBy(() -> FileJournal.open(files(), "test")).hasMessageContaining("altered at line 2");
    }

    @Test
    @Promise(7)
    void aJournalRewrittenWithARightChainDisagreesWithItsAnchors() throws JournalFailure, IOException {
        filled(5).close();
        Files.delete(files().journal());
        var anchors = Files.readString(files().anchorFile());
        try (var journal = FileJournal.open(new JournalFiles(files().folder(), data.resolve("elsewhere")), "forger")) {
            for (int n = 11; n <= 15; n++) {
                journal.append(List.of(draft(n)), false);
            }
        }
        assertThat(Files.readString(files().anchorFile())).isEqualTo(anchors);
        assertThat(FileJournal.verify(files())).isInstanceOf(Verification.Altered.class);
    }

    @Test
    @Promise(7)
    void noFlippedByteAndNoCutIsEverCalledIntactUnlessItSaysThatItCannotProveIt() throws JournalFailure, IOException {
        filled(6).close();
        var whole = Files.readAllBytes(files().journal());
        var random = new Random(7);
        for (int round = 0; round < 400; round++) {
            var bytes = whole.clone();
            int at = random.nextInt(bytes.length);
            if (round % 2 == 0) {
                bytes[at] ^= (byte) (1 << random.nextInt(7));
            } else {
                bytes = java.util.Arrays.copyOf(bytes, at);
            }
            Files.write(files().journal(), bytes);
            var verification = FileJournal.verify(files());
            if (verification instanceof Verification.Intact(long entries, int _, var cannotProve)) {
                assertThat(entries).as("cut at byte " + at + " of " + whole.length).isBetween(3L, 5L);
                assertThat(cannotProve).contains("after the newest anchor");
            }
        }
    }

    @Test
    void whatWasAcknowledgedSurvivesSigkill() throws Exception {
        var child = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                System.getProperty("java.class.path"), AppendForEver.class.getName(), data.toString()).redirectErrorStream(true)
                .start();
        long acknowledged = 0;
        try (var lines = child.inputReader()) {
            for (var line = lines.readLine(); line != null && acknowledged < 300; line = lines.readLine()) {
                acknowledged = line.matches("\\d+") ? Long.parseLong(line) : acknowledged;
            }
            child.destroyForcibly();
            assertThat(child.waitFor(10, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(acknowledged).isGreaterThanOrEqualTo(300);
        try (var journal = FileJournal.open(files(), "after")) {
            assertThat(journal.head().seq()).isGreaterThanOrEqualTo(acknowledged);
        }
        assertThat(FileJournal.verify(files())).isInstanceOf(Verification.Intact.class);
    }

    /// Appends one entry after the other and says the number of each once it is acknowledged.
    static final class AppendForEver {
        private AppendForEver() {}

        public static void main(String[] args) throws JournalFailure {
            try (var journal = FileJournal.open(JournalFiles.under(Path.of(args[0]), "demo"), "child")) {
                for (int n = 1; n < 1_000_000; n++) {
                    System.out.println(journal.append(List.of(draft(n)), false).getFirst().seq());
                }
            }
        }
    }

    @Test
    void aFullDiskLosesNothingAndTheReserveLetsTheWayBackBeWritten() throws Exception {
        var mount = data.resolve("small");
        Files.createDirectory(mount);
        assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", mount.toString()) == 0,
                "a small file system cannot be mounted here");
        try {
            var small = JournalFiles.under(mount, "demo");
            try (var journal = FileJournal.open(small, "test")) {
                journal.append(List.of(draft(1)), true);
                fill(mount.resolve("ballast"));
                var big = new Draft(NOON, "r-1", "Note", 1, "{\"text\":\"" + "x".repeat(9_000) + "\"}");
                assertThatThrownBy(() -> journal.append(List.of(big), false)).isInstanceOf(JournalFailure.DiskFull.class)
                        .hasMessageContaining("Free some space");
                assertThat(journal.read(1)).hasSize(1);
                journal.releaseReserve();
                assertThat(journal.append(List.of(big), true)).hasSize(1);
            }
            assertThat(FileJournal.verify(small)).isInstanceOf(Verification.Intact.class);
        } finally {
            run("umount", mount.toString());
        }
    }

    private static void fill(Path file) throws IOException {
        try (var out = Files.newOutputStream(file)) {
            var block = new byte[4096];
            while (true) {
                out.write(block);
            }
        } catch (IOException full) {
            assertThat(full).hasMessageContaining("No space");
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
