package io.lockkeeper.adapter.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lockkeeper.Promise;
import io.lockkeeper.domain.environment.Auth;
import io.lockkeeper.domain.environment.LifecycleSpec;
import io.lockkeeper.domain.environment.SecretRef;
import io.lockkeeper.domain.environment.Template;
import io.lockkeeper.domain.fleet.ProcessReading;
import io.lockkeeper.domain.fleet.ProcessState;
import io.lockkeeper.domain.run.Order;
import io.lockkeeper.lab.Fault;
import io.lockkeeper.lab.FaultyWire;
import io.lockkeeper.lab.Lab;
import io.lockkeeper.lab.RealTime;
import io.lockkeeper.port.Call;
import io.lockkeeper.port.LinkFault;
import io.lockkeeper.port.Reply;
import io.lockkeeper.port.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/// Against a real supervisord that runs real nodes.
@TestInstance(Lifecycle.PER_CLASS)
class SupervisorLifecycleTest {
    private static final Duration LIMIT = Duration.ofSeconds(3);
    private @Nullable Lab started;

    @BeforeAll
    void startLab(@TempDir Path folder) throws Exception {
        started = new Lab(folder, 6);
    }

    @AfterAll
    void stopLab() {
        if (started != null) {
            started.close();
        }
    }

    private Lab lab() {
        return Objects.requireNonNull(started);
    }

    private SupervisorLifecycle lifecycle(String password) {
        return lifecycle(password, lab().supervisor);
    }

    private static SupervisorLifecycle lifecycle(String password, int port) {
        var spec = new LifecycleSpec.Supervisor("http://127.0.0.1:" + port + "/RPC2",
                new Auth.Basic("lk", new SecretRef.Env("LAB")),
                new TreeMap<>(Map.of("ws-1", "ws1", "ws-2", "ws2", "ws-3", "ws3")), new Template("{group}-{version}"),
                Duration.ofSeconds(20));
        return new SupervisorLifecycle(spec, _ -> new Secret(password), new RealTime());
    }

    private SupervisorLifecycle lifecycle() {
        return lifecycle(Lab.PASSWORD);
    }

    private static Call call() {
        return new Call("op", "test", "", Instant.now().plusSeconds(30));
    }

    private ProcessReading read(String node) throws Exception {
        return Objects.requireNonNull(lifecycle().read(LIMIT).get(node));
    }

    @Test
    void aRunningNodeIsReadWithItsClaimedVersion() throws Exception {
        assertThat(read("ws-3").state()).isEqualTo(ProcessState.RUNNING);
        assertThat(read("ws-3").claimedVersion()).isEqualTo("v1");
        assertThat(read("ws-3").instance()).startsWith("pid ");
    }

    @Test
    void aWrongPasswordStopsTheLinkAndNeverShowsThePassword() {
        assertThatThrownBy(() -> lifecycle("wrong-secret").read(LIMIT)).isInstanceOfSatisfying(LinkFault.class,
                fault -> assertThat(fault.isPermanent()).isTrue()).hasMessageContaining("wrong user or password")
                .hasMessageNotContaining("wrong-secret");
    }

    @Test
    void restartMakesANewProcessOfTheSameVersion() throws Exception {
        var before = read("ws-1").instance();
        assertThat(lifecycle().send(new Order.Restart("ws-1"), call())).isInstanceOf(Reply.Accepted.class);
        Awaitility.await().atMost(Duration.ofSeconds(15)).ignoreExceptions()
                .until(() -> read("ws-1").state() == ProcessState.RUNNING);
        assertThat(read("ws-1").instance()).isNotEqualTo(before);
        assertThat(read("ws-1").claimedVersion()).isEqualTo("v1");
    }

    @Test
    void deploySwitchesProgramsAndAnUnknownVersionIsRefusedBeforeAnythingStops() throws Exception {
        var before = read("ws-2").instance();
        assertThat(lifecycle().send(new Order.Deploy("ws-2", "v9"), call())).isInstanceOfSatisfying(Reply.Refused.class,
                refused -> assertThat(refused.why()).contains("ws2:ws2-v9").contains("ws2-v1"));
        assertThat(read("ws-2").instance()).isEqualTo(before);
        assertThat(lifecycle().send(new Order.Deploy("ws-2", "v2"), call())).isInstanceOf(Reply.Accepted.class);
        Awaitility.await().atMost(Duration.ofSeconds(15)).ignoreExceptions()
                .until(() -> "v2".equals(read("ws-2").claimedVersion()));
        lab().awaitReady("ws-2");
        assertThat(lifecycle().logTail("ws-2", 20, LIMIT)).isNotNull();
    }

    @Test
    void nothingOutsideTheNodesOfTheEnvironmentCanBeTouched() throws Exception {
        assertThat(lifecycle().send(new Order.Restart("platform"), call())).isInstanceOf(Reply.Refused.class);
        assertThat(lifecycle().literal(new Order.Deploy("ws-1", "v2"))).contains("ws1:ws1-v2").doesNotContain(Lab.PASSWORD);
    }

    /// supervisord answers "started" to a program that it is still stopping, and starts nothing.
    @Test
    @Promise(1)
    void anOrderAfterOneThatWasGivenUpWhileItsStopHungStartsOnlyWhatIsReallyGone() throws Exception {
        var node = lab().pid("ws-3");
        lab().signal("STOP", node);
        var hung = lifecycle().send(new Order.Deploy("ws-3", "v2"), new Call("one", "test", "", Instant.now().plusSeconds(2)));
        assertThat(hung).isInstanceOf(Reply.NoAnswer.class);
        assertThat(read("ws-3").state()).isEqualTo(ProcessState.STOPPING);
        assertThat(lifecycle().send(new Order.Deploy("ws-3", "v1"), call())).isInstanceOf(Reply.Accepted.class);
        lab().awaitReady("ws-3");
        assertThat(lab().pid("ws-3")).isNotEqualTo(node);
        assertThat(read("ws-3").claimedVersion()).isEqualTo("v1");
    }

    @Test
    @Promise(1)
    void nothingIsSentAfterTheDeadline() throws Exception {
        var before = read("ws-1").instance();
        assertThat(lifecycle().send(new Order.Restart("ws-1"), new Call("late", "test", "", Instant.now().minusMillis(1))))
                .isInstanceOfSatisfying(Reply.Refused.class, refused -> assertThat(refused.why()).contains("not sent"));
        assertThat(read("ws-1").instance()).isEqualTo(before);
    }

    @Test
    void wordsThatAreNoListOfProcessesAreAPassingFaultNotAWrongMap() {
        try (var wire = new FaultyWire(lab().supervisor)) {
            var answer = "<?xml version='1.0'?><methodResponse><params><param><value><string>hm</string></value></param></params></methodResponse>";
            wire.next("getAllProcessInfo", new Fault.Nonsense("HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nContent-Length: "
                    + answer.length() + "\r\n\r\n" + answer));
            assertThatThrownBy(() -> lifecycle(Lab.PASSWORD, wire.port()).read(LIMIT)).isInstanceOfSatisfying(LinkFault.class,
                    fault -> assertThat(fault.isPermanent()).as(fault.why()).isFalse());
        }
    }
}
