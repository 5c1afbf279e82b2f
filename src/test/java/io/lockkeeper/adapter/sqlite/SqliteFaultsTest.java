package io.lockkeeper.adapter.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.lockkeeper.domain.client.ClientRole;
import io.lockkeeper.domain.client.Continuity;
import io.lockkeeper.domain.client.Loss;
import io.lockkeeper.domain.client.Scenario;
import io.lockkeeper.domain.history.KeptEpisode;
import io.lockkeeper.domain.history.Sample;
import io.lockkeeper.domain.history.Step;
import io.lockkeeper.domain.history.Stretch;
import io.lockkeeper.domain.signal.ObserverFault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a fault of the observer leaves in a history on disk, and a file from before such faults were kept.
class SqliteFaultsTest {
    private static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");
    private static final ObserverFault CUT = new ObserverFault(NOON.minusSeconds(3), NOON.plusSeconds(61),
            "all 2 control targets\noutside the service fail too");
    /// The file's form before it had faults, word for word.
    private static final List<String> FORM_1 = List.of(
            "PRAGMA auto_vacuum = INCREMENTAL",
            "PRAGMA journal_mode = WAL",
            "CREATE TABLE series (id INTEGER PRIMARY KEY, signal TEXT NOT NULL, node TEXT NOT NULL, source TEXT NOT NULL,"
                    + " UNIQUE (signal, node, source))",
            "CREATE TABLE raw (series INTEGER, at INTEGER, value REAL, samples INTEGER, PRIMARY KEY (series, at)) WITHOUT ROWID",
            "CREATE TABLE minute (series INTEGER, at INTEGER, low REAL, mean REAL, high REAL, count INTEGER, samples INTEGER,"
                    + " PRIMARY KEY (series, at)) WITHOUT ROWID",
            "CREATE TABLE hour (series INTEGER, at INTEGER, low REAL, mean REAL, high REAL, count INTEGER, samples INTEGER,"
                    + " PRIMARY KEY (series, at)) WITHOUT ROWID",
            "CREATE TABLE episode (id INTEGER PRIMARY KEY, client TEXT NOT NULL, role TEXT NOT NULL, scenario TEXT NOT NULL,"
                    + " way TEXT NOT NULL, code INTEGER NOT NULL, lost_at INTEGER NOT NULL, from_node TEXT NOT NULL,"
                    + " from_version TEXT NOT NULL, failed TEXT NOT NULL, ending TEXT NOT NULL, ended_at INTEGER,"
                    + " to_node TEXT NOT NULL, to_version TEXT NOT NULL, session TEXT NOT NULL, lost INTEGER NOT NULL,"
                    + " duplicated INTEGER NOT NULL, routine INTEGER NOT NULL, UNIQUE (client, lost_at))",
            "CREATE INDEX episode_by_age ON episode (routine, lost_at)",
            "INSERT INTO series (signal, node, source) VALUES ('connections.own', 'ws-1', 'nodes')",
            "INSERT INTO raw VALUES (1, " + NOON.getEpochSecond() + ", 7, 1)",
            "INSERT INTO episode (client, role, scenario, way, code, lost_at, from_node, from_version, failed, ending, ended_at,"
                    + " to_node, to_version, session, lost, duplicated, routine) VALUES ('sentinel-1', 'SENTINEL', 'EMERGENCY',"
                    + " 'CUT', 1006, " + NOON.toEpochMilli() + ", 'ws-1', 'v1', '', 'OPEN', NULL, '', '', 'UNKNOWN', 0, 0, 0)",
            "PRAGMA user_version = 1");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path home;

    private @Nullable SqliteSignalStore open;

    private SqliteSignalStore store() {
        close();
        var store = SqliteSignalStore.at(files(), new Limits(64L << 20, 0, 50_000, 1_000), "shop");
        open = store;
        return store;
    }

    private SignalFiles files() {
        return SignalFiles.under(home, "shop");
    }

    @AfterEach
    void close() {
        if (open != null) {
            open.close();
        }
    }

    private static KeptEpisode episode(ObserverFault... faults) {
        return new KeptEpisode("sentinel-1", ClientRole.SENTINEL, Scenario.EMERGENCY, Loss.of(Loss.Way.CUT), NOON, "ws-1", "v1",
                Map.of(), KeptEpisode.End.OPEN, null, "", "", Continuity.UNKNOWN, List.of(faults));
    }

    private List<KeptEpisode> episodes() throws Exception {
        var all = new ArrayList<KeptEpisode>();
        try (var archive = SignalArchive.open(files())) {
            archive.episodes(NOON.minusSeconds(9), NOON.plusSeconds(9), all::add);
        }
        return all;
    }

    private List<Stretch> values(String signal, Step step) throws Exception {
        var all = new ArrayList<Stretch>();
        try (var archive = SignalArchive.open(files())) {
            archive.values(signal, step, NOON.minus(Duration.ofDays(1)), NOON.plus(Duration.ofDays(1)), all::add);
        }
        return all;
    }

