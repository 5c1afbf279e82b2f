package io.lockkeeper.ui.signals;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockkeeper.Promise;
import io.lockkeeper.app.Scenes;
import io.lockkeeper.app.Snapshot;
import io.lockkeeper.domain.client.ClientEvent;
import io.lockkeeper.domain.client.ClientRole;
import io.lockkeeper.domain.client.Continuity;
import io.lockkeeper.domain.client.Continuity.SessionKept;
import io.lockkeeper.domain.client.Episodes;
import io.lockkeeper.domain.client.Failure;
import io.lockkeeper.domain.client.Loss;
import io.lockkeeper.domain.client.Scenario;
import io.lockkeeper.domain.history.EpisodeFilter;
import io.lockkeeper.domain.history.EpisodeTrail;
import io.lockkeeper.domain.history.KeptEpisode;
import io.lockkeeper.domain.history.MonthSpent;
import io.lockkeeper.domain.signal.EpisodeSignals;
import io.lockkeeper.domain.signal.ProbeOutcome;
import io.lockkeeper.domain.signal.ProbeOutcome.Kind;
import io.lockkeeper.domain.signal.ProbeReading;
import io.lockkeeper.domain.signal.ObserverFault;
import io.lockkeeper.domain.signal.Window;
import io.lockkeeper.domain.watch.Measured;
import io.lockkeeper.domain.watch.RunSpent;
import io.lockkeeper.domain.watch.WatchReading;
import io.lockkeeper.domain.watch.Watcher;
import io.lockkeeper.ui.signals.SignalTiles.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What stands in the cells of the signals screen.
class SignalRowsTest {
    private static final Instant NOW = Instant.parse("2026-11-24T03:00:00Z");
    private static final Failure BUSY = new Failure(Failure.Cause.STATUS, 503);

    private final Episodes episodes = new Episodes();

    private void opened(String client, String node) {
        episodes.on(new ClientEvent.Opened(client, ClientRole.SENTINEL, NOW.minusSeconds(290), node, "v1"));
    }

    private void lost(String client, long ago) {
        episodes.on(new ClientEvent.Lost(client, ClientRole.SENTINEL, NOW.minusSeconds(ago), Loss.closed(1012)));
    }

    private void failed(String client, long ago, Failure failure) {
        var at = NOW.minusSeconds(ago);
        episodes.on(new ClientEvent.Failed(client, ClientRole.SENTINEL, at, at, at, failure));
    }

    private void back(String client, long ago, String node) {
        var at = NOW.minusSeconds(ago);
        episodes.on(new ClientEvent.Back(client, ClientRole.SENTINEL, at, at, node, "v1", Continuity.UNKNOWN));
    }

    private WatchReading watch() {
        var signals = new EpisodeSignals(episodes, List.of());
        return new WatchReading(NOW, new Watcher.Watching("window", NOW), null,
                Measured.of(signals, Window.last(Duration.ofMinutes(1), NOW)),
                Measured.of(signals, Window.last(Duration.ofMinutes(5), NOW)), List.of());
    }

    private static Snapshot with(Snapshot shown, @Nullable WatchReading watch) {
        return new Snapshot(shown.at(), shown.holder(), shown.following(), shown.fleet(), shown.links(), shown.run(),
                shown.events(), shown.runs(), shown.knownGood(), shown.control(), shown.notices(), watch);
    }

    @Test
    void causesAreCountedMostFrequentFirstWithTheAgeOfTheNewest() {
        opened("s-1", "ws-1");
        lost("s-1", 200);
        failed("s-1", 190, BUSY);
        failed("s-1", 180, BUSY);
        failed("s-1", 20, Failure.of(Failure.Cause.REFUSED));
        var shown = CauseRows.of(watch(), NOW);
        assertThat(shown.rows()).containsExactly(new CauseRows.Row(BUSY, "HTTP 503", "0", 2, "3 min ago", 1),
                new CauseRows.Row(Failure.of(Failure.Cause.REFUSED), "refused", "1", 1, "20 s ago", 0.5));
        assertThat(shown.summary()).isEqualTo("3 of 4 attempts failed in 5 min; 1 of 1 in the last minute");
        assertThat(shown.level()).isEqualTo(Level.BAD);
    }

