package io.lockkeeper.app;

import io.lockkeeper.domain.client.ClientEvent;
import io.lockkeeper.domain.client.ClientRole;
import io.lockkeeper.domain.client.Continuity;
import io.lockkeeper.domain.client.Episodes;
import io.lockkeeper.domain.client.Failure;
import io.lockkeeper.domain.client.FleetReading;
import io.lockkeeper.domain.client.FleetReading.Spread;
import io.lockkeeper.domain.client.Loss;
import io.lockkeeper.domain.client.Scenario;
import io.lockkeeper.domain.history.KeptEpisode;
import io.lockkeeper.domain.observer.Control;
import io.lockkeeper.domain.signal.EpisodeSignals;
import io.lockkeeper.domain.signal.ObserverFault;
import io.lockkeeper.domain.signal.Window;
import io.lockkeeper.domain.trigger.Phase;
import io.lockkeeper.domain.trigger.TriggerSet;
import io.lockkeeper.domain.trigger.TriggerSpec;
import io.lockkeeper.domain.watch.Measured;
import io.lockkeeper.domain.watch.ObserverReading;
import io.lockkeeper.domain.watch.TriggerReading;
import io.lockkeeper.domain.watch.WatchReading;
import io.lockkeeper.domain.watch.Watcher;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// What ten clients of ours have met, for pictures and for tests of the window.
record WatchScenes(boolean bad, boolean doubted) {
    static WatchScenes fired() {
        return new WatchScenes(true, false);
    }

    static WatchScenes quiet() {
        return new WatchScenes(false, false);
    }

    static WatchScenes doubting() {
        return new WatchScenes(false, true);
    }

    Snapshot in(Snapshot shown) {
        return new Snapshot(shown.at(), shown.holder(), shown.following(), shown.fleet(), shown.links(), shown.run(),
                shown.events(), shown.runs(), shown.knownGood(), shown.control(), shown.notices(), reading(shown.at()));
    }

    private WatchReading reading(Instant now) {
        var signals = new EpisodeSignals(episodes(now), List.of());
        int out = bad ? 5 : 0;
        var counts = new FleetReading(10, 10 - out, out, Duration.ofSeconds(out * 20L), 10, Map.of(), Map.of(), 5, 5, 0, 0, 0, 0,
                Spread.NONE, Spread.NONE, Spread.NONE);
        return new WatchReading(now, new Watcher.Watching("window (pid 4711)", now.minusSeconds(600)), counts,
                Measured.of(signals, Window.last(Duration.ofMinutes(1), now)),
                Measured.of(signals, Window.last(Duration.ofMinutes(5), now)),
                TriggerSet.USUAL.specs().stream()
                        .map(spec -> TriggerReading.of(spec, phase(spec, now))).toList(),
                observer(now));
    }

    List<KeptEpisode> remembered(Instant now) {
        return episodes(now).all().map(episode -> KeptEpisode.of(episode, List.of())).toList();
    }

    /// Lost while the console's own network was gone.
    static KeptEpisode yesterday(Instant now) {
        var lost = now.minus(Duration.ofHours(20));
        return new KeptEpisode("sentinel-3", ClientRole.SENTINEL, Scenario.GRACEFUL, Loss.closed(1001), lost, "ws-3", "v1",
                Map.of(),
                KeptEpisode.End.BACK, lost.plusMillis(420), "ws-2", "v1", new Continuity(Continuity.SessionKept.SAME, 0, 0),
                List.of(new ObserverFault(lost.minusSeconds(2), lost.plusSeconds(11),
                        "all 2 control targets outside the service fail too, while 10 clients of ours are out")));
    }

    private Episodes episodes(Instant now) {
        var episodes = new Episodes();
        for (int i = 1; i <= 10; i++) {
            var name = "sentinel-" + i;
            episodes.on(new ClientEvent.Opened(name, ClientRole.SENTINEL, now.minusSeconds(600), "ws-1", "v1"));
            if (bad) {
                var lost = now.minusSeconds(100);
                episodes.on(new ClientEvent.Lost(name, ClientRole.SENTINEL, lost,
                        i % 2 == 0 ? Loss.of(Loss.Way.CUT) : Loss.closed(1012)));
                if (i <= 5) {
                    episodes.on(new ClientEvent.Back(name, ClientRole.SENTINEL, lost.plusMillis(700L * i), lost.plusMillis(300),
                            "ws-2", "v1", new Continuity(Continuity.SessionKept.SAME, 0, 0)));
                } else {
                    episodes.on(new ClientEvent.Failed(name, ClientRole.SENTINEL, now.minusSeconds(20), now.minusSeconds(21),
                            now.minusSeconds(21), new Failure(Failure.Cause.STATUS, 503)));
                }
            }
        }
        return episodes;
    }

    private ObserverReading observer(Instant now) {
        if (!doubted) {
            return new ObserverReading(now, List.of(), null, "no client of ours is out", List.of());
        }
        var why = "all 2 control targets outside the service fail too, while 10 clients of ours are out";
        var silent = now.minusSeconds(41);
        return new ObserverReading(now,
                List.of(new Control("https://intranet.example.org/", silent, now, 9, "no answer within 2000 ms"),
                        new Control("tcp://10.0.0.1:53", silent, now, 9, "no answer within 2000 ms")),
                new ObserverReading.Doubt(silent, null, why), why, List.of());
    }

    private Phase phase(TriggerSpec spec, Instant now) {
        if (doubted && !(spec instanceof TriggerSpec.ByHand)) {
            return new Phase.Blind(now.minusSeconds(30), "the observer itself is at fault: " + observer(now).finding());
        }
        return switch (spec) {
            case TriggerSpec.SuccessBelow below when bad -> below.name().equals("success-rate")
                    ? new Phase.Fired(now.minusSeconds(70),
                            "by client 50 % (5 of 10), below 80 % at every evaluation for 5:00 since 2026-11-24T03:02:10Z; by attempt 38 % (5 of 13)")
                    : new Phase.Holding(now.minusSeconds(130), now.plusSeconds(170), "2:10 of 5:00, by client 50 % (5 of 10)");
            case TriggerSpec.SuccessBelow _ ->
                new Phase.Blind(now.minusSeconds(120), "no data: for more than 60 s no client had to come back");
            case TriggerSpec.Slower _ -> new Phase.Blind(now.minusSeconds(590),
                    "no baseline: none recorded in the last 30 days, and too few clients on the version before");
            default -> new Phase.Quiet("no data loss was seen or reported");
        };
    }
}
