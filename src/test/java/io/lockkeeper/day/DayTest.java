package io.lockkeeper.day;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockkeeper.adapter.sqlite.Limits;
import io.lockkeeper.adapter.sqlite.SignalArchive;
import io.lockkeeper.adapter.sqlite.SignalFiles;
import io.lockkeeper.adapter.sqlite.SqliteSignalStore;
import io.lockkeeper.domain.history.KeptEpisode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Twenty-four hours, on the disk of this computer.
class DayTest {
    private static final int DAY = 24;
    private static final int CLIENTS = 20;
    private static final int NODES = 4;
    /// Seconds; `bench/day` looks each second, and takes minutes for it.
    private static final int EVERY = 30;
    /// Of one node: by its balancers, by itself, ready.
    private static final int PER_NODE = 3;
    /// Two totals, a balancer, out, connected, success twice, availability, three times.
    private static final int OF_ALL = 11;
    private static final long BOUND = 3L << 20;
    /// What is written before it is put into its place, and a minute's growth.
    private static final long SLACK = 16L << 20;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path home;

    @Test
    @Timeout(180)
    void aDayLeavesABoundedFileOneThreadAndEveryEpisode() throws Exception {
        var files = SignalFiles.under(home, "day");
        var store = SqliteSignalStore.at(files, new Limits(BOUND, 0, 200_000, 1_000), "day");
        var day = new SimulatedDay(CLIENTS, NODES, EVERY, store);
        var began = day.now();
        day.connect();
        for (int hour = 0; hour < DAY; hour++) {
            day.hour(hour);
            assertThat(size(files.folder())).as("bytes after hour %s", hour).isLessThan(BOUND + SLACK);
            assertThat(Thread.getAllStackTraces().keySet()).filteredOn(thread -> thread.getName().equals("signals day"))
                    .hasSize(1);
        }
        assertThat(store.state().lost()).as(store.state().words()).isFalse();
        store.close();
        var episodes = new ArrayList<KeptEpisode>();
        try (var archive = SignalArchive.open(files)) {
            assertThat(archive.series()).hasSizeBetween(NODES * PER_NODE, NODES * PER_NODE + OF_ALL)
                    .allSatisfy(series -> assertThat(series.count()).isLessThanOrEqualTo(DAY * 3_600 / EVERY + 1));
            archive.episodes(began, day.now(), episodes::add);
        }
        assertThat(episodes).filteredOn(episode -> episode.end() == KeptEpisode.End.OPEN).hasSizeLessThanOrEqualTo(CLIENTS);
        assertThat(episodes.stream().filter(episode -> !episode.routine()).count()).isGreaterThan(DAY * 60);
        assertThat(episodes).hasSizeLessThanOrEqualTo((int) day.losses());
    }

    private static long size(Path folder) throws Exception {
        try (var all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
        }
    }
}
