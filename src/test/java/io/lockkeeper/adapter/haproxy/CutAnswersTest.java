package io.lockkeeper.adapter.haproxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.lockkeeper.Promise;
import io.lockkeeper.domain.environment.Address;
import io.lockkeeper.domain.environment.BalancerSpec;
import io.lockkeeper.domain.fleet.AdminState;
import io.lockkeeper.domain.run.Order;
import io.lockkeeper.lab.Fault;
import io.lockkeeper.lab.FaultyWire;
import io.lockkeeper.lab.Lab;
import io.lockkeeper.lab.LabClient;
import io.lockkeeper.lab.RealTime;
import io.lockkeeper.port.Call;
import io.lockkeeper.port.LinkFault;
import io.lockkeeper.port.Reply;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the adapter makes of answers of a real HAProxy that are lost, cut short or not HAProxy's on their way.
@TestInstance(Lifecycle.PER_CLASS)
class CutAnswersTest {
    private static final Duration LIMIT = Duration.ofSeconds(3);
    private @Nullable Lab started;
    private @Nullable FaultyWire runtime;
    private @Nullable FaultyWire master;

    @BeforeAll
    void startLab(@TempDir Path folder) throws Exception {
        var lab = new Lab(folder);
        started = lab;
        runtime = new FaultyWire(lab.edge.admin);
        master = new FaultyWire(lab.edge.master);
    }

    @AfterEach
    void backInRotation() {
        runtime().forget();
        lab().edge.runtime("set server ws_nodes/ws1 state ready");
    }

    @AfterAll
    void stopLab() {
        runtime().close();
        Objects.requireNonNull(master).close();
        lab().close();
    }

    private Lab lab() {
        return Objects.requireNonNull(started);
    }

    private FaultyWire runtime() {
        return Objects.requireNonNull(runtime);
    }

    private HaproxyBalancer balancer() {
        return new HaproxyBalancer(new BalancerSpec.Haproxy("edge", new Address.Tcp("127.0.0.1", runtime().port()),
                new Address.Tcp("127.0.0.1", Objects.requireNonNull(master).port()), "ws_nodes",
                new TreeMap<>(Map.of("ws-1", "ws1", "ws-2", "ws2", "ws-3", "ws3"))), new RealTime());
    }

    private Reply drain(Fault fault) throws InterruptedException {
        runtime().next("state drain", fault);
        return balancer().send(new Order.Drain("ws-1", "edge"), new Call("op", "test", "", Instant.now().plusSeconds(20)));
    }

    private AdminState truth() {
        return lab().edge.runtime("show servers state ws_nodes").contains("ws1 127.0.0.1 2 8 ")
                ? AdminState.DRAINED
                : AdminState.ENABLED;
    }

    @Test
    @Promise(1)
    void aConnectionClosedWithoutAWordIsNoAnswerWhetherOrNotTheOrderArrived() throws Exception {
        assertThat(drain(new Fault.LostReply())).isInstanceOfSatisfying(Reply.NoAnswer.class,
                reply -> assertThat(reply.why()).contains("closed without an answer"));
        assertThat(truth()).isEqualTo(AdminState.DRAINED);
        lab().edge.runtime("set server ws_nodes/ws1 state ready");
        assertThat(drain(new Fault.LostRequest())).isInstanceOf(Reply.NoAnswer.class);
        assertThat(truth()).isEqualTo(AdminState.ENABLED);
        assertThat(runtime().asked("state drain")).isEqualTo(2);
    }

    @Test
    @Promise(1)
    void wordsThatAreNotHaproxysAreNoRefusalOfAnOrderThatWasCarriedOut() throws Exception {
        assertThat(drain(new Fault.Nonsense("HTTP/1.1 502 Bad Gateway\r\n\r\n"))).isInstanceOf(Reply.NoAnswer.class);
        assertThat(truth()).isEqualTo(AdminState.DRAINED);
    }

