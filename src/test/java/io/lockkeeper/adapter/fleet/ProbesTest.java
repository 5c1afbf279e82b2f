package io.lockkeeper.adapter.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lockkeeper.domain.client.ClientEvent;
import io.lockkeeper.domain.client.ClientRole;
import io.lockkeeper.domain.client.Loss;
import io.lockkeeper.domain.environment.ClientsSpec;
import io.lockkeeper.domain.environment.ProbesSpec;
import io.lockkeeper.domain.environment.ProbesSpec.NodeDoor;
import io.lockkeeper.domain.signal.NodeProbes;
import io.lockkeeper.domain.signal.ProbeOutcome.Kind;
import io.lockkeeper.domain.signal.ProbeReading;
import io.lockkeeper.fleet.ServerProcess;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Probes of four nodes, each a server in its own process, beside two sentinels that come in at one that nobody probes.
@Timeout(60)
class ProbesTest {
    private static final Duration EVERY = Duration.ofMillis(300);
    private static final Duration LIMIT = Duration.ofSeconds(1);

    private final List<ServerProcess> servers = new ArrayList<>();
    private final Map<String, ServerProcess> nodes = new TreeMap<>();

    @BeforeEach
    void start() throws Exception {
        for (var node : List.of("front", "ws-1", "ws-2", "ws-3", "ws-4")) {
            start(node, 0);
        }
    }

    private void start(String node, int port) throws Exception {
        var server = new ServerProcess(port);
        servers.add(server);
        server.order("name " + node);
        nodes.put(node, server);
    }

    private ServerProcess node(String name) {
        return nodes.getOrDefault(name, servers.getFirst());
    }

    @AfterEach
    void stop() {
        servers.forEach(ServerProcess::close);
    }

    private String url(String node) {
        return "ws://127.0.0.1:" + node(node).port() + "/ws";
    }

    private ClientsSpec spec() {
        var users = TestFleet.impatient(TestFleet.spec(url("front"), 2, 0, 6), LIMIT);
        var doors = new TreeMap<String, NodeDoor>();
        nodes.keySet().stream().filter(node -> !node.equals("front"))
                .forEach(node -> doors.put(node, new NodeDoor(url(node), users.headers(), users.secretHeaders())));
        return users.probed(new ProbesSpec(doors, EVERY));
    }

    private Map<String, ProbeReading> readings(TestFleet fleet) {
        var names = new TreeMap<String, Set<String>>();
        nodes.keySet().forEach(node -> names.put(node, Set.of(node)));
        var probes = new NodeProbes(new NodeProbes.Plan(names, EVERY));
        fleet.events().forEach(probes::on);
        var readings = new TreeMap<String, ProbeReading>();
        probes.readings(List.of(), Duration.ZERO, Set.of()).forEach(one -> readings.put(one.node(), one));
        return readings;
    }

    private ProbeReading until(TestFleet fleet, String node, Predicate<ProbeReading> holds) {
        await().atMost(Duration.ofSeconds(15)).pollInterval(Duration.ofMillis(20)).pollDelay(Duration.ZERO)
                .until(() -> holds.test(readings(fleet).getOrDefault(node, none(node))));
        return readings(fleet).getOrDefault(node, none(node));
    }

    private static ProbeReading none(String node) {
        return new ProbeReading(node, EVERY, null, 0, 0, false);
    }

    private static Predicate<ProbeReading> newest(Kind kind) {
        return reading -> reading.newest() != null && reading.newest().kind() == kind;
    }

