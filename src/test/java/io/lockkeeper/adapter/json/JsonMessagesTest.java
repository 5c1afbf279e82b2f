package io.lockkeeper.adapter.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockkeeper.domain.client.ClientEvent;
import io.lockkeeper.domain.client.ClientRole;
import io.lockkeeper.domain.client.Continuity;
import io.lockkeeper.domain.client.Episodes;
import io.lockkeeper.domain.client.Failure;
import io.lockkeeper.domain.client.FleetReading;
import io.lockkeeper.domain.client.FleetReading.Spread;
import io.lockkeeper.domain.client.Loss;
import io.lockkeeper.domain.client.Scenario;
import io.lockkeeper.domain.fleet.Fleet;
import io.lockkeeper.domain.fleet.Sight;
import io.lockkeeper.domain.history.KeptEpisode;
import io.lockkeeper.domain.signal.ObserverFault;
import io.lockkeeper.domain.signal.EpisodeSignals;
import io.lockkeeper.domain.signal.Window;
import io.lockkeeper.domain.trigger.Action;
import io.lockkeeper.domain.trigger.Phase;
import io.lockkeeper.domain.watch.Measured;
import io.lockkeeper.domain.observer.Control;
import io.lockkeeper.domain.watch.ObserverReading;
import io.lockkeeper.domain.watch.RunSpent;
import io.lockkeeper.domain.watch.TriggerReading;
import io.lockkeeper.domain.watch.WatchReading;
import io.lockkeeper.domain.watch.Watcher;
import io.lockkeeper.port.Message;
import io.lockkeeper.domain.metrics.Datum;
import io.lockkeeper.domain.metrics.MetricsReading;
import io.lockkeeper.domain.notify.ChannelReading;
import io.lockkeeper.domain.metrics.Shadow;
import io.lockkeeper.domain.signal.SourceKind;
import io.lockkeeper.domain.metrics.SourceReading;
import io.lockkeeper.domain.signal.Ratio;
import java.util.Arrays;
import io.lockkeeper.domain.signal.Shape;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JsonMessagesTest {
    private static final Instant NOW = Instant.parse("2026-11-26T03:00:00Z");

    private static Message.State state(WatchReading watch) {
        return new Message.State(NOW, "window",
                new Fleet(List.of(), new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), Sight.never(NOW)), List.of(), List.of(),
                watch, null, null, null);
    }

    private static Measured measured() {
        var episodes = new Episodes()
                .on(new ClientEvent.Opened("sentinel-1", ClientRole.SENTINEL, NOW.minusSeconds(50), "a", "v1"))
                .on(new ClientEvent.Lost("sentinel-1", ClientRole.SENTINEL, NOW.minusSeconds(40), Loss.closed(1012)))
                .on(new ClientEvent.Failed("sentinel-1", ClientRole.SENTINEL, NOW.minusSeconds(39), NOW.minusSeconds(39),
                        NOW.minusSeconds(39), new Failure(Failure.Cause.STATUS, 503)));
        return Measured.of(new EpisodeSignals(episodes, List.of()), Window.last(Duration.ofMinutes(1), NOW));
    }

    @Test
    void whatIsKnownFromWatchingReachesFollowersAsItIs() throws IOException {
        var spread = new Spread(3, Duration.ofMillis(1), Duration.ofMillis(2), Duration.ofMillis(3), Duration.ofMillis(4));
        var counts = new FleetReading(12, 11, 1, Duration.ofSeconds(3), 12, Map.of(Loss.closed(1012), 5L),
                Map.of(new Failure(Failure.Cause.STATUS, 503), 2L, Failure.of(Failure.Cause.REFUSED), 1L), 4, 4, 0, 0, 0, 0,
                spread,
                spread, spread);
        for (var watcher : List.of(new Watcher.Watching("window (pid 4711)", NOW), new Watcher.Starting(NOW),
                new Watcher.Failed(NOW, "no secret"), new Watcher.Nobody("closed"))) {
            for (var phase : List.of(new Phase.Quiet("all well"), new Phase.Holding(NOW, null, "2 of 4"),
                    new Phase.Holding(NOW, NOW.plusSeconds(20), "0:40 of 1:00"), new Phase.Fired(NOW, "by client 0 %"),
                    new Phase.Blind(NOW, "no data"))) {
                var message = state(new WatchReading(NOW, watcher, counts, measured(), measured(),
                        List.of(new TriggerReading("success-rate", Action.OFFER, "less than 80 %", phase)), observer(phase)));
                assertThat(JsonMessages.decode(JsonMessages.encode(message))).isEqualTo(message);
            }
        }
    }

    private static @Nullable ObserverReading observer(Phase phase) {
        return switch (phase) {
            case Phase.Quiet _ -> null;
            case Phase.Blind _ -> new ObserverReading(NOW, List.of(new Control("tcp://a:1", NOW, NOW, 2, "no answer")),
                    new ObserverReading.Doubt(NOW, null, "the control target fails too"), "it fails",
                    List.of(new ObserverFault(NOW.minusSeconds(90), NOW.minusSeconds(60), "the clock jumped")));
            default -> new ObserverReading(NOW, List.of(new Control("https://b/")), null, "nobody is out", List.of());
        };
    }

    @Test
    void whatOtherSystemsSayReachesFollowersAsItIs() throws IOException {
        var window = Duration.ofMinutes(5);
        List<Datum> data = List.of(new Datum.Level(812, NOW), new Datum.Share(new Ratio(9, 10), window, window, NOW),
                new Datum.Count(3.5, window, window, NOW), new Datum.Mean(1.25, 4, window, window, NOW),
                new Datum.None("no series fits"));
        var kinds = List.of(new MetricsReading.Kind("custom.queue", Shape.LEVEL, "messages", ""));
        for (var datum : data) {
            for (var shadow : Arrays.asList(new Shadow(NOW, Shadow.USUAL), new Shadow(null, Duration.ofHours(1)), null)) {
                var reading = new SourceReading("custom.queue", "prom", SourceKind.METRICS, null, datum, Duration.ofSeconds(45),
                        shadow, "");
                var message = new Message.State(NOW, "window",
                        new Fleet(List.of(), new TreeMap<>(), new TreeMap<>(), new TreeMap<>(),
                                Sight.never(NOW)),
                        List.of(), List.of(), null, "120 values lost", new MetricsReading(10, kinds, List.of(reading)),
                        List.of(new ChannelReading("team", "https://hooks.example.org", 1, 2, NOW, 3, 4, "HTTP 500")));
                assertThat(JsonMessages.decode(JsonMessages.encode(message))).isEqualTo(message);
            }
        }
    }

    @Test
    void aHolderThatDoesNotWatchYetIsUnderstood() throws IOException {
        var text = JsonMessages.encode(state(WatchReading.nobody(NOW, "", List.of()))).replaceAll(",\"watch\":.*}", "}");
        assertThat(JsonMessages.decode(text)).isInstanceOfSatisfying(Message.State.class,
                state -> assertThat(state.watch()).isNull());
    }

    @Test
    void aHolderThatTellsNothingOfItsFaultsIsUnderstood() throws IOException {
        var kept = new KeptEpisode("sentinel-1", ClientRole.SENTINEL, Scenario.GRACEFUL, Loss.closed(1012), NOW, "a", "v1",
                Map.of(), KeptEpisode.End.OPEN, null, "", "", Continuity.UNKNOWN);
        var message = new Message.Episodes(7, List.of(kept));
        var older = JsonMessages.encode(message).replace(",\"faults\":[]", "");
        assertThat(older).doesNotContain("faults");
        assertThat(JsonMessages.decode(older)).isEqualTo(message);
    }

    @Test
    void episodesAndWhatARunSpentReachFollowersAsTheyAre() throws IOException {
        var kept = new KeptEpisode("sentinel-1", ClientRole.SENTINEL, Scenario.GRACEFUL, Loss.closed(1012), NOW, "a", "v1",
                Map.of(new Failure(Failure.Cause.STATUS, 503), 2L), KeptEpisode.End.OPEN, null, "", "", Continuity.UNKNOWN,
                List.of(new ObserverFault(NOW.minusSeconds(9), Instant.MAX, "the clock jumped")));
        for (var message : List.of(new Message.AskEpisodes(7), new Message.Episodes(7, List.of(kept)),
                state(WatchReading.nobody(NOW, "", List.of()).spending(new RunSpent("r", false, measured().availability()))))) {
            assertThat(JsonMessages.decode(JsonMessages.encode(message))).isEqualTo(message);
        }
    }
}