    @Test
    @Promise(2)
    void noAttemptsAreNoDataAndAMinuteWithoutAnyIsNoZero() {
        assertThat(CauseRows.of(watch(), NOW))
                .isEqualTo(
                        new CauseRows(List.of(), "NO DATA: no attempt to connect that counts in the last 5 min", Level.UNKNOWN));
        opened("s-1", "ws-1");
        assertThat(CauseRows.of(watch(), NOW).summary()).isEqualTo("none failed of 1 attempt in 5 min");
        assertThat(CauseRows.of(watch(), NOW).level()).isEqualTo(Level.CALM);
        lost("s-1", 200);
        failed("s-1", 190, BUSY);
        assertThat(CauseRows.of(watch(), NOW).rows()).singleElement()
                .satisfies(row -> assertThat(row.minute()).isEqualTo("no data"));
    }

    @Test
    @Promise(6)
    void whatIsOldSaysSo() {
        opened("s-1", "ws-1");
        var later = NOW.plusSeconds(30);
        assertThat(CauseRows.of(watch(), later).summary()).startsWith("30 s OLD, may be wrong: ");
        assertThat(CauseRows.of(watch(), later).level()).isEqualTo(Level.UNKNOWN);
        assertThat(BudgetRows.of(watch(), BudgetRows.Month.NOT_YET, later).getFirst().note())
                .isEqualTo("30 s OLD, may be wrong");
        assertThat(NodeRows.about(watch(), later)).contains("30 s OLD");
    }

    @Test
    void theBudgetSaysWhatWasSpentWhatOfItWasPlannedAndWhatIsLeft() {
        opened("s-1", "ws-1");
        lost("s-1", 29);
        back("s-1", 0, "ws-2");
        var signals = new EpisodeSignals(episodes, List.of());
        var run = new RunSpent("r-7", false, signals.availability(Window.last(Duration.ofSeconds(58), NOW)));
        var month = new BudgetRows.Month(
                new MonthSpent(Duration.ofDays(3), Duration.ofSeconds(150), Duration.ofSeconds(30), NOW), "");
        var rows = BudgetRows.of(watch().spending(run), month, NOW);
        assertThat(rows.get(0)).isEqualTo(
                new BudgetRows.Row("Last 5 min", "30.0 s", "30.0 s", "1.2 %", "90.0 % available", Level.CALM));
        assertThat(rows.get(1).what()).isEqualTo("Run r-7");
        assertThat(rows.get(1).spent()).isEqualTo("29.0 s");
        assertThat(rows.get(1).note()).startsWith("50.0 % available, only since ");
        assertThat(rows.get(2)).isEqualTo(new BudgetRows.Row("30 days", "2.5 min", "30.0 s", "5.8 %",
                "40.7 min left of 43.2 min; watched 72 h of 720 h", Level.CALM));
    }

    @Test
    @Promise(2)
    void withoutSentinelsOrAHistoryTheBudgetIsNoData() {
        var rows = BudgetRows.of(watch(), new BudgetRows.Month(null, "nothing is kept"), NOW);
        assertThat(rows).containsExactly(
                new BudgetRows.Row("Last 5 min", "NO DATA", "", "", "no time of a sentinel that counts", Level.UNKNOWN),
                new BudgetRows.Row("30 days", "NO DATA", "", "", "nothing is kept", Level.UNKNOWN));
        var over = new BudgetRows.Month(new MonthSpent(Duration.ofHours(9), Duration.ofMinutes(50), Duration.ZERO, NOW), "");
        assertThat(BudgetRows.of(watch(), over, NOW).getLast().note())
                .isEqualTo("OVERSPENT by 6.8 min of 43.2 min; watched 9.0 h of 720 h");
        assertThat(BudgetRows.of(watch(), over, NOW).getLast().level()).isEqualTo(Level.BAD);
    }