    @Test
    void anEpisodeIsMarkedAfterwardsAndTheMarkIsReadAsItWas() throws Exception {
        var store = store();
        store.add(NOON, List.of(), List.of(episode()));
        store.settle();
        assertThat(episodes()).containsExactly(episode());
        var late = new ObserverFault(NOON.plusSeconds(9), Instant.MAX, "late");
        store.add(NOON, List.of(), List.of(episode(CUT, late)));
        store.settle();
        assertThat(episodes()).containsExactly(episode(
                new ObserverFault(CUT.from(), CUT.to(), "all 2 control targets outside the service fail too"), late));
    }

    private void oldFile() throws Exception {
        files().create();
        NativeLibrary.unpack(files().natives());
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + files().database());
                var statement = connection.createStatement()) {
            for (var sql : FORM_1) {
                statement.execute(sql);
            }
        }
    }

    @Test
    void aFileFromBeforeIsReadAsItIsAndTakenOverWithAllThatIsInIt() throws Exception {
        oldFile();
        assertThat(episodes()).containsExactly(episode());
        var read = Files.readAllBytes(files().database());
        var store = store();
        store.add(NOON, List.of(new Sample(NOON.plusSeconds(1), "connections.own", "ws-1", "nodes", 8, 1)), List.of());
        store.settle();
        assertThat(store.state().trouble()).isEmpty();
        assertThat(episodes()).containsExactly(episode());
        assertThat(values("connections.own", Step.RAW)).extracting(Stretch::mean).containsExactly(7.0, 8.0);
        store.add(NOON, List.of(), List.of(episode(new ObserverFault(NOON, Instant.MAX, "late"))));
        store.close();
        assertThat(episodes()).containsExactly(episode(new ObserverFault(NOON, Instant.MAX, "late")));
        assertThat(Files.readAllBytes(files().database())).isNotEqualTo(read);
        var again = store(); // nothing is left to be taken over
        again.add(NOON, List.of(), List.of(episode()));
        again.close();
        assertThat(again.state().trouble()).isEmpty();
        assertThat(episodes()).containsExactly(episode());
    }

    @Test
    void whatWasMeasuredBeforeAFaultWasFoundGoesAlsoFromMinutesAndHours() throws Exception {
        var store = store();
        var end = NOON.plusSeconds(7_200);
        store.add(end, IntStream.range(0, 7_260)
                .mapToObj(i -> Stream.of("availability", "clients.out").map(signal -> new Sample(NOON.plusSeconds(i), signal, "",
                        "clients", i >= 7_130 && i < 7_150 ? 40 : 100, 1)))
                .flatMap(one -> one).toList(), List.of());
        store.settle();
        assertThat(values("availability", Step.MINUTE)).extracting(Stretch::mean).contains(90.0);
        store.retract(end, Set.of("availability", "reconnect.time.emergency"), NOON.plusSeconds(7_130), NOON.plusSeconds(7_149));
        var later = NOON.plusSeconds(7_300);
        store.add(later, List.of(new Sample(later, "availability", "", "clients", 100, 1)), List.of());
        store.settle();
        assertThat(values("availability", Step.RAW)).hasSize(7_241).allMatch(one -> one.mean() == 100);
        assertThat(values("availability", Step.MINUTE)).allMatch(one -> one.mean() == 100)
                .extracting(Stretch::from, Stretch::count).contains(tuple(NOON.plusSeconds(7_080), 50L),
                        tuple(NOON.plusSeconds(7_140), 50L));
        assertThat(values("availability", Step.HOUR)).allMatch(one -> one.mean() == 100).extracting(Stretch::count)
                .containsExactly(3_600L, 3_580L);
        assertThat(values("clients.out", Step.MINUTE)).extracting(Stretch::mean).contains(90.0); // counted, not measured
    }

    @Test
    void noMoreGoesThanAnHourAndAMinuteOfWhichNothingIsLeftIsGone() throws Exception {
        var store = store();
        var end = NOON.plusSeconds(7_200);
        store.add(end,
                IntStream.range(0, 7_200).mapToObj(i -> new Sample(NOON.plusSeconds(i), "availability", "", "clients", 9, 1))
                        .toList(),
                List.of());
        store.settle();
        store.retract(end, Set.of("availability"), NOON.minus(Duration.ofDays(400)), end);
        store.settle();
        assertThat(values("availability", Step.RAW)).hasSize(3_600);
        assertThat(values("availability", Step.MINUTE)).hasSize(60);
        store.close();
        var next = store(); // what was left undone is done by whoever writes next
        next.add(NOON.plus(Duration.ofHours(4)), List.of(new Sample(NOON, "clients.out", "", "clients", 0, 1)), List.of());
        next.close();
        assertThat(values("availability", Step.HOUR)).extracting(Stretch::count).containsExactly(3_600L);
    }
}
