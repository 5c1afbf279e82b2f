package io.lockkeeper.adapter.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.lockkeeper.domain.client.ClientRole;
import io.lockkeeper.domain.client.Continuity;
import io.lockkeeper.domain.client.Continuity.SessionKept;
import io.lockkeeper.domain.client.Failure;
import io.lockkeeper.domain.client.Loss;
import io.lockkeeper.domain.client.Scenario;
import io.lockkeeper.domain.history.KeptEpisode;
import io.lockkeeper.domain.history.Sample;
import io.lockkeeper.domain.history.Step;
import io.lockkeeper.domain.history.Stretch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteSignalStoreTest {
    private static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");
    private static final Limits LIMITS = new Limits(64L << 20, 0, 50_000, 1_000);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path home;

    private @Nullable SqliteSignalStore open;

    private SignalFiles files() {
        return SignalFiles.under(home, "shop");
    }

    private SqliteSignalStore store(SignalFiles files, Limits limits) {
        close();
        var store = SqliteSignalStore.at(files, limits, "shop");
        open = store;
        return store;
    }

    private SqliteSignalStore store() {
        return store(files(), LIMITS);
    }

    @AfterEach
    void close() {
        if (open != null) {
            open.close();
        }
    }

    private static Sample sample(Instant at, double value) {
        return new Sample(at, "connections.own", "ws-1", "nodes", value, 1);
    }

    private static KeptEpisode episode(String client, Instant lostAt, KeptEpisode.End end) {
        boolean back = end == KeptEpisode.End.BACK;
        return new KeptEpisode(client, ClientRole.SENTINEL, Scenario.EMERGENCY, Loss.of(Loss.Way.CUT), lostAt, "ws-1", "v1",
                Map.of(new Failure(Failure.Cause.STATUS, 503), 2L, Failure.of(Failure.Cause.REFUSED), 1L), end,
                end == KeptEpisode.End.OPEN ? null : lostAt.plusMillis(2_345), back ? "ws-2" : "", back ? "v2" : "",
                back ? new Continuity(SessionKept.SAME, 1, 0) : Continuity.UNKNOWN);
    }

    private List<Stretch> values(Step step) throws Exception {
        var all = new ArrayList<Stretch>();
        try (var archive = SignalArchive.open(files())) {
            archive.values("connections.own", step, NOON.minus(Duration.ofDays(500)), NOON.plus(Duration.ofDays(500)), all::add);
        }
        return all;
    }

    private List<KeptEpisode> episodes() throws Exception {
        var all = new ArrayList<KeptEpisode>();
        try (var archive = SignalArchive.open(files())) {
            archive.episodes(NOON.minus(Duration.ofDays(500)), NOON.plus(Duration.ofDays(500)), all::add);
        }
        return all;
    }

    @Test
    void oneValueASecondIsKeptTheNewest() throws Exception {
        var store = store();
        store.add(NOON, List.of(sample(NOON, 1), sample(NOON.plusMillis(900), 2)), List.of());
        store.add(NOON.plusSeconds(1), List.of(sample(NOON.plusSeconds(1), 3)), List.of());
        store.settle();
        assertThat(values(Step.RAW)).extracting(Stretch::from, Stretch::mean).containsExactly(
                tuple(NOON, 2.0), tuple(NOON.plusSeconds(1), 3.0));
        try (var archive = SignalArchive.open(files())) {
            assertThat(archive.series()).singleElement().satisfies(series -> assertThat(series.count()).isEqualTo(2));
        }
    }

    @Test
    void minutesAndHoursAreDrawnTogetherAndOutliveWhatTheyWereDrawnFrom() throws Exception {
        var store = store();
        for (int second = 0; second < 7_260; second++) {
            var at = NOON.plusSeconds(second);
            store.add(at, List.of(sample(at, second % 60)), List.of());
            if (second % 1_000 == 0) {
                store.settle();
            }
        }
        store.settle();
        var minutes = values(Step.MINUTE);
        assertThat(minutes).hasSize(120).allSatisfy(minute -> {
            assertThat(minute.min()).isZero();
            assertThat(minute.max()).isEqualTo(59);
            assertThat(minute.mean()).isCloseTo(29.5, within(1e-9));
            assertThat(minute.count()).isEqualTo(60);
        });
        assertThat(values(Step.HOUR)).extracting(Stretch::count).containsExactly(3_600L, 3_600L);
        for (int minute = 0; minute < 20; minute++) { // a pass a minute, each takes ten
            var later = NOON.plus(Duration.ofDays(3)).plusSeconds(60L * minute);
            store.add(later, List.of(sample(later, 1)), List.of());
            store.settle();
        }
        assertThat(values(Step.RAW)).hasSizeLessThanOrEqualTo(20);
        assertThat(values(Step.MINUTE)).hasSizeGreaterThanOrEqualTo(120);
        assertThat(values(Step.HOUR)).extracting(Stretch::count).startsWith(3_600L, 3_600L);
    }

    @Test
    void whatWasNotDrawnTogetherBeforeAKillIsAfterwards() throws Exception {
        var store = store();
        store.add(NOON.plusSeconds(89), IntStream.range(0, 90).mapToObj(i -> sample(NOON.plusSeconds(i), i)).toList(), List.of());
        store.close(); // within the second minute
        assertThat(values(Step.MINUTE)).hasSize(1);
        var next = store();
        next.add(NOON.plusSeconds(600), List.of(sample(NOON.plusSeconds(600), 1)), List.of());
        next.settle();
        assertThat(values(Step.MINUTE)).extracting(Stretch::count).startsWith(60L, 30L);
    }

    @Test
    void anEpisodeIsKnownFromItsLossAndCompletedByItsEnd() throws Exception {
        var store = store();
        store.add(NOON, List.of(), List.of(episode("sentinel-1", NOON, KeptEpisode.End.OPEN)));
        store.settle();
        assertThat(episodes()).containsExactly(episode("sentinel-1", NOON, KeptEpisode.End.OPEN));
        var back = episode("sentinel-1", NOON, KeptEpisode.End.BACK);
        store.add(NOON, List.of(), List.of(back, episode("sentinel-2", NOON.plusMillis(1), KeptEpisode.End.LEFT)));
        store.settle();
        assertThat(episodes()).containsExactly(back, episode("sentinel-2", NOON.plusMillis(1), KeptEpisode.End.LEFT));
    }

    @Test
    void everythingIsTheOwnersAlone() throws Exception {
        var store = store();
        store.add(NOON, List.of(sample(NOON, 1)), List.of());
        store.settle();
        try (var all = Files.walk(files().folder())) {
            assertThat(all.filter(Files::isRegularFile).toList()).hasSizeGreaterThanOrEqualTo(2)
                    .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .isEqualTo("rw-------"));
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(files().folder()))).isEqualTo("rwx------");
    }

    @Test
    void aFileOfANewerReleaseIsLeftAloneAndSaid() throws Exception {
        var store = store();
        store.add(NOON, List.of(sample(NOON, 1)), List.of());
        store.close();
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + files().database());
                var statement = connection.createStatement()) {
            statement.execute("PRAGMA user_version = 7");
        }
        var bytes = Files.readAllBytes(files().database());
        var next = store();
        next.add(NOON, List.of(sample(NOON, 2)), List.of());
        next.settle();
        assertThat(next.state().words()).startsWith("off: ").contains("newer Lockkeeper", "7", "move the file away");
        assertThat(next.add(NOON, List.of(sample(NOON, 3)), List.of())).isFalse();
        next.close();
        assertThat(Files.readAllBytes(files().database())).isEqualTo(bytes);
        assertThat(catchThrowable(() -> SignalArchive.open(files())))
                .hasMessageContaining("newer Lockkeeper");
    }

    @Test
    void aFileOfAnotherProgramIsLeftAlone() throws Exception {
        files().create();
        NativeLibrary.unpack(files().natives());
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + files().database());
                var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE songs (title)");
        }
        var store = store();
        store.add(NOON, List.of(sample(NOON, 1)), List.of());
        store.settle();
        assertThat(store.state().words()).contains("another program");
    }

    private List<Path> aside() throws IOException {
        try (var all = Files.list(files().folder())) {
            return all.filter(file -> file.getFileName().toString().matches("signals-damaged-.*\\.db")).toList();
        }
    }

    private void fill() throws Exception {
        var store = store();
        for (int i = 0; i < 20; i++) {
            int from = i * 1_000;
            store.add(NOON, IntStream.range(from, from + 1_000).mapToObj(at -> sample(NOON.plusSeconds(at), at)).toList(),
                    List.of(episode("sentinel-" + i, NOON, KeptEpisode.End.BACK)));
        }
        store.close();
    }

    @Test
    void aFileThatWasCutIsSetAsideAndANewOneBegunWhereverItWasCut() throws Exception {
        fill();
        var whole = Files.readAllBytes(files().database());
        for (int cut : new int[]{1, 50, 99, 4_096, 10_000, whole.length / 2, whole.length - 4_096, whole.length - 1}) {
            close();
            Files.write(files().database(), whole);
            try (var channel = FileChannel.open(files().database(), StandardOpenOption.WRITE)) {
                channel.truncate(cut);
            }
            int before = aside().size();
            var store = store();
            store.add(NOON, List.of(sample(NOON, 7)), List.of());
            store.settle();
            assertThat(aside()).as("cut at %s", cut).hasSize(before + 1);
            assertThat(store.state().words()).as("cut at %s", cut).contains("was damaged", "a new one was begun");
            assertThat(values(Step.RAW)).as("cut at %s", cut).hasSize(1);
        }
        assertThat(aside()).anySatisfy(file -> assertThat(file).hasSize(whole.length - 1));
    }

    @Test
    void aPageThatWasOverwrittenIsNoticedWhenItIsMetAndNothingStops() throws Exception {
        fill();
        try (var channel = FileChannel.open(files().database(), StandardOpenOption.WRITE)) {
            for (long page = 2; page < channel.size() / 4_096; page++) {
                channel.write(ByteBuffer.wrap(new byte[4_096]), page * 4_096);
            }
        }
        var store = store();
        for (int i = 0; i < 3; i++) {
            store.add(NOON.plusSeconds(60L * i), List.of(sample(NOON.plusSeconds(60L * i), 7)), List.of());
            store.settle();
        }
        assertThat(aside()).hasSize(1);
        assertThat(values(Step.RAW)).isNotEmpty();
    }

    @Test
    void whatFindsNoRoomIsDroppedCountedAndSaid() throws Exception {
        var store = store(files(), new Limits(64L << 20, 0, 10, 1_000));
        var eleven = IntStream.range(0, 11).mapToObj(i -> sample(NOON.plusSeconds(i), i)).toList();
        assertThat(store.add(NOON, eleven, List.of())).isFalse();
        assertThat(store.state().words()).isEqualTo("11 samples lost, the disk is too slow");
        store.add(NOON, eleven.subList(0, 2), List.of(episode("sentinel-1", NOON, KeptEpisode.End.BACK)));
        store.settle();
        assertThat(store.state().words()).startsWith("11 samples lost, the disk is too slow; kept again");
        assertThat(values(Step.RAW)).hasSize(2);
    }

    @Test
    void seriesWithoutEndFindAnEnd() throws Exception {
        var store = store(files(), new Limits(64L << 20, 0, 50_000, 5));
        store.add(NOON,
                IntStream.range(0, 8).mapToObj(i -> new Sample(NOON, "connections.own", "pod-" + i, "nodes", i, 1)).toList(),
                List.of());
        store.settle();
        assertThat(values(Step.RAW)).hasSize(5);
        assertThat(store.state().lostSamples()).isEqualTo(3);
    }

    @Test
    void aDiskWithLittleRoomIsLeftToTheJournal() throws Exception {
        var store = store(files(), new Limits(64L << 20, Long.MAX_VALUE, 50_000, 5));
        Files.createDirectories(files().folder());
        store.add(NOON, List.of(sample(NOON, 1)), List.of());
        store.settle();
        assertThat(store.state().words()).contains("1 sample lost, disk full").contains("the journal comes first");
        assertThat(files().database()).doesNotExist();
    }

    @Test
    void aFullDiskLosesSamplesAndWhenThereIsRoomAgainTheyAreKept() throws Exception {
        var disk = Files.createDirectories(home.resolve("small"));
        assumeThat(mount(disk)).as("a small disk can be mounted here").isTrue();
        try {
            var files = new SignalFiles(disk.resolve("shop"), home.resolve("natives"));
            var store = store(files, LIMITS);
            store.add(NOON, List.of(sample(NOON, 1)), List.of());
            store.settle();
            assertThat(store.state().lost()).isFalse();
            var filler = disk.resolve("filler");
            fillUp(filler);

            for (int i = 0; i < 20; i++) {
                int from = i * 1_000;
                store.add(NOON.plusSeconds(i),
                        IntStream.range(from, from + 1_000).mapToObj(at -> sample(NOON.plusSeconds(at), at)).toList(),
                        List.of());
                store.settle();
            }
            assertThat(store.state().words()).contains("samples lost, disk full");
            long lost = store.state().lostSamples();
            assertThat(lost).isPositive();
            Files.delete(filler);
            store.add(NOON.plusSeconds(60), List.of(sample(NOON.plusSeconds(60), 5)),
                    List.of(episode("sentinel-1", NOON, KeptEpisode.End.BACK)));
            store.settle();
            assertThat(store.state().words()).startsWith(lost + " samples lost, disk full; kept again");
            var kept = new ArrayList<KeptEpisode>();
            try (var archive = SignalArchive.open(files)) {
                archive.episodes(NOON, NOON, kept::add);
            }
            assertThat(kept).hasSize(1);
        } finally {
            close();
            command("umount", disk.toString());
        }
    }

    private static boolean mount(Path disk) throws Exception {
        return command("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk.toString());
    }

    private static boolean command(String... words) throws Exception {
        try {
            return new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start()
                    .waitFor() == 0;
        } catch (IOException _) {
            return false;
        }
    }

    private static void fillUp(Path file) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            for (int size = 65_536; size > 0; size /= 2) {
                try {
                    while (channel.write(ByteBuffer.allocate(size)) > 0) {
                        // until it is full
                    }
                } catch (IOException _) {
                    // smaller
                }
            }
        }
    }

    @Test
    void aFileNeverGrowsBeyondItsBoundAndTheOldestGoesFirst() throws Exception {
        long bound = 2L << 20;
        var store = store(files(), new Limits(bound, 0, 200_000, 1_000));
        int minutes = 24 * 60;
        for (int minute = 0; minute < minutes; minute++) {
            var at = NOON.plusSeconds(60L * minute);
            var samples = new ArrayList<Sample>();
            for (int second = 0; second < 60; second += 2) {
                for (int node = 0; node < 5; node++) {
                    samples.add(new Sample(at.plusSeconds(second), "connections.own", "ws-" + node, "nodes", minute + 0.5, 1));
                }
            }
            store.add(at.plusSeconds(59), samples, List.of());
            if (minute % 10 == 0) {
                store.settle();
                assertThat(Files.size(files().database())).isLessThanOrEqualTo(bound + (2 << 20));
            }
        }
        store.settle();
        assertThat(store.state().lost()).isFalse();
        var raw = values(Step.RAW);
        assertThat(raw.getFirst().from()).isAfter(NOON.plus(Duration.ofHours(12)));
        assertThat(raw.getLast().from()).isEqualTo(NOON.plusSeconds(60L * minutes - 2));
        assertThat(values(Step.HOUR)).hasSizeGreaterThanOrEqualTo(5 * 23);
    }

    @Test
    void aClockThatIsSetToAnotherYearForAMinuteCostsLittle() throws Exception {
        var store = store();
        store.add(NOON, IntStream.range(0, 7_200).mapToObj(i -> sample(NOON.plusSeconds(i), i)).toList(), List.of());
        store.settle();
        var wrong = NOON.plus(Duration.ofDays(3_000));
        store.add(wrong, List.of(sample(wrong, 1)), List.of());
        store.settle();
        assertThat(values(Step.RAW)).hasSizeGreaterThan(6_000);
    }

    @Test
    void oneThreadPerFileAndNoneBeforeAndAfter() throws Exception {
        var store = store();
        assertThat(threads()).isZero();
        store.add(NOON, List.of(sample(NOON, 1)), List.of());
        store.settle();
        assertThat(threads()).isEqualTo(1);
        store.close();
        assertThat(threads()).isZero();
    }

    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream().filter(thread -> thread.getName().equals("signals shop")).count();
    }
}
