package io.lockkeeper.adapter.haproxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lockkeeper.domain.environment.Address;
import io.lockkeeper.domain.environment.BalancerSpec;
import io.lockkeeper.domain.fleet.AdminState;
import io.lockkeeper.domain.fleet.BalancerReading;
import io.lockkeeper.domain.fleet.ObservedState;
import io.lockkeeper.domain.fleet.ServerReading;
import io.lockkeeper.domain.run.Order;
import io.lockkeeper.lab.Lab;
import io.lockkeeper.lab.LabClient;
import io.lockkeeper.lab.RealTime;
import io.lockkeeper.port.Call;
import io.lockkeeper.port.LinkFault;
import io.lockkeeper.port.Reply;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/// Against a real HAProxy in front of real WebSocket nodes.
@TestInstance(Lifecycle.PER_CLASS)
class HaproxyBalancerTest {
    private static final Duration LIMIT = Duration.ofSeconds(3);
    private static final SortedMap<String, String> SERVERS = new TreeMap<>(Map.of("ws-1", "ws1", "ws-2", "ws2", "ws-3", "ws3"));
    private @Nullable Lab started;
    private final List<LabClient> clients = new ArrayList<>();

    @BeforeAll
    void startLab(@TempDir Path folder) throws Exception {
        started = new Lab(folder);
    }

    @AfterAll
    void stopLab() {
        if (started != null) {
            started.close();
        }
    }

    @AfterEach
    void allBackInRotation() {
        clients.forEach(LabClient::close);
        clients.clear();
        SERVERS.values().forEach(server -> {
            lab().edge.runtime("set server ws_nodes/" + server + " state ready");
            lab().edge.runtime("set weight ws_nodes/" + server + " 100%");
        });
        lab().edge.awaitServing();
        var workers = new OldWorkers(new RuntimeApi(new Address.Tcp("127.0.0.1", lab().edge.master)));
        Awaitility.await().atMost(Duration.ofSeconds(30)).ignoreExceptions().until(() -> workers.pids(LIMIT).isEmpty());
    }

    private Lab lab() {
        return Objects.requireNonNull(started);
    }

    private HaproxyBalancer balancer(int port, SortedMap<String, String> servers, String backend) {
        return new HaproxyBalancer(
                new BalancerSpec.Haproxy("edge", new Address.Tcp("127.0.0.1", port),
                        new Address.Tcp("127.0.0.1", lab().edge.master),
                        backend, servers),
                new RealTime());
    }

    private HaproxyBalancer balancer() {
        return balancer(lab().edge.admin, SERVERS, "ws_nodes");
    }

    private static Call call() {
        return new Call("op", "test", "", Instant.now().plusSeconds(20));
    }

    private void connect(int count) {
        for (int i = 0; i < count; i++) {
            clients.add(new LabClient("ws://127.0.0.1:" + lab().edge.front + "/ws"));
        }
        Awaitility.await().atMost(Duration.ofSeconds(15)).until(() -> clients.stream().allMatch(LabClient::connected));
    }

    private static ServerReading server(BalancerReading reading, String node) {
        return Objects.requireNonNull(reading.servers().get(node));
    }

    @Test
    void drainTakesNoNewClientsKeepsTheOldOnesAndIsReadBack() throws Exception {
        connect(6);
        long before = server(balancer().read(LIMIT), "ws-1").sessions();
        assertThat(before).isEqualTo(2);
        assertThat(balancer().send(new Order.Drain("ws-1", "edge"), call())).isInstanceOf(Reply.Accepted.class);
        assertThat(server(balancer().read(LIMIT), "ws-1").admin()).isEqualTo(AdminState.DRAINED);
        connect(4);
        assertThat(server(balancer().read(LIMIT), "ws-1").sessions()).isEqualTo(before);
        assertThat(balancer().send(new Order.Enable("ws-1", "edge"), call())).isInstanceOf(Reply.Accepted.class);
        assertThat(server(balancer().read(LIMIT), "ws-1").admin()).isEqualTo(AdminState.ENABLED);
    }