    @Test
    void aRefusalInHaproxysOwnWordsIsOneAndHalfOfItIsNone() {
        assertThat(SetAnswer.of("No such server.\n\n")).isEqualTo(new SetAnswer.No("No such server."));
        assertThat(SetAnswer.of("Empty weight string empty or preceded by garbage\n")).isInstanceOf(SetAnswer.No.class);
        assertThat(SetAnswer.of("No such ser")).isInstanceOf(SetAnswer.Neither.class);
        assertThat(SetAnswer.of("\n")).isEqualTo(new SetAnswer.Yes());
        assertThat(SetAnswer.of("")).isInstanceOf(SetAnswer.Neither.class);
    }

    /// A short table would say that nobody is left on the node, or that it has no such server: a fault that no waiting cures.
    @ParameterizedTest
    @ValueSource(strings = {"show info", "show servers state", "show stat"})
    @Promise(5)
    void aReadingCutOffAnywhereIsAPassingFaultAndNeverFewerSessions(String command) throws Exception {
        int whole = lab().edge.runtime(command.equals("show stat")
                ? "show stat ws_nodes 4 -1"
                : command.equals("show info") ? command : "show servers state ws_nodes").length();
        for (int after : new int[]{0, 1, whole / 3, whole / 2, whole - 150, whole - 2}) {
            runtime().next(command, new Fault.CutReply(after));
            assertThatThrownBy(() -> balancer().read(LIMIT)).as(command + " after " + after)
                    .isInstanceOfSatisfying(LinkFault.class, fault -> assertThat(fault.isPermanent()).isFalse());
        }
        assertThat(balancer().read(LIMIT).servers()).hasSize(3);
    }

    @Test
    @Promise(5)
    void aListOfWorkersCutBeforeTheOldOnesIsNotReadAsNoOldWorker() throws Exception {
        for (int after : new int[]{0, 20, 100, 200}) {
            Objects.requireNonNull(master).next("show proc", new Fault.CutReply(after));
            assertThatThrownBy(() -> balancer().read(LIMIT)).isInstanceOf(LinkFault.class);
        }
        assertThat(balancer().read(LIMIT).oldSessions()).isEmpty();
    }

    @Test
    @Promise(1)
    void closingSessionsClaimsNothingWhenTheListOfThemIsLost() throws Exception {
        runtime().next("show sess", new Fault.LostReply());
        assertThat(balancer().send(new Order.CloseSessions("ws-1", "edge", 10, 1006),
                new Call("op", "test", "", Instant.now().plusSeconds(5)))).isInstanceOf(Reply.Refused.class);
    }

    /// HAProxy gives the place of a session that has ended to the next one: as if that had happened after the list was read, the list here is
    /// that of another server.
    @Test
    void aSessionThatIsOnAnotherServerByThenIsNotClosed() throws Exception {
        try (var client = new LabClient("ws://127.0.0.1:" + lab().edge.front + "/ws")) {
            await().atMost(Duration.ofSeconds(10)).until(client::connected);
            var there = client.node();
            var other = Lab.NODES.stream().filter(node -> !node.equals(there)).findFirst().orElseThrow();
            var list = lab().edge.runtime("show sess").replace("srv=" + Lab.server(there), "srv=" + Lab.server(other));
            runtime().next("show sess", new Fault.Nonsense(list));
            var reply = balancer().send(new Order.CloseSessions(other, "edge", 10, 1006),
                    new Call("op", "test", "", Instant.now().plusSeconds(5)));

            assertThat(list).contains("srv=" + Lab.server(other));
            assertThat(reply).isEqualTo(new Reply.Accepted("closed 0 sessions"));
            assertThat(runtime().asked("shutdown session")).isZero();
            assertThat(client.connects()).isOne();
        }
    }

    @Test
    void theSessionsOfAServerAreClosed() throws Exception {
        try (var client = new LabClient("ws://127.0.0.1:" + lab().edge.front + "/ws")) {
            await().atMost(Duration.ofSeconds(10)).until(client::connected);
            var reply = balancer().send(new Order.CloseSessions(client.node(), "edge", 10, 1006),
                    new Call("op", "test", "", Instant.now().plusSeconds(5)));

            assertThat(reply).isEqualTo(new Reply.Accepted("closed 1 sessions"));
            await().atMost(Duration.ofSeconds(10)).until(() -> client.connects() == 2);
        }
    }
}