    @Test
    void eachNodeIsJudgedOnItsOwnAndUsersMeetNothingOfIt() throws Exception {
        try (var fleet = new TestFleet(spec())) {
            var before = fleet.untilConnected().failures(); // of a busy machine
            for (var node : List.of("ws-1", "ws-2", "ws-3", "ws-4")) {
                until(fleet, node, reading -> reading.resumed() >= 1);
            }
            node("ws-2").order("refuse 410");
            node("ws-3").order("name ws-1");
            node("ws-4").freeze();

            assertThat(until(fleet, "ws-2", newest(Kind.REFUSED)).brief(Instant.now())).startsWith("REFUSED HTTP 410 ");
            assertThat(until(fleet, "ws-3", newest(Kind.ANOTHER_NODE)).brief(Instant.now())).startsWith("ANSWERED BY ws-1 ");
            assertThat(until(fleet, "ws-4", newest(Kind.NO_ANSWER)).brief(Instant.now())).startsWith("NO ANSWER time-out ");
            int resumed = until(fleet, "ws-1", newest(Kind.RESUMED)).resumed();
            assertThat(until(fleet, "ws-1", reading -> reading.resumed() > resumed).bad()).isFalse();
            node("ws-2").order("refuse 0");
            until(fleet, "ws-2", newest(Kind.RESUMED));
            node("ws-3").order("name ws-3");
            until(fleet, "ws-3", newest(Kind.RESUMED));

            var users = fleet.reading();
            assertThat(List.of(users.clients(), users.connected(), users.out())).containsExactly(2, 2, 0);
            assertThat(users.opened()).isEqualTo(2);
            assertThat(users.losses()).isEmpty();
            assertThat(users.failures()).isEqualTo(before);
            assertThat(users.cycles().count() + users.outages().count() + users.back()).isZero();
            assertThat(fleet.events()).filteredOn(event -> event.role() == ClientRole.PROBE)
                    .allMatch(event -> event.client().startsWith("probe-ws-"));
            assertThat(fleet.events().toString()).doesNotContain("secret-").doesNotContain(TestFleet.PASSWORD);
        }
    }

    @Test
    void oneThatIsKilledIsTriedOnceATurnAndIsResumedOnWhenItIsBack() throws Exception {
        try (var fleet = new TestFleet(spec())) {
            until(fleet, "ws-1", newest(Kind.RESUMED));
            int port = node("ws-1").port();
            node("ws-1").kill();
            assertThat(until(fleet, "ws-1", newest(Kind.NO_ANSWER)).brief(Instant.now())).startsWith("NO ANSWER c");
            until(fleet, "ws-1", reading -> reading.tries() - reading.resumed() >= 3);
            start("ws-1", port);
            until(fleet, "ws-1", newest(Kind.RESUMED));

            var failed = fleet.events(ClientEvent.Failed.class).stream().filter(event -> event.client().equals("probe-ws-1"))
                    .toList();
            for (int i = 2; i < failed.size(); i++) { // the first came right after the loss
                assertThat(Duration.between(failed.get(i - 1).meant(), failed.get(i).meant())).isGreaterThanOrEqualTo(EVERY);
            }
            assertThat(fleet.reading().failures()).isEmpty();
        }
    }

    @Test
    void whoRestsHasNoConnectionAndComesBackAfterwards() throws Exception {
        try (var fleet = new TestFleet(spec())) {
            until(fleet, "ws-1", newest(Kind.RESUMED));
            until(fleet, "ws-2", newest(Kind.RESUMED));
            fleet.rest(Set.of("ws-1", "unheard-of"));
            await().until(() -> node("ws-1").count("open") == 0);
            int accepted = node("ws-1").count("accepted");
            int others = readings(fleet).getOrDefault("ws-2", none("ws-2")).resumed();
            until(fleet, "ws-2", reading -> reading.resumed() > others + 1);
            assertThat(node("ws-1").count("accepted")).isEqualTo(accepted);
            fleet.rest(Set.of());
            int rested = readings(fleet).getOrDefault("ws-1", none("ws-1")).resumed();
            until(fleet, "ws-1", reading -> reading.resumed() > rested);

            assertThat(fleet.events(ClientEvent.Lost.class)).filteredOn(lost -> lost.client().equals("probe-ws-1"))
                    .allMatch(lost -> lost.loss().way() == Loss.Way.ON_PURPOSE);
        }
        await().until(() -> node("ws-2").count("open") == 0);
    }
}