    @Test
    void nodesSayWhatTheyAreAndWhatClientsMetThere() {
        var scene = Scenes.healthy();
        opened("s-1", "ws-1");
        opened("s-2", "ws-1");
        opened("s-3", "");
        lost("s-1", 50);
        back("s-1", 48, "ws-2");
        lost("s-2", 45);
        lost("s-3", 20);
        back("s-3", 19, "elsewhere");
        var rows = NodeRows.of(scene.environment(), with(scene.snapshot(), watch()), scene.snapshot().at());
        assertThat(rows).extracting(NodeRows.Row::node).containsExactly("ws-1", "ws-2", "ws-3", "(nobody said where)",
                "elsewhere (not in the file)");
        var first = rows.getFirst();
        assertThat(first.ready()).isEqualTo("yes");
        assertThat(first.balanced()).isEqualTo(first.own()).isNotEqualTo("?");
        assertThat(List.of(first.landed(), first.took(), first.lost(), first.back()))
                .containsExactly("none", "no data", "2 graceful", "1 of 2");
        assertThat(first.bad()).isTrue();
        assertThat(List.of(rows.get(1).landed(), rows.get(1).took(), rows.get(1).lost(), rows.get(1).back()))
                .containsExactly("1 of 1", "2.00 s", "none", "no data");
        assertThat(rows.get(1).bad()).isFalse();
        assertThat(rows.getLast().ready()).isEqualTo("?");
    }

    @Test
    @Promise(8)
    void whatNobodyKnowsOfANodeIsUnknownAndWhatIsOldSaysThatItWas() {
        var nothing = Scenes.nothingConnected();
        var row = NodeRows.of(nothing.environment(), nothing.snapshot(), nothing.now()).getFirst();
        assertThat(List.of(row.ready(), row.version(), row.balanced(), row.own(), row.landed(), row.took(), row.lost(),
                row.back())).containsOnly("?");
        assertThat(row.read()).isEqualTo("never");
        var scene = Scenes.healthy();
        var old = NodeRows.of(scene.environment(), scene.snapshot(), scene.snapshot().at().plusSeconds(40)).getFirst();
        assertThat(old.ready()).isEqualTo("was yes");
        assertThat(old.balanced()).startsWith("was ");
        assertThat(old.old()).isTrue();
        assertThat(NodeRows.about(null, NOW)).isEqualTo("Returns and losses are not known: no clients of ours.");
    }

    private static ProbeReading probe(String node, @Nullable Kind kind, int resumed) {
        return new ProbeReading(node, Duration.ofSeconds(30),
                kind == null ? null : new ProbeOutcome(kind, NOW.minusSeconds(8), kind == Kind.REFUSED ? "HTTP 503" : ""),
                resumed,
                kind == null ? 0 : 20, false);
    }

    @Test
    @Promise(2)
    void whatTheProbeOfANodeMetIsInItsRow() {
        var scene = Scenes.healthy();
        var watch = watch().probing(
                List.of(probe("ws-1", Kind.RESUMED, 20), probe("ws-2", Kind.REFUSED, 12), probe("ws-3", null, 0)));
        var rows = NodeRows.of(scene.environment(), with(scene.snapshot(), watch), NOW);
        assertThat(rows).extracting(NodeRows.Row::probe).containsExactly("resumed 8s 20/20", "REFUSED HTTP 503 8s 12/20",
                "NO DATA");
        assertThat(rows).extracting(NodeRows.Row::bad).containsExactly(false, true, false);
        assertThat(NodeRows.about(watch, NOW)).contains("the last 20 turns");
        assertThat(NodeRows.of(scene.environment(), with(scene.snapshot(), watch), NOW.plusSeconds(120)))
                .extracting(NodeRows.Row::probe).contains("was resumed 2m 8s 20/20");
        assertThat(NodeRows.of(scene.environment(), with(scene.snapshot(), watch()), NOW).getFirst().probe())
                .isEqualTo("not probed");
        assertThat(NodeRows.of(scene.environment(), with(scene.snapshot(), null), NOW).getFirst().probe()).isEqualTo("?");
    }

    private static KeptEpisode episode(KeptEpisode.End end, Map<Failure, Long> failed) {
        var lost = NOW.minusSeconds(100);
        boolean back = end == KeptEpisode.End.BACK;
        return new KeptEpisode("s-1", ClientRole.SENTINEL, Scenario.GRACEFUL, Loss.closed(1012), lost, "ws-1", "v1", failed, end,
                end == KeptEpisode.End.OPEN ? null : lost.plusMillis(2500), back ? "ws-2" : "", back ? "v2" : "",
                new Continuity(back ? SessionKept.SAME : SessionKept.UNKNOWN, 0, 0));
    }

