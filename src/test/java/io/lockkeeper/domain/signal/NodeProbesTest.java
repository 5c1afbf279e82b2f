package io.lockkeeper.domain.signal;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockkeeper.Promise;
import io.lockkeeper.domain.client.ClientEvent;
import io.lockkeeper.domain.client.ClientRole;
import io.lockkeeper.domain.client.Continuity;
import io.lockkeeper.domain.client.Continuity.SessionKept;
import io.lockkeeper.domain.client.Episode;
import io.lockkeeper.domain.client.Episodes;
import io.lockkeeper.domain.client.Failure;
import io.lockkeeper.domain.client.Failure.Cause;
import io.lockkeeper.domain.client.Loss;
import io.lockkeeper.domain.client.Scenario;
import io.lockkeeper.domain.signal.ProbeOutcome.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodeProbesTest {
    private static final Instant START = Instant.parse("2026-11-26T03:00:00Z");
    private static final Duration EVERY = Duration.ofSeconds(30);

    private final NodeProbes probes = new NodeProbes(plan());

    private static NodeProbes.Plan plan() {
        var nodes = new TreeMap<String, Set<String>>();
        nodes.put("ws-1", Set.of("ws-1", "chat-a"));
        nodes.put("ws-2", Set.of("ws-2"));
        return new NodeProbes.Plan(nodes, EVERY);
    }

    private static Instant at(long second) {
        return START.plusSeconds(second);
    }

    /// `Opened ws-1`, `Lost`, `Failed STATUS 404`, `Back ws-1 SAME 0 0`, `Left`.
    private static ClientEvent event(String client, ClientRole role, String words, long second) {
        var word = words.split(" ", -1);
        var at = at(second);
        return switch (word[0]) {
            case "Opened" -> new ClientEvent.Opened(client, role, at, word[1].replace("-nobody-", ""), "v1");
            case "Lost" -> new ClientEvent.Lost(client, role, at, Loss.of(Loss.Way.ON_PURPOSE));
            case "Cut" -> new ClientEvent.Lost(client, role, at, Loss.of(Loss.Way.CUT));
            case "Failed" -> new ClientEvent.Failed(client, role, at, at, at,
                    new Failure(Cause.valueOf(word[1]), Integer.parseInt(word[2])));
            case "Back" -> new ClientEvent.Back(client, role, at, at, word[1].replace("-nobody-", ""), "v1",
                    new Continuity(SessionKept.valueOf(word[2]), Long.parseLong(word[3]), Long.parseLong(word[4])));
            case "Left" -> new ClientEvent.Left(client, role, at);
            default -> throw new IllegalArgumentException(words);
        };
    }

    private static ClientEvent event(String words, long second) {
        return event("probe-ws-1", ClientRole.PROBE, words, second);
    }

    private ProbeReading after(String events) {
        long second = 0;
        for (var words : events.split(", ", -1)) {
            probes.on(event(words, second++));
        }
        return probes.readings(List.of(), Duration.ZERO, Set.of()).getFirst();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Opened ws-1 | NO DATA | 0 | 0
            Left | NO DATA | 0 | 0
            Opened ws-1, Lost, Left | NO DATA | 0 | 0
            Opened ws-1, Lost, Back ws-1 SAME 0 0 | resumed | 1 | 1
            Opened ws-1, Lost, Back ws-1 SAME 0 0, Left, Opened ws-1, Lost, Back ws-1 SAME 0 0 | resumed | 2 | 2
            Opened ws-1, Lost, Back chat-a SAME 0 0 | resumed | 1 | 1
            Opened -nobody-, Lost, Back -nobody- UNKNOWN 0 0 | resumed | 1 | 1
            Opened ws-1, Lost, Back ws-2 SAME 0 0 | ANSWERED BY ws-2 | 0 | 1
            Opened ws-2, Lost, Back ws-1 SAME 0 0 | ANSWERED BY ws-2 | 0 | 1
            Opened ws-2, Lost, Failed STATUS 404 | ANSWERED BY ws-2 | 0 | 1
            Opened ws-2, Lost, Failed TIMEOUT 0 | NO ANSWER: time-out | 0 | 1
            Opened ws-2, Lost, Failed STATUS 404, Left, Opened ws-1, Lost, Back ws-1 SAME 0 0 | resumed | 1 | 2
            Opened ws-1, Lost, Back ws-1 SAME 2 1 | RESUMED WITH GAPS: 2 messages lost, 1 twice | 0 | 1
            Opened ws-1, Lost, Back ws-1 LOST 0 0 | NOT RESUMED: a new session | 0 | 1
            Opened ws-1, Lost, Failed STATUS 503, Left | REFUSED: HTTP 503 | 0 | 1
            Opened ws-1, Lost, Failed CLOSED 4403, Left | REFUSED: closed 4403 | 0 | 1
            Opened ws-1, Lost, Failed NONSENSE 0, Left | REFUSED: nonsense | 0 | 1
            Failed STATUS 503 | REFUSED: HTTP 503 to a new session | 0 | 1
            Opened ws-1, Lost, Failed STATUS 503, Left, Failed STATUS 503 | REFUSED: HTTP 503 to a new session | 0 | 2
            Opened ws-1, Lost, Failed TIMEOUT 0, Left | NO ANSWER: time-out | 0 | 1
            Failed REFUSED 0 | NO ANSWER: connection refused | 0 | 1
            Failed UNKNOWN_HOST 0 | NO ANSWER: unknown host | 0 | 1
            """)
    void howATurnEndsIsJudged(String events, String words, int resumed, int tries) {
        var reading = after(events);
        assertThat(reading.newest() == null ? "NO DATA" : reading.newest().words()).isEqualTo(words);
        assertThat(List.of(reading.resumed(), reading.tries())).containsExactly(resumed, tries);
    }

    @Test
    @Promise(2)
    void aNodeOfWhichNothingIsKnownSaysSoAndWhatIsOldSaysItsAge() {
        var reading = after("Opened ws-1, Lost, Back ws-1 SAME 0 0, Lost, Failed STATUS 503");
        var other = probes.readings(List.of(), Duration.ZERO, Set.of()).getLast();
        assertThat(other.words(at(9))).isEqualTo("NO DATA");
        assertThat(other.brief(at(9))).isEqualTo("NO DATA");
        assertThat(reading.words(at(16))).isEqualTo("REFUSED: HTTP 503, 12s ago; 1 of the last 2");
        assertThat(reading.brief(at(16))).isEqualTo("REFUSED HTTP 503 12s 1/2");
        assertThat(reading.old(at(94))).isFalse();
        assertThat(reading.old(at(95))).isTrue();
        assertThat(reading.words(at(304))).isEqualTo("OLD: was REFUSED: HTTP 503, 5m ago; 1 of the last 2");
        assertThat(reading.brief(at(304))).startsWith("was REFUSED");
    }

    @Test
    void whoRestsSaysSo() {
        after("Opened ws-1, Lost, Back ws-1 SAME 0 0, Left");
        var readings = probes.readings(List.of(), Duration.ZERO, Set.of("ws-1"));
        assertThat(readings.getFirst().words(at(5))).isEqualTo("resting: was resumed, 3s ago; 1 of the last 1");
        assertThat(readings.getFirst().brief(at(5))).isEqualTo("resting, was resumed 3s 1/1");
        assertThat(readings.getLast().resting()).isFalse();
    }

    @Test
    void onlyTheLastTwentyCountAndTimesAreThoseOfTheWall() {
        for (int i = 0; i < 30; i++) {
            probes.on(event(i < 15 ? "Failed STATUS 503" : "Back ws-1 SAME 0 0", i));
        }
        var reading = probes.readings(List.of(), Duration.ofSeconds(10), Set.of()).getFirst();
        assertThat(List.of(reading.resumed(), reading.tries())).containsExactly(15, 20);
        assertThat(reading.newest()).isEqualTo(new ProbeOutcome(Kind.RESUMED, at(19), ""));
    }

    @Test
    @Promise(2)
    void whatWasMetInAFaultOfTheObserverSaysNothing() {
        after("Opened ws-1, Lost, Back ws-1 SAME 0 0, Lost, Failed TIMEOUT 0");
        var reading = probes.readings(List.of(new ObserverFault(at(4), Instant.MAX, "own network")), Duration.ZERO, Set.of())
                .getFirst();
        assertThat(reading.newest()).isEqualTo(new ProbeOutcome(Kind.RESUMED, at(2), ""));
        assertThat(reading.tries()).isOne();
    }

    @Test
    void othersAreNoProbesWhateverTheirName() {
        probes.on(event("probe-ws-1", ClientRole.SENTINEL, "Failed STATUS 503", 1));
        probes.on(event("probe-ws-9", ClientRole.PROBE, "Failed STATUS 503", 1));
        assertThat(probes.readings(List.of(), Duration.ZERO, Set.of())).allMatch(one -> one.newest() == null);
    }

    /// Whatever probes meet, nothing that is measured of users changes.
    @Test
    void probesAreInNoNumberOfUsers() {
        var kinds = List.of("Opened ws-1", "Lost", "Cut", "Failed STATUS 503", "Failed REFUSED 0", "Back ws-1 SAME 0 0",
                "Back ws-2 LOST 3 1", "Left");
        for (int seed = 0; seed < 200; seed++) {
            var dice = new Random(seed);
            var without = new Episodes();
            var with = new Episodes();
            for (int second = 0; second < 60; second++) {
                var words = kinds.get(dice.nextInt(kinds.size()));
                boolean probe = dice.nextBoolean();
                var event = event(probe ? "probe-ws-1" : "sentinel-" + dice.nextInt(3),
                        probe ? ClientRole.PROBE : ClientRole.SENTINEL, words, second);
                with.on(event);
                if (!probe) {
                    without.on(event);
                }
            }
            assertThat(with.frozen()).as("seed %s", seed).isEqualTo(without.frozen());
        }
    }

    @Test
    void theTrailHasThemAndNobodyElse() {
        var trail = Episodes.ofProbes();
        IntStream.range(0, 3).forEach(i -> trail.on(event("sentinel-1", ClientRole.SENTINEL, List.of("Opened ws-1", "Cut",
                "Back ws-1 SAME 0 0").get(i), i)));
        trail.on(event("Opened ws-1", 1)).on(event("Cut", 2)).on(event("Back ws-1 SAME 0 0", 3));
        assertThat(trail.all()).singleElement().extracting(Episode::role, Episode::scenario)
                .containsExactly(ClientRole.PROBE, Scenario.PROBE);
    }
}
