package io.lockkeeper.adapter.fleet;

import static org.awaitility.Awaitility.await;

import io.lockkeeper.domain.client.ClientEvent;
import io.lockkeeper.domain.client.FleetReading;
import io.lockkeeper.domain.environment.ClientsSpec;
import io.lockkeeper.domain.environment.ClientsSpec.Heartbeat;
import io.lockkeeper.domain.environment.SecretRef;
import io.lockkeeper.domain.environment.SessionSpec;
import io.lockkeeper.domain.environment.Template;
import io.lockkeeper.domain.link.Backoff;
import io.lockkeeper.lab.RealTime;
import io.lockkeeper.port.LinkFault;
import io.lockkeeper.port.Secret;
import io.lockkeeper.port.Secrets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;

/// A fleet with everything it told.
final class TestFleet implements AutoCloseable {
    static final SessionSpec CONTRACT = new SessionSpec("{\"hello\":true}", "/token", new Template("?resume={token}&last={last}"),
            "/seq", "/session", "/kind", "resumed", "/node");
    static final String PASSWORD = "hunter2";

    private final NettyClientFleet fleet;
    private final Queue<ClientEvent> events = new ConcurrentLinkedQueue<>();

    TestFleet(ClientsSpec spec) throws LinkFault {
        fleet = new NettyClientFleet(spec, Path.of("."), new Passwords(), new RealTime());
        fleet.start(events::add);
    }

    private static final class Passwords implements Secrets {
        @Override
        public Secret read(SecretRef ref) {
            return new Secret(PASSWORD);
        }
    }

    /// Quick to see silence, and quick to come back.
    static ClientsSpec spec(String url, int sentinels, int cyclers, int cyclesPerMinute) {
        var secret = new TreeMap<String, SecretRef>();
        secret.put("Authorization", new SecretRef.Env("X"));
        return new ClientsSpec(url, new TreeMap<>(), secret, List.of(), null, CONTRACT.hello(), CONTRACT, "/version",
                Duration.ofSeconds(2), Duration.ofSeconds(1), new Heartbeat.Ping(Duration.ofMillis(200)), Duration.ofSeconds(3),
                sentinels, cyclers, cyclesPerMinute, new Backoff(Duration.ofMillis(50), Duration.ofMillis(400)));
    }

    static ClientsSpec impatient(ClientsSpec spec, Duration limit) {
        return new ClientsSpec(spec.url(), spec.headers(), spec.secretHeaders(), spec.subprotocols(), spec.authority(),
                spec.hello(), spec.session(), spec.version(), limit, limit, new Heartbeat.Ping(limit.dividedBy(3)), limit,
                spec.sentinels(), spec.cyclers(), spec.cyclesPerMinute(), spec.backoff());
    }

    void rest(Set<String> nodes) {
        fleet.rest(nodes);
    }

    FleetReading reading() {
        return fleet.read();
    }

    FleetReading until(Predicate<FleetReading> holds) {
        await().atMost(Duration.ofSeconds(15)).pollInterval(Duration.ofMillis(20)).pollDelay(Duration.ZERO)
                .until(() -> holds.test(reading()));
        return reading();
    }

    FleetReading untilConnected() {
        return until(now -> now.connected() == now.clients());
    }

    List<ClientEvent> events() {
        return List.copyOf(events);
    }

    <E extends ClientEvent> List<E> events(Class<E> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    void stop() {
        fleet.close();
    }

    @Override
    public void close() {
        stop();
    }
}
