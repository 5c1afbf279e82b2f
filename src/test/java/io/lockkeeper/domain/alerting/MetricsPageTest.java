package io.lockkeeper.domain.alerting;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockkeeper.domain.client.ClientEvent;
import io.lockkeeper.domain.client.ClientRole;
import io.lockkeeper.domain.client.Continuity;
import io.lockkeeper.domain.client.Episodes;
import io.lockkeeper.domain.client.Failure;
import io.lockkeeper.domain.client.FleetReading;
import io.lockkeeper.domain.client.FleetReading.Spread;
import io.lockkeeper.domain.client.Loss;
import io.lockkeeper.domain.signal.EpisodeSignals;
import io.lockkeeper.domain.signal.Window;
import io.lockkeeper.domain.trigger.Action;
import io.lockkeeper.domain.trigger.Phase;
import io.lockkeeper.domain.trigger.TriggerSet;
import io.lockkeeper.domain.watch.Latch;
import io.lockkeeper.domain.watch.Measured;
import io.lockkeeper.domain.watch.TriggerReading;
import io.lockkeeper.domain.watch.WatchReading;
import io.lockkeeper.domain.watch.Watcher;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MetricsPageTest {
    private static final Instant NOW = Instant.parse("2026-11-26T03:00:00Z");
    private static final Watcher WATCHING = new Watcher.Watching("watcher (pid 4711)", NOW.minusSeconds(600));

    private static String page(boolean following, @Nullable WatchReading watch, Instant now) {
        return MetricsPage.of(new MetricsPage.Scene("shop", "0.1.0", following, true, false, TriggerSet.USUAL, watch, now));
    }

    private static Measured measured(Episodes episodes, int minutes) {
        return Measured.of(new EpisodeSignals(episodes, List.of()), Window.last(Duration.ofMinutes(minutes), NOW));
    }

    private static WatchReading reading(Watcher watcher, @Nullable FleetReading counts, Episodes episodes) {
        return new WatchReading(NOW, watcher, counts, measured(episodes, 1), measured(episodes, 5),
                List.of(new TriggerReading("success-rate", Action.OFFER, "", new Phase.Fired(NOW, "by client 0 %")),
                        new TriggerReading("data-loss", Action.OFFER, "", new Phase.Quiet("none")),
                        new TriggerReading("tickets", Action.OFFER, "", new Phase.Quiet("none"))));
    }

    private static Episodes outage() {
        var episodes = new Episodes();
        for (int i = 1; i <= 4; i++) {
            var name = "sentinel-" + i;
            var lost = NOW.minusSeconds(100);
            episodes.on(new ClientEvent.Opened(name, ClientRole.SENTINEL, NOW.minusSeconds(600), "ws-1", "v1"));
            episodes.on(new ClientEvent.Lost(name, ClientRole.SENTINEL, lost, Loss.of(Loss.Way.CUT)));
            if (i > 1) {
                episodes.on(new ClientEvent.Back(name, ClientRole.SENTINEL, lost.plusSeconds(2), lost.plusSeconds(1), "ws-2",
                        "v1",
                        new Continuity(Continuity.SessionKept.SAME, 0, 0)));
            }
        }
        return episodes;
    }

    private static FleetReading counts() {
        return new FleetReading(4, 3, 1, Duration.ofSeconds(100), 4, Map.of(Loss.of(Loss.Way.CUT), 4L),
                Map.of(new Failure(Failure.Cause.STATUS, 503), 2L, Failure.of(Failure.Cause.REFUSED), 1L), 3, 3, 0, 0, 1, 2,
                Spread.NONE, Spread.NONE, Spread.NONE);
    }

    @Test
    void whatIsMeasuredIsThereWithItsSamples() {
        assertThat(page(true, reading(WATCHING, counts(), outage()), NOW)).contains(
                "# HELP lockkeeper_watching 1 while clients of ours watch",
                "# TYPE lockkeeper_watching gauge\nlockkeeper_watching{environment=\"shop\"} 1\n",
                "lockkeeper_build_info{environment=\"shop\",version=\"0.1.0\"} 1\n",
                "lockkeeper_clients{environment=\"shop\"} 4\n", "lockkeeper_clients_connected{environment=\"shop\"} 3\n",
                "lockkeeper_clients_out{environment=\"shop\"} 1\n", "lockkeeper_run_open{environment=\"shop\"} 1\n",
                "lockkeeper_reconnect_success_ratio{environment=\"shop\",by=\"client\",window=\"5m\"} 0.75\n",
                "lockkeeper_reconnect_success_samples{environment=\"shop\",by=\"client\",window=\"5m\"} 4\n",
                "lockkeeper_reconnect_success_ratio{environment=\"shop\",by=\"client\",window=\"1m\"} 0.0\n",
                "lockkeeper_reconnect_time_mean_seconds{environment=\"shop\",scenario=\"emergency\",window=\"5m\"} 2.0\n",
                "lockkeeper_reconnect_time_samples{environment=\"shop\",scenario=\"emergency\",window=\"5m\"} 3\n",
                "# TYPE lockkeeper_clients_lost_total counter\nlockkeeper_clients_lost_total{environment=\"shop\"} 4\n",
                "lockkeeper_connect_failures_total{environment=\"shop\",cause=\"status\"} 2\n",
                "lockkeeper_connect_failures_total{environment=\"shop\",cause=\"tls\"} 0\n",
                "lockkeeper_messages_lost_total{environment=\"shop\"} 1\n",
                "lockkeeper_messages_duplicated_total{environment=\"shop\"} 2\n",
                "lockkeeper_reading_timestamp_seconds{environment=\"shop\"} 1.795662E9\n",
                "lockkeeper_availability_ratio{environment=\"shop\",window=\"1m\"} 0.75\n");
    }

    @Test
    void withoutSamplesThereIsNoRatioAndTheSamplesSayZero() {
        var page = page(true, reading(WATCHING, counts(), new Episodes()), NOW);
        assertThat(page)
                .contains("lockkeeper_reconnect_success_samples{environment=\"shop\",by=\"attempt\",window=\"1m\"} 0\n",
                        "lockkeeper_reconnect_time_samples{environment=\"shop\",scenario=\"handoff\",window=\"5m\"} 0\n")
                .doesNotContain("success_ratio{", "time_mean_seconds{", "availability_ratio{");
    }

    @Test
    void countersAreThereAtZeroBeforeTheFirstCount() {
        var page = page(true, new WatchReading(NOW, WATCHING, null, null, null, List.of()), NOW);
        assertThat(page).contains("lockkeeper_watching{environment=\"shop\"} 1\n",
                "lockkeeper_messages_lost_total{environment=\"shop\"} 0\n",
                "lockkeeper_clients_back_total{environment=\"shop\"} 0\n",
                "lockkeeper_connect_failures_total{environment=\"shop\",cause=\"refused\"} 0\n")
                .doesNotContain("lockkeeper_clients{");
    }

    @Test
    void whereNobodyWatchesOrTheHolderIsGoneNothingMeasuredIsLeft() {
        var live = reading(WATCHING, counts(), outage());
        var pages = Stream.of(page(true, null, NOW), page(false, live.gone(NOW, "the console that watched is gone"), NOW),
                page(false, live, NOW), page(true, live, NOW.plus(MetricsPage.STALE).plusMillis(1)),
                page(true, reading(new Watcher.Failed(NOW, "no secret"), counts(), outage()), NOW),
                page(true, reading(new Watcher.Starting(NOW), counts(), outage()), NOW));
        assertThat(pages).allSatisfy(page -> assertThat(page).contains("lockkeeper_watching{environment=\"shop\"} 0\n",
                "{environment=\"shop\",trigger=\"data-loss\",phase=\"blind\"} 1\n").doesNotContain("_total{", "_samples{",
                        "lockkeeper_clients"));
        assertThat(page(true, live, NOW.plus(MetricsPage.STALE))).contains("lockkeeper_watching{environment=\"shop\"} 1\n");
    }

    @Test
    void eachTriggerIsInOnePhaseAndWhatHasFiredStaysSo() {
        var fired = "lockkeeper_trigger_phase{environment=\"shop\",trigger=\"success-rate\",phase=\"fired\"} 1\n";
        var watched = page(true, reading(WATCHING, counts(), outage()), NOW);
        assertThat(watched).contains(fired, "trigger=\"success-rate\",phase=\"quiet\"} 0\n",
                "trigger=\"data-loss\",phase=\"quiet\"} 1\n", "trigger=\"data-loss\",phase=\"blind\"} 0\n");
        var left = page(true,
                WatchReading.nobody(NOW, "closed", List.of(new Latch("success-rate", NOW, "by client 0 %"))), NOW);
        assertThat(left).contains(fired);
        for (var page : List.of(watched, left)) {
            var phases = page.lines().filter(line -> line.startsWith("lockkeeper_trigger_phase{")).toList();
            assertThat(phases).hasSize(4 * TriggerSet.USUAL.specs().size());
            assertThat(phases).filteredOn(line -> line.endsWith(" 1")).hasSize(TriggerSet.USUAL.specs().size());
        }
    }

    @Test
    void wordsOfPeopleAndOfTheServiceAreNotOnThePage() {
        assertThat(page(true, reading(WATCHING, counts(), outage()), NOW)).doesNotContain("by client 0 %", "pid 4711",
                "sentinel-",
                "ws-1", "ws-2");
    }
}
