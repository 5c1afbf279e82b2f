package io.lockkeeper.app;

import io.lockkeeper.domain.environment.Environment;
import io.lockkeeper.domain.fleet.BalancerReading;
import io.lockkeeper.domain.fleet.Fleet;
import io.lockkeeper.domain.fleet.NodeReading;
import io.lockkeeper.domain.fleet.ProcessReading;
import io.lockkeeper.domain.fleet.SessionEvent;
import io.lockkeeper.domain.fleet.SessionRoll;
import io.lockkeeper.domain.fleet.Sight;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/// The newest reading of every endpoint, assembled into a [Fleet]. Owned by the session's one thread.
final class FleetBoard {
    /// Sessions that ended this long ago are no longer remembered; longer than any drain's accounting needs.
    private static final Duration MEMORY = Duration.ofMinutes(30);

    private final Environment environment;
    private final Map<String, Sight<BalancerReading>> balancers = new TreeMap<>();
    private final Map<String, Sight<NodeReading>> views = new TreeMap<>();
    private final Map<String, Sight<ProcessReading>> processes = new TreeMap<>();
    private final Consumer<String> news;
    private Sight<SessionRoll> roll;
    private SessionRoll sessions = SessionRoll.EMPTY;

    FleetBoard(Environment environment, Instant now, Consumer<String> news) {
        this.environment = environment;
        this.news = news;
        environment.balancers().forEach(name -> balancers.put(name, Sight.never(now)));
        environment.nodeNames().forEach(name -> views.put(name, Sight.never(now)));
        roll = Sight.never(now);
    }

    void balancer(String name, BalancerReading reading, Instant at) {
        balancers.getOrDefault(name, Sight.never(at)).newest().filter(before -> !before.generation().equals(reading.generation()))
                .ifPresent(
                        before -> news.accept("balancer " + name + " was restarted or reloaded (" + before.generation() + ", now "
                                + reading.generation() + "): what was ordered of it at run time may be forgotten"));
        balancers.put(name, new Sight.Seen<>(reading, at));
    }

    void balancerLost(String name, String why, Instant at) {
        balancers.computeIfPresent(name, (_, sight) -> sight.lost(why, at));
    }

    void view(String node, NodeReading reading, Instant at) {
        views.put(node, new Sight.Seen<>(reading, at));
    }

    void viewLost(String node, String why, Instant at) {
        views.computeIfPresent(node, (_, sight) -> sight.lost(why, at));
    }

    void processes(Map<String, ProcessReading> readings, Instant at) {
        readings.forEach((node, reading) -> processes.put(node, new Sight.Seen<>(reading, at)));
    }

    void processesLost(String why, Instant at) {
        processes.replaceAll((_, sight) -> sight.lost(why, at));
    }

    /// The feed was joined: what was open before and is not named now ended while nobody looked.
    void joined(List<SessionEvent> current, Instant at) {
        var next = SessionRoll.EMPTY;
        for (var event : current) {
            next = next.on(event);
        }
        var open = next.places().keySet();
        for (var gone : sessions.places().entrySet()) {
            if (!open.contains(gone.getKey())) {
                var place = gone.getValue();
                next = next.on(place.lost()
                        ? new SessionEvent.Lost(gone.getKey(), place.node(), place.since())
                        : new SessionEvent.Closed(gone.getKey(), place.node(), place.open() ? 1006 : place.code(),
                                place.open() ? at : place.since()));
            }
        }
        sessions = next;
        roll = new Sight.Seen<>(sessions, at);
    }

    void event(SessionEvent event, Instant at) {
        sessions = sessions.on(event);
        roll = new Sight.Seen<>(sessions, at);
    }

    void feedHeard(Instant at) {
        if (roll instanceof Sight.Seen) {
            sessions = sessions.forgetClosedBefore(at.minus(MEMORY));
            roll = new Sight.Seen<>(sessions, at);
        }
    }

    void feedLost(String why, Instant at) {
        roll = roll.lost(why, at);
    }

    Fleet fleet() {
        return new Fleet(environment.nodeNames(), new TreeMap<>(balancers), new TreeMap<>(views), new TreeMap<>(processes), roll);
    }
}