    private static EpisodeRows row(KeptEpisode episode, boolean live) {
        return EpisodeRows.of(new EpisodeTrail.Told(episode, live), NOW);
    }

    @Test
    void anEpisodeIsToldWhole() {
        var row = row(episode(KeptEpisode.End.BACK, Map.of(BUSY, 2L, Failure.of(Failure.Cause.REFUSED), 1L)), true);
        assertThat(row.sentence()).startsWith("s-1, graceful: lost at ").endsWith(" (closed 1012) from ws-1 / v1; attempts that"
                + " failed: 3: refused, HTTP 503 \u00d7 2; back after 2.50 s on ws-2 / v2, session same, messages lost: 0.");
        assertThat(row.bad()).isFalse();
    }

    @Test
    @Promise(1)
    void oneWithoutAnEndIsOutOnlyWhereSomebodyKnows() {
        var live = row(episode(KeptEpisode.End.OPEN, Map.of()), true);
        assertThat(List.of(live.end(), live.took(), live.to(), live.messages())).containsExactly("OUT, failed", "100 s so far",
                "", "");
        assertThat(live.bad()).isTrue();
        var kept = row(episode(KeptEpisode.End.OPEN, Map.of()), false);
        assertThat(List.of(kept.end(), kept.took())).containsExactly("not known", "?");
        assertThat(kept.bad()).isFalse();
        assertThat(row(episode(KeptEpisode.End.LEFT, Map.of()), true).end()).isEqualTo("ended while out");
    }

    /// Lost 100 s ago and still out; a fault of our own until so many seconds ago.
    @ParameterizedTest
    @CsvSource({"101, 'OUT, failed', true", "60, 'OUT, failed', true", "30, OUT, false", "9, OUT, false", "-1, OUT, false"})
    void whoeverIsOutThirtySecondsAfterAFaultOfOurOwnHasFailed(long until, String end, boolean bad) {
        var fault = new ObserverFault(NOW.minusSeconds(110), until < 0 ? Instant.MAX : NOW.minusSeconds(until), "late");
        var open = episode(KeptEpisode.End.OPEN, Map.of());
        var row = row(new KeptEpisode(open.client(), open.role(), open.scenario(), open.loss(), open.lostAt(), "ws-1", "v1",
                Map.of(), open.end(), null, "", "", open.continuity(), List.of(fault)), true);
        assertThat(row.end()).isEqualTo(end);
        assertThat(row.bad()).isEqualTo(bad);
        assertThat(row.fault()).startsWith("late (02:58:10 ").endsWith(until < 0 ? " on)" : ")");
        assertThat(row.sentence())
                .endsWith(". Lockkeeper itself was at fault, and what it met then does not count: " + row.fault() + ".");
    }

    @Test
    void anEmptyListSaysWhyAndWhatToDo() {
        var five = EpisodeFilter.last(Duration.ofMinutes(5));
        var one = EpisodeTrail.of(List.of(episode(KeptEpisode.End.BACK, Map.of())), List.of());
        assertThat(EpisodeWords.none(five.of(BUSY), one, "")).startsWith("None of the 1 episode of this time fits.")
                .contains("first connection");
        assertThat(EpisodeWords.none(five, EpisodeTrail.NONE, "")).startsWith("No client of ours lost its connection");
        assertThat(EpisodeWords.none(five, EpisodeTrail.NONE, "nobody is watching: watch is off")).contains("watch is off")
                .contains("A section \"clients\"");
        assertThat(EpisodeWords.file("shop/eu..1", NOW)).isEqualTo("episodes-shop-eu--1-20261124-030000.csv");
    }

    @Test
    void behindATileAreTheEpisodesThatItCounts() {
        assertThat(ClientTiles.behind("handoff")).isEqualTo(EpisodeFilter.last(Duration.ofMinutes(5)).of(Scenario.HANDOFF));
        assertThat(ClientTiles.behind("serving")).isNull();
    }
}