    @Test
    void sessionsAreClosedAtARateAndEveryClientMovesWithoutLosingAMessage() throws Exception {
        connect(9);
        balancer().send(new Order.Drain("ws-2", "edge"), call());
        long from = System.nanoTime();
        assertThat(balancer().send(new Order.CloseSessions("ws-2", "edge", 2, 1006), call())).isInstanceOf(Reply.Accepted.class);
        assertThat(Duration.ofNanos(System.nanoTime() - from)).isGreaterThan(Duration.ofMillis(900));
        assertThat(balancer().read(LIMIT).sessions("ws-2")).isZero();
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> clients.stream().allMatch(LabClient::connected));
        assertThat(clients).allSatisfy(client -> {
            assertThat(client.node()).isNotEqualTo("ws-2");
            assertThat(client.lostMessages()).isZero();
            assertThat(client.repeatedMessages()).isZero();
            assertThat(client.lostSessions()).isZero();
        });
    }

    @Test
    void aShareIsReadBackAsAWeight() throws Exception {
        assertThat(balancer().send(new Order.Share("ws-3", "edge", 10), call())).isInstanceOf(Reply.Accepted.class);
        assertThat(server(balancer().read(LIMIT), "ws-3").weight()).isEqualTo(10);
        assertThat(server(balancer().read(LIMIT), "ws-3").normalWeight()).isEqualTo(100);
    }

    @Test
    void aReloadForgetsTheDrainAndItsOldWorkersSessionsStayInSight() throws Exception {
        connect(6);
        balancer().send(new Order.Drain("ws-1", "edge"), call());
        var before = balancer().read(LIMIT);
        lab().edge.reload();
        Awaitility.await().atMost(Duration.ofSeconds(10)).ignoreExceptions()
                .until(() -> !balancer().read(LIMIT).generation().equals(before.generation()));
        Awaitility.await().atMost(Duration.ofSeconds(10)).ignoreExceptions()
                .until(() -> balancer().read(LIMIT).oldSessions().values().stream().mapToLong(Long::longValue).sum() == 6);
        var after = balancer().read(LIMIT);
        assertThat(server(after, "ws-1").admin()).isEqualTo(AdminState.ENABLED);
        assertThat(server(after, "ws-1").sessions()).isZero();
        assertThat(after.sessions("ws-1")).isEqualTo(2);
        assertThat(balancer().send(new Order.CloseSessions("ws-1", "edge", 20, 1006), call())).isInstanceOf(Reply.Accepted.class);
        Awaitility.await().atMost(Duration.ofSeconds(5)).ignoreExceptions()
                .until(() -> balancer().read(LIMIT).oldSessions().getOrDefault("ws-1",
                        0L) == 0);
    }

    @Test
    void aNodeThatDiedWhileDrainedIsDownAndStillDrained() throws Exception {
        balancer().send(new Order.Drain("ws-3", "edge"), call());
        lab().edge.runtime("set server ws_nodes/ws3 health down");
        var server = server(balancer().read(LIMIT), "ws-3");
        assertThat(server.admin()).isEqualTo(AdminState.DRAINED);
        assertThat(server.observed()).isEqualTo(ObservedState.DOWN);
    }

    @Test
    void aWrongNodeMapIsNamedWithWhatIsThere() {
        assertThatThrownBy(() -> balancer(lab().edge.admin, new TreeMap<>(Map.of("ws-1", "wsX")), "ws_nodes").read(LIMIT))
                .isInstanceOfSatisfying(LinkFault.class, fault -> assertThat(fault.isPermanent()).isTrue())
                .hasMessageContaining("ws_nodes/wsX").hasMessageContaining("ws1, ws2, ws3");
        assertThatThrownBy(() -> balancer(lab().edge.admin, SERVERS, "nowhere").read(LIMIT)).isInstanceOf(LinkFault.class)
                .hasMessageContaining("backend");
    }

    @Test
    void aReadOnlySocketRefusesAndSaysWhatToConfigure() throws Exception {
        var readOnly = balancer(lab().edge.readOnly, SERVERS, "ws_nodes");
        assertThat(readOnly.send(new Order.Drain("ws-1", "edge"), call())).isInstanceOfSatisfying(Reply.Refused.class,
                refused -> assertThat(refused.why()).contains("Permission denied").contains("level admin"));
        assertThat(server(balancer().read(LIMIT), "ws-1").admin()).isEqualTo(AdminState.ENABLED);
    }

    @Test
    void aStoppedHaproxyIsAPassingFaultAndNothingWasSent() throws Exception {
        lab().edge.stop();
        try {
            assertThatThrownBy(() -> balancer().read(LIMIT)).isInstanceOfSatisfying(LinkFault.class,
                    fault -> assertThat(fault.isPermanent()).isFalse());
            assertThat(balancer().send(new Order.Drain("ws-1", "edge"), call())).isInstanceOfSatisfying(Reply.Refused.class,
                    refused -> assertThat(refused.why()).contains("not sent"));
        } finally {
            lab().edge.start();
        }
    }

    @Test
    void anAnswerThatNeverComesIsNoAnswerAndNotARefusal() throws Exception {
        try (var silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            var call = new Call("op", "test", "", Instant.now().plusMillis(700));
            assertThat(balancer(silent.getLocalPort(), SERVERS, "ws_nodes").send(new Order.Drain("ws-1", "edge"), call))
                    .isInstanceOf(Reply.NoAnswer.class);
            assertThatThrownBy(() -> balancer(silent.getLocalPort(), SERVERS, "ws_nodes").read(Duration.ofMillis(300)))
                    .isInstanceOf(LinkFault.class).hasMessageContaining("no answer in time");
        }
    }
}
