package io.lockkeeper.domain.trigger;

import io.lockkeeper.domain.client.Continuity;
import io.lockkeeper.domain.client.ClientRole;
import io.lockkeeper.domain.client.Episode;
import io.lockkeeper.domain.client.Incident;
import io.lockkeeper.domain.client.Loss;
import io.lockkeeper.domain.client.Scenario;
import io.lockkeeper.domain.signal.AtNode;
import io.lockkeeper.domain.signal.Availability;
import io.lockkeeper.domain.signal.ClientSignals;
import io.lockkeeper.domain.signal.EpisodeSignals;
import io.lockkeeper.domain.client.Episodes;
import io.lockkeeper.domain.client.ClientEvent;
import io.lockkeeper.domain.signal.Failures;
import io.lockkeeper.domain.signal.Kept;
import io.lockkeeper.domain.signal.Ratio;
import io.lockkeeper.domain.signal.ReturnTimes;
import io.lockkeeper.domain.signal.Success;
import io.lockkeeper.domain.signal.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// Signals as a test says they are, in place of episodes.
final class Scripted implements ClientSignals {
    Ratio byClient = new Ratio(0, 0);
    Ratio byAttempt = new Ratio(0, 0);
    Ratio connected = new Ratio(10, 10);
    final List<Recovery> recoveries = new ArrayList<>();
    final List<Incident> incidents = new ArrayList<>();
    private final Episodes episodes = new Episodes();
    private int clients;

    /// So many returns that each took so long, ended at that time.
    void returned(Scenario scenario, int count, double seconds, String version, String node, Instant at) {
        var loss = switch (scenario) {
            case GRACEFUL -> Loss.closed(1001);
            default -> Loss.of(Loss.Way.CUT);
        };
        for (int i = 0; i < count; i++) {
            var client = "c-" + clients++;
            var lost = at.minusMillis(Math.round(seconds * 1000));
            episodes.on(new ClientEvent.Opened(client, ClientRole.SENTINEL, lost.minusSeconds(1), "ws-0", "v1"))
                    .on(new ClientEvent.Lost(client, ClientRole.SENTINEL, lost, loss))
                    .on(new ClientEvent.Back(client, ClientRole.SENTINEL, at, at, node, version, Continuity.UNKNOWN));
        }
    }

    @Override
    public Success success(Success.By by, Window window) {
        return new Success(by, by == Success.By.CLIENT ? byClient : byAttempt, 1, window, window.to());
    }

    @Override
    public ReturnTimes times(Scenario scenario, Window window, Predicate<Episode> of) {
        return new EpisodeSignals(episodes, List.of()).times(scenario, window, of);
    }

    @Override
    public Failures failures(Window window) {
        return new EpisodeSignals(episodes, List.of()).failures(window);
    }

    @Override
    public Kept kept(Window window) {
        return new EpisodeSignals(episodes, List.of()).kept(window);
    }

    @Override
    public Availability availability(Window window) {
        return new Availability(Duration.ZERO, Duration.ZERO, Duration.ZERO, window);
    }

    @Override
    public List<AtNode> nodes(Window window) {
        return new EpisodeSignals(episodes, List.of()).nodes(window);
    }

    @Override
    public Ratio connected() {
        return connected;
    }

    @Override
    public List<Recovery> recoveries(Instant since, Instant until) {
        return recoveries.stream().filter(one -> one.at().isAfter(since) && !one.at().isAfter(until)).toList();
    }

    @Override
    public List<Incident> incidents() {
        return List.copyOf(incidents);
    }
}
