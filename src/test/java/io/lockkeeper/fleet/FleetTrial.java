package io.lockkeeper.fleet;

import io.lockkeeper.adapter.fleet.NettyClientFleet;
import io.lockkeeper.domain.client.ClientEvent;
import io.lockkeeper.domain.client.FleetReading;
import io.lockkeeper.domain.client.Loss;
import io.lockkeeper.domain.environment.ClientsSpec;
import io.lockkeeper.domain.environment.ClientsSpec.Heartbeat;
import io.lockkeeper.domain.environment.SessionSpec;
import io.lockkeeper.domain.environment.Template;
import io.lockkeeper.domain.link.Backoff;
import io.lockkeeper.lab.RealTime;
import io.lockkeeper.port.LinkFault;
import io.lockkeeper.port.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/// The fleet in a process of its own: `FleetTrial PORT CLIENTS [BASE_MILLIS]`, against a [NeutralServer] on that port, then a line for each order on
/// its input and one JSON line for each on its output; it ends with its input.
///
/// `start`, `counts`, `memory` (after garbage collections), `outages FILE` (`node nanos attempts`: the last outage of each client since it was last
/// asked), `stop`.
public final class FleetTrial {
    /// What one client went through since its last loss.
    private record Outage(Instant since, int attempts) {}

    private final int port;
    private final int clients;
    private final Duration base;
    private final Map<String, Outage> out = new ConcurrentHashMap<>();
    private final Map<String, String> over = new ConcurrentHashMap<>();
    private final Map<String, String> nodes = new ConcurrentHashMap<>();
    private long baseline;
    private NettyClientFleet fleet;

    private FleetTrial(int port, int clients, Duration base) {
        this.port = port;
        this.clients = clients;
        this.base = base;
        fleet = fleet(Orders.WARM_UP);
    }

    public static void main(String[] arguments) throws Exception {
        var base = Duration.ofMillis(arguments.length > 2 ? Integer.parseInt(arguments[2]) : 250);
        var trial = new FleetTrial(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1]), base);
        trial.warmUp();
        Orders.obey(trial::order);
        trial.fleet.close();
    }

    private NettyClientFleet fleet(int count) {
        var session = new SessionSpec("{\"hello\":true}", "/token", new Template("?resume={token}&last={last}"), "/seq",
                "/session", "/kind", "resumed", "/node");
        var spec = new ClientsSpec("ws://127.0.0.1:" + port + "/ws", new TreeMap<>(), new TreeMap<>(), List.of(), null,
                session.hello(), session, "/version", Duration.ofSeconds(10), Duration.ofSeconds(10),
                new Heartbeat.Ping(Duration.ofSeconds(10)), Duration.ofSeconds(40), count, 0, 6,
                new Backoff(base, Duration.ofSeconds(5)));
        return new NettyClientFleet(spec, Path.of("."), _ -> new Secret(""), new RealTime());
    }

    private void warmUp() throws LinkFault, InterruptedException {
        fleet.start(_ -> {
            // only to load what is needed
        });
        for (int i = 0; i < 200 && fleet.read().connected() < Orders.WARM_UP; i++) {
            Thread.sleep(20);
        }
        fleet.close();
        Orders.collect();
        baseline = Orders.resident();
        fleet = fleet(clients);
    }

    private String order(String verb, String argument) throws Exception {
        switch (verb) {
            case "start" -> fleet.start(this::happened);
            case "outages" -> {
                Files.write(Path.of(argument), over.values());
                over.clear();
            }
            case "memory" -> {
                return Orders.memory(baseline);
            }
            case "stop" -> fleet.close();
            case "counts" -> {
                // told below
            }
            default -> throw new IOException("no such order: " + verb);
        }
        return json(fleet.read());
    }

    private static String json(FleetReading now) {
        long closed = now.losses().getOrDefault(Loss.closed(1012), 0L);
        long cut = now.losses().getOrDefault(Loss.of(Loss.Way.CUT), 0L);
        return String.format(Locale.ROOT,
                "{\"connected\": %d, \"opened\": %d, \"lost\": %d, \"closed1012\": %d, \"cut\": %d, \"back\": %d, \"out\": %d, \"failed\": %d, "
                        + "\"kept\": %d, \"lostMessages\": %d, \"twice\": %d, \"lagMillis\": %.1f, \"p50\": %d, \"max\": %d, \"saturated\": %b, \"cpuMicros\": %d}",
                now.connected(), now.opened(), now.lost(), closed, cut, now.back(), now.out(), now.failed(), now.keptSessions(),
                now.lostMessages(), now.duplicatedMessages(), now.lag().p99().toNanos() / 1e6, now.outages().p50().toMillis(),
                now.outages().max().toMillis(), now.saturated(), Orders.cpuMicros());
    }

    private void happened(ClientEvent event) {
        switch (event) {
            case ClientEvent.Opened opened -> nodes.put(opened.client(), opened.node());
            case ClientEvent.Lost lost -> out.put(lost.client(), new Outage(lost.at(), 1));
            case ClientEvent.Failed failed -> out.computeIfPresent(failed.client(),
                    (_, outage) -> new Outage(outage.since(), outage.attempts() + 1));
            case ClientEvent.Back back -> {
                var outage = out.remove(back.client());
                if (outage != null) {
                    over.put(back.client(),
                            nodes.get(back.client()) + " " + Duration.between(outage.since(), back.at()).toNanos() + " "
                                    + outage.attempts());
                }
            }
            case ClientEvent.Gap _,ClientEvent.Left _ -> {
                // counted by the fleet
            }
        }
    }
}
