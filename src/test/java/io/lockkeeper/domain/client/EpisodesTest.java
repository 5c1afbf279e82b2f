package io.lockkeeper.domain.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockkeeper.domain.client.Continuity.SessionKept;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EpisodesTest {
    private static final Instant START = Instant.parse("2026-11-26T03:00:00Z");
    private static final Failure REFUSED = Failure.of(Failure.Cause.REFUSED);

    private static Instant at(int second) {
        return START.plusSeconds(second);
    }

    private static ClientEvent event(String kind, int second) {
        return event("s-1", kind, second);
    }

    private static ClientEvent event(String client, String kind, int second) {
        var role = ClientRole.SENTINEL;
        return switch (kind) {
            case "Opened" -> new ClientEvent.Opened(client, role, at(second), "ws-1", "v1");
            case "Lost" -> new ClientEvent.Lost(client, role, at(second), Loss.of(Loss.Way.CUT));
            case "Failed" -> new ClientEvent.Failed(client, role, at(second), at(second - 1), at(second - 1), REFUSED);
            case "Back" -> new ClientEvent.Back(client, role, at(second), at(second), "ws-2", "v2",
                    new Continuity(SessionKept.SAME, 0, 0));
            case "Gap" -> new ClientEvent.Gap(client, role, at(second), 2, 1);
            case "Left" -> new ClientEvent.Left(client, role, at(second));
            default -> throw new IllegalArgumentException(kind);
        };
    }

    private static Episodes fold(String kinds) {
        var episodes = new Episodes();
        int second = 0;
        for (var kind : kinds.split(" ", -1)) {
            episodes.on(event(kind, second++));
        }
        return episodes;
    }

    @Test
    void anEpisodeTellsWhereItBeganWhatWasTriedAndWhereItEnded() {
        var episode = fold("Opened Lost Failed Failed Back").all().toList();
        assertThat(episode).singleElement().satisfies(one -> {
            assertThat(one.fromNode() + one.fromVersion()).isEqualTo("ws-1v1");
            assertThat(one.failed()).extracting(Episode.Attempt::at).containsExactly(at(2), at(3));
            assertThat(one.took()).hasSeconds(3);
            assertThat(one.back()).extracting(Episode.Return::node, Episode.Return::version).containsExactly("ws-2", "v2");
            assertThat(one.scenario()).isEqualTo(Scenario.EMERGENCY);
        });
    }

    @ParameterizedTest(name = "{0}: {1} episodes, {2} open, {3} out of {4}, {5} first connections failed, {6} incidents")
    @CsvSource({"Opened, 0, 0, 0, 1, 0, 0", "Lost, 1, 1, 1, 1, 0, 0", "Failed, 0, 0, 0, 0, 1, 0", "Back, 0, 0, 0, 1, 0, 0",
            "Gap, 0, 0, 0, 0, 0, 2", "Left, 0, 0, 0, 0, 0, 0", "Opened Opened, 0, 0, 0, 1, 0, 0",
            "Opened Lost Lost, 1, 1, 1, 1, 0, 0", "Opened Lost Opened, 1, 0, 0, 1, 0, 0", "Opened Failed, 0, 0, 0, 1, 1, 0",
            "Opened Back, 0, 0, 0, 1, 0, 0", "Opened Lost Back Back, 1, 0, 0, 1, 0, 0", "Opened Lost Left, 1, 0, 0, 0, 0, 0",
            "Opened Left Lost, 0, 0, 0, 0, 0, 0", "Opened Left Back, 0, 0, 0, 1, 0, 0", "Opened Left Left, 0, 0, 0, 0, 0, 0",
            "Opened Left Failed, 0, 0, 0, 0, 1, 0", "Opened Lost Gap, 1, 1, 1, 1, 0, 2",
            "Opened Left Opened Lost, 1, 1, 1, 1, 0, 0"})
    void everyEventHasAMeaningInEveryState(String kinds, int all, int open, int out, int watched, int first, int incidents) {
        var episodes = fold(kinds);
        assertThat(episodes.all()).hasSize(all);
        assertThat(episodes.all().filter(Episode::open)).hasSize(open);
        assertThat(episodes.out()).isEqualTo(out);
        assertThat(episodes.watched()).isEqualTo(watched);
        assertThat(episodes.firstConnectionsFailed()).hasSize(first);
        assertThat(episodes.incidents()).hasSize(incidents);
    }

    @Test
    void aSessionThatIsLostIsAnIncidentWithTheTimeItWasAway() {
        var back = new ClientEvent.Back("s-1", ClientRole.SENTINEL, at(9), at(8), "ws-2", "v2",
                new Continuity(SessionKept.LOST, 3, 0));
        var episodes = new Episodes().on(event("Opened", 0)).on(event("Lost", 2)).on(back);
        assertThat(episodes.incidents()).containsExactly(new Incident("s-1", at(2), at(9), Incident.Kind.SESSION, 1),
                new Incident("s-1", at(2), at(9), Incident.Kind.LOST, 3));
        assertThat(episodes.incidents().findFirst().orElseThrow().words())
                .isEqualTo("s-1 lost its session after 7.0 s at 2026-11-26T03:00:09Z");
    }

    @Test
    void whatARunDoesExplainsLossesThatWereHeardOfBefore() {
        var episodes = fold("Opened Lost Back");
        episodes.on(new Planned("ws-1", START, Instant.MAX, Planned.Work.HANDOFF));
        assertThat(episodes.all()).extracting(Episode::scenario).containsExactly(Scenario.HANDOFF);
        episodes.on(new Planned("ws-1", START, START, Planned.Work.HANDOFF));
        assertThat(episodes.all()).extracting(Episode::scenario).containsExactly(Scenario.EMERGENCY);
    }

    /// Some events of some clients at distinct times, most of them in an order that makes sense.
    private static List<ClientEvent> anyEvents(Random dice) {
        var events = new ArrayList<ClientEvent>();
        var kinds = List.of("Opened", "Lost", "Failed", "Back", "Gap", "Left", "Lost", "Back");
        for (int second = 0; second < 40; second++) {
            events.add(event("s-" + dice.nextInt(3), kinds.get(dice.nextInt(kinds.size())), second * 4));
        }
        return events;
    }

    private static String picture(Episodes episodes, @Nullable Instant since) {
        var from = since == null ? Instant.MIN : since;
        return episodes.all().filter(one -> one.over().isAfter(from)).toList() + " " + episodes.out() + " " + episodes.watched();
    }

    @Test
    void orderAndRepetitionOfEventsChangeNothing() {
        for (int seed = 0; seed < 300; seed++) {
            var dice = new Random(seed);
            var events = anyEvents(dice);
            var straight = new Episodes();
            events.forEach(straight::on);
            var mixed = new ArrayList<>(events);
            mixed.addAll(events.subList(0, dice.nextInt(events.size())));
            Collections.shuffle(mixed, dice);
            var crooked = new Episodes();
            mixed.forEach(crooked::on);
            assertThat(picture(crooked, null)).as("seed %s", seed).isEqualTo(picture(straight, null));
            assertThat(crooked.incidents().toList()).isEqualTo(straight.incidents().toList());
            assertThat(crooked.watches().toList()).isEqualTo(straight.watches().toList());
        }
    }

    @Test
    void whatIsForgottenChangesNothingOfWhatCameAfter() {
        for (int seed = 0; seed < 300; seed++) {
            var dice = new Random(seed);
            var events = anyEvents(dice);
            var whole = new Episodes();
            var brief = new Episodes();
            for (var event : events) {
                whole.on(event);
                brief.on(event);
                if (dice.nextInt(5) == 0) {
                    brief.forget(event.at().minusSeconds(dice.nextInt(60)));
                }
                brief.on(events.getFirst()); // comes again, long after it was dropped
            }
            var until = at(70);
            brief.forget(until);
            assertThat(picture(brief, at(160))).as("seed %s", seed).isEqualTo(picture(whole, at(160)));
        }
    }

    @Test
    void lossesOfOneNodeWithinFiveSecondsAreOneEvent() {
        var episodes = new Episodes();
        for (int client = 0; client < 10; client++) {
            episodes.on(event("s-" + client, "Opened", 0)).on(event("s-" + client, "Lost", 10 + client % 6));
        }
        assertThat(LossEvents.words(episodes.all().toList())).isEqualTo("10 clients, 1 event");
        episodes.on(event("s-10", "Opened", 0)).on(event("s-10", "Lost", 16));
        episodes.on(event("s-11", "Lost", 10)); // nobody knows where it was
        assertThat(LossEvents.words(episodes.all().toList())).isEqualTo("12 clients, 3 events");
    }
}
