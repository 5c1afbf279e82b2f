package io.lockkeeper.domain.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockkeeper.domain.link.LinkMachine.Effect;
import io.lockkeeper.domain.link.LinkMachine.Link;
import io.lockkeeper.domain.link.LinkState.Connecting;
import io.lockkeeper.domain.link.LinkState.Live;
import io.lockkeeper.domain.link.LinkState.Offline;
import io.lockkeeper.domain.link.LinkState.Refused;
import io.lockkeeper.domain.link.LinkState.Stale;
import io.lockkeeper.domain.link.LinkState.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LinkMachineTest {
    private static final Instant NOW = Instant.parse("2026-11-24T03:00:00Z");
    private static final Instant THEN = NOW.minusSeconds(60);
    private static final LinkMachine MACHINE = new LinkMachine(new Backoff(Duration.ofMillis(500), Duration.ofSeconds(5)),
            Duration.ofSeconds(5));
    private static final long NOW_GENERATION = 7;

    private static final List<LinkState> STATES = List.of(new Offline(), new Connecting(3, THEN, "cut"),
            new Live(THEN, NOW.minusSeconds(1)),
            new Live(THEN, NOW.minusSeconds(9)), new Stale(THEN, NOW.minusSeconds(9)), new Waiting(3, NOW, "cut"),
            new Waiting(3, NOW.plusSeconds(2),
                    "cut"),
            new Refused("wrong password", THEN));

    private static final List<LinkEvent> EVENTS = List.of(new LinkEvent.Start(), new LinkEvent.Stop(), new LinkEvent.RetryDue(),
            new LinkEvent.RetryNow(), new LinkEvent.Opened(7), new LinkEvent.Heard(7),
            new LinkEvent.Dropped(7, "cut", false, 0.5),
            new LinkEvent.Dropped(7, "wrong password", true, 0.5), new LinkEvent.Tick());

    /// A row per state, a column per event of [#EVENTS]; `.` is "nothing changes".
    private static final String TABLE = """
            connecting offline . . . . . . .
            . offline . . live . waiting refused .
            . offline . . . live waiting refused .
            . offline . . . live waiting refused stale
            . offline . . . live waiting refused .
            . offline connecting connecting . . . . .
            . offline . connecting . . . . .
            . offline . connecting . . . . .
            """;

    static Stream<Arguments> pairs() {
        var rows = TABLE.lines().map(line -> List.of(line.strip().split(" "))).toList();
        return Stream.iterate(0, i -> i + 1).limit((long) STATES.size() * EVENTS.size())
                .map(i -> Arguments.of(STATES.get(i / EVENTS.size()),
                        EVENTS.get(i % EVENTS.size()), rows.get(i / EVENTS.size()).get(i % EVENTS.size())));
    }

    @ParameterizedTest(name = "{0} on {1} is {2}")
    @MethodSource("pairs")
    void everyPairOfStateAndEventIsInTheTable(LinkState state, LinkEvent event, String expected) {
        var next = MACHINE.on(new Link(state, NOW_GENERATION), event, NOW).link().state();
        if (expected.equals(".")) {
            assertThat(next).isEqualTo(state);
        } else {
            assertThat(next.getClass().getSimpleName()).isEqualToIgnoringCase(expected);
        }
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void whatAnOlderConnectionSaysChangesNothing(LinkState state, LinkEvent event, String ignored) {
        var late = switch (event) {
            case LinkEvent.Opened _ -> new LinkEvent.Opened(6);
            case LinkEvent.Heard _ -> new LinkEvent.Heard(6);
            case LinkEvent.Dropped(_, var cause, boolean permanent, double roll) ->
                new LinkEvent.Dropped(6, cause, permanent, roll);
            default -> null;
        };
        if (late != null) {
            assertThat(MACHINE.on(new Link(state, NOW_GENERATION), late, NOW))
                    .isEqualTo(new LinkMachine.Next(new Link(state, NOW_GENERATION),
                            Effect.NONE));
        }
    }

    @Test
    void everyDialIsANewGeneration() {
        assertThat(MACHINE.on(new Link(new Waiting(3, NOW, "cut"), 7), new LinkEvent.RetryDue(), NOW))
                .isEqualTo(new LinkMachine.Next(new Link(
                        new Connecting(4, NOW, "cut"), 8), Effect.DIAL));
    }

    @Test
    void theDelayIsAnywhereBetweenNothingAndACeilingThatDoubles() {
        var backoff = MACHINE.backoff();
        assertThat(backoff.before(1, 0.999)).isLessThan(Duration.ofMillis(500));
        assertThat(backoff.before(3, 0.5)).isEqualTo(Duration.ofSeconds(1));
        assertThat(backoff.before(50, 0.999)).isLessThanOrEqualTo(Duration.ofSeconds(5));
        assertThat(backoff.before(4, 0)).isZero();
    }
}
