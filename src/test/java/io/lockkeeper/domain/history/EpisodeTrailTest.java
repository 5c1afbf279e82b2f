package io.lockkeeper.domain.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockkeeper.Promise;
import io.lockkeeper.domain.client.ClientRole;
import io.lockkeeper.domain.client.Continuity;
import io.lockkeeper.domain.client.Continuity.SessionKept;
import io.lockkeeper.domain.client.Episode;
import io.lockkeeper.domain.client.Failure;
import io.lockkeeper.domain.client.Loss;
import io.lockkeeper.domain.client.Scenario;
import io.lockkeeper.domain.history.EpisodeFilter.Kind;
import io.lockkeeper.domain.history.KeptEpisode.End;
import io.lockkeeper.domain.signal.ObserverFault;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EpisodeTrailTest {
    private static final Instant NOW = Instant.parse("2026-11-26T03:00:00Z");
    private static final Failure BUSY = new Failure(Failure.Cause.STATUS, 503);
    private static final Duration FIVE = Duration.ofMinutes(5);

    /// Lost so many seconds ago; back after so many, or still out with `null`.
    private static KeptEpisode episode(String client, Scenario scenario, long ago, @Nullable Long took, Continuity kept) {
        var lost = NOW.minusSeconds(ago);
        return new KeptEpisode(client, ClientRole.SENTINEL, scenario, Loss.closed(1012), lost, "ws-1", "v1", Map.of(BUSY, 2L),
                took == null ? End.OPEN : End.BACK, took == null ? null : lost.plusSeconds(took), took == null ? "" : "ws-2",
                took == null ? "" : "v2", kept);
    }

    private static KeptEpisode back(String client, long ago, long took) {
        return episode(client, Scenario.EMERGENCY, ago, took, new Continuity(SessionKept.SAME, 0, 0));
    }

    private static KeptEpisode open(String client, long ago) {
        return episode(client, Scenario.EMERGENCY, ago, null, Continuity.UNKNOWN);
    }

    private static List<String> clients(EpisodeTrail trail) {
        return trail.episodes().stream().map(told -> told.episode().client()).toList();
    }

    @Test
    void whatIsRememberedGoesBeforeWhatWasKeptOfTheSameAndTheNewestIsFirst() {
        var trail = EpisodeTrail.of(List.of(back("a", 100, 3), open("b", 50)),
                List.of(open("a", 100), back("c", 4000, 1), open("d", 70)));
        assertThat(clients(trail)).containsExactly("b", "d", "a", "c");
        assertThat(trail.episodes().get(2)).isEqualTo(new EpisodeTrail.Told(back("a", 100, 3), true));
    }

    @Test
    void theHistoryKeepsMillisecondsAndIsStillTheSameEpisode() {
        var live = back("a", 100, 3);
        var precise = new KeptEpisode("a", live.role(), live.scenario(), live.loss(), live.lostAt().plusNanos(700), "ws-1", "v1",
                live.failed(), live.end(), live.endedAt(), "ws-2", "v2", live.continuity());
        assertThat(EpisodeTrail.of(List.of(precise), List.of(live)).episodes()).hasSize(1);
    }

    @Test
    @Promise(1)
    void oneThatNobodyRemembersAndThatNeverEndedIsNotSaidToBeOut() {
        var trail = EpisodeTrail.of(List.of(open("a", 40)), List.of(open("b", 40)));
        var byKind = EpisodeFilter.last(FIVE);
        assertThat(clients(trail.only(byKind.of(Kind.OUT), NOW))).containsExactly("a");
        assertThat(clients(trail.only(byKind.of(Kind.FAILED), NOW))).containsExactly("a");
        assertThat(trail.episodes().stream().filter(EpisodeTrail.Told::unknownEnd)).hasSize(1);
    }

    /// Lost and back so many seconds ago; `-` is still out.
    @ParameterizedTest
    @CsvSource({"299, 290, true, true", "301, 299, true, true", "301, 300, true, false", "900, -, true, true",
            "900, -, false, false",
            "300, -, false, true", "4000, 3999, true, false"})
    void oneBelongsToATimeInWhichItWasLostOrThatItReachesInto(long lost, String back, boolean live, boolean belongs) {
        var episode = back.equals("-") ? open("a", lost) : back("a", lost, lost - Long.parseLong(back));
        assertThat(EpisodeFilter.last(FIVE).takes(new EpisodeTrail.Told(episode, live), NOW)).isEqualTo(belongs);
    }

    @Test
    void eachPartOfAFilterMustBeMet() {
        var lost = episode("sentinel-7", Scenario.HANDOFF, 60, 31L, new Continuity(SessionKept.LOST, 0, 0));
        var told = new EpisodeTrail.Told(lost, true);
        var all = EpisodeFilter.last(FIVE);
        for (var met : List.of(all, all.of(Scenario.HANDOFF), all.of(BUSY), all.of(Kind.FAILED), all.of(Kind.HARMED),
                all.named("TINEL-7"), all.named("ws-1"), all.named(" ws-2 "),
                all.of(Scenario.HANDOFF).of(BUSY).of(Kind.HARMED))) {
            assertThat(met.takes(told, NOW)).as(met.toString()).isTrue();
        }
        for (var not : List.of(all.of(Scenario.GRACEFUL), all.of(Failure.of(Failure.Cause.REFUSED)),
                all.of(new Failure(Failure.Cause.STATUS, 502)), all.of(Kind.OUT), all.named("ws-3"),
                all.of(Scenario.HANDOFF).named("sentinel-8"))) {
            assertThat(not.takes(told, NOW)).as(not.toString()).isFalse();
        }
    }

    @Test
    void whatIsCopiedIsWhatTheCommandWrites() {
        var trail = EpisodeTrail.of(List.of(back("b", 60, 2), back("=a", 90, 2)), List.of());
        assertThat(trail.csv("demo").lines()).containsExactly(
                "environment,client,role,scenario,lost_at,lost_by,close_code,from_node,from_version,failed_attempts,failures,end,ended_at,"
                        + "took_ms,to_node,to_version,session,messages_lost,messages_duplicated,observer_fault",
                "demo,\"'=a\",sentinel,emergency,2026-11-26T02:58:30.000Z,closed,1012,ws-1,v1,2,status 503: 2,back,"
                        + "2026-11-26T02:58:32.000Z,2000,ws-2,v2,same,0,0,",
                "demo,b,sentinel,emergency,2026-11-26T02:59:00.000Z,closed,1012,ws-1,v1,2,status 503: 2,back,"
                        + "2026-11-26T02:59:02.000Z,2000,ws-2,v2,same,0,0,");
    }

    @Test
    void whatWasAtFaultIsInTheLastColumn() {
        var late = new ObserverFault(NOW.minusSeconds(70), NOW.minusSeconds(58), "late");
        var cut = new ObserverFault(NOW.minusSeconds(60), Instant.MAX, "all are out, and nothing answers");
        assertThat(EpisodeTrail.of(List.of(doubted(late, cut)), List.of()).csv("demo")).endsWith(
                ",0,0,\"2026-11-26T02:58:50.000Z to 2026-11-26T02:59:02.000Z: late; since 2026-11-26T02:59:00.000Z: all are out,"
                        + " and nothing answers\"\n");
    }

    private static KeptEpisode doubted(ObserverFault... faults) {
        var lost = NOW.minusSeconds(60);
        return KeptEpisode.of(new Episode("a", ClientRole.SENTINEL, Scenario.EMERGENCY, true, Loss.closed(1012), lost, "ws-1",
                "v1", List.of(), new Episode.Return(lost, lost.plusSeconds(40), "ws-2", "v1",
                        new Continuity(SessionKept.SAME, 0, 0)),
                null), List.of(faults));
    }

    /// An episode from second 0 to 40; from when its being out counts.
    @ParameterizedTest
    @CsvSource({"-9, -1, false, 0", "-9, 0, true, 0", "-9, 5, true, 5", "40, 50, true, 50", "41, 50, false, 0", "-9, -, true, -",
            "39, -, true, -"})
    void aFaultMarksWhatItTouches(long from, String to, boolean marked, String counts) {
        var lost = NOW.minusSeconds(60);
        var end = to.equals("-") ? Instant.MAX : lost.plusSeconds(Long.parseLong(to));
        var episode = doubted(new ObserverFault(lost.plusSeconds(from), end, "late"));
        assertThat(episode.doubted()).isEqualTo(marked);
        assertThat(episode.countsFrom())
                .isEqualTo(counts.equals("-") ? Instant.MAX : lost.plusSeconds(Long.parseLong(counts)));
        assertThat(EpisodeFilter.last(FIVE).of(Kind.DOUBTED).takes(new EpisodeTrail.Told(episode, true), NOW)).isEqualTo(marked);
    }

    @Test
    void theFirstTenFaultsAreEnough() {
        var many = IntStream.range(0, 30).mapToObj(i -> new ObserverFault(NOW.minusSeconds(60 - i), NOW.minusSeconds(59 - i),
                "late " + i)).toArray(ObserverFault[]::new);
        assertThat(doubted(many).faults()).containsExactly(Arrays.copyOf(many, 10));
    }
}
