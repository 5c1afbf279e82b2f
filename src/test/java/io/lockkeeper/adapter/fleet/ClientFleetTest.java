package io.lockkeeper.adapter.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lockkeeper.domain.client.ClientEvent;
import io.lockkeeper.domain.client.ClientRole;
import io.lockkeeper.domain.client.Continuity;
import io.lockkeeper.domain.client.Continuity.SessionKept;
import io.lockkeeper.domain.client.Failure;
import io.lockkeeper.domain.client.Failure.Cause;
import io.lockkeeper.domain.client.Loss;
import io.lockkeeper.fleet.ServerProcess;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The fleet on real sockets against a neutral server in its own process: everything that is done to it is counted on both sides.
@Timeout(60)
class ClientFleetTest {
    private static final int CLIENTS = 20;

    @AfterEach
    void noThreadIsLeftBehind() {
        await().atMost(Duration.ofSeconds(10)).until(() -> Thread.getAllStackTraces().keySet().stream().map(Thread::getName)
                .noneMatch(name -> name.startsWith("clients-")));
    }

    private static String url(ServerProcess server) {
        return "ws://127.0.0.1:" + server.port() + "/ws";
    }

    @Test
    void everyLossAndEveryReturnIsCountedAndNothingIsLeftBehind() throws Exception {
        try (var server = new ServerProcess(0)) {
            try (var fleet = new TestFleet(TestFleet.spec(url(server), CLIENTS, 0, 6))) {
                assertThat(fleet.untilConnected().opened()).isEqualTo(CLIENTS);
                server.order("send 3");
                server.order("close 1012");
                fleet.until(now -> now.back() == CLIENTS);
                server.order("reset");
                var all = fleet.until(now -> now.back() == 2 * CLIENTS);

                assertThat(all.losses()).isEqualTo(Map.of(Loss.closed(1012), 20L, Loss.of(Loss.Way.CUT), 20L));
                assertThat(all.connected()).isEqualTo(CLIENTS);
                assertThat(all.keptSessions()).isEqualTo(2 * CLIENTS).isEqualTo(server.count("resumed"));
                assertThat(all.outages().count()).isEqualTo(2 * CLIENTS);
                assertThat(all.failures()).isEmpty();
                assertThat(all.lostMessages() + all.duplicatedMessages()).isZero();
                assertThat(server.count("open")).isEqualTo(CLIENTS);
                fleet.stop();
                assertThat(fleet.events(ClientEvent.Left.class)).hasSize(CLIENTS);
                assertThat(fleet.reading().connected()).isZero();
                noSecretIn(fleet);
            }
            await().until(() -> server.count("open") == 0);
            assertThat(server.count("goodbyes")).isEqualTo(CLIENTS);
        }
    }

    private static void noSecretIn(TestFleet fleet) {
        assertThat(fleet.events().toString()).doesNotContain("secret-").doesNotContain(TestFleet.PASSWORD);
    }

    @Test
    void anOutageIsCountedFromTheLossWithEveryFailedAttemptInIt() throws Exception {
        var server = new ServerProcess(0);
        try (var fleet = new TestFleet(TestFleet.spec(url(server), CLIENTS, 0, 6))) {
            fleet.untilConnected();
            long killed = System.nanoTime();
            server.kill();
            fleet.until(now -> now.failed() > 2 * CLIENTS);
            try (var again = new ServerProcess(server.port())) {
                var all = fleet.until(now -> now.back() == CLIENTS);
                long out = System.nanoTime() - killed;

                assertThat(all.lost()).isEqualTo(CLIENTS);
                assertThat(all.failures().keySet()).contains(Failure.of(Cause.REFUSED))
                        .isSubsetOf(Failure.of(Cause.REFUSED), Failure.of(Cause.CUT)); // cut: it still listened when it died
                assertThat(all.outages().max()).isBetween(Duration.ofMillis(100), Duration.ofNanos(out));
                assertThat(again.count("resumed")).isEqualTo(CLIENTS);
                assertThat(fleet.events(ClientEvent.Failed.class))
                        .allSatisfy(failed -> assertThat(failed.begun()).isAfterOrEqualTo(failed.meant()));
                assertThat(fleet.events(ClientEvent.Failed.class)).hasSize((int) all.failed());
            }
        }
    }

    @Test
    void whatIsLostOrComesTwiceIsSeenByItsNumber() throws Exception {
        try (var server = new ServerProcess(0); var fleet = new TestFleet(TestFleet.spec(url(server), 2, 0, 6))) {
            fleet.untilConnected();
            for (var order : new String[]{"send 2", "skip", "skip", "send 1", "twice", "send 1"}) {
                server.order(order);
            }
            var all = fleet.until(now -> now.lostMessages() == 4 && now.duplicatedMessages() == 2);

            assertThat(fleet.events(ClientEvent.Gap.class)).hasSize(4);
            assertThat(all.lost()).isZero();
        }
    }

    @Test
    void aSessionThatIsGoneIsSaidToBeLost() throws Exception {
        try (var server = new ServerProcess(0); var fleet = new TestFleet(TestFleet.spec(url(server), 3, 0, 6))) {
            fleet.untilConnected();
            server.order("send 5");
            server.order("forget");
            server.order("close 1001");
            var all = fleet.until(now -> now.back() == 3);
            server.order("send 1");

            assertThat(all.lostSessions()).isEqualTo(3);
            assertThat(fleet.events(ClientEvent.Back.class)).extracting(ClientEvent.Back::continuity)
                    .containsOnly(new Continuity(SessionKept.LOST, 0, 0));
            assertThat(fleet.reading().lostMessages() + fleet.reading().duplicatedMessages()).isZero();
        }
    }

    @Test
    void aServiceThatRefusesIsAskedAgainAndItsStatusKept() throws Exception {
        try (var server = new ServerProcess(0)) {
            server.order("refuse 503");
            try (var fleet = new TestFleet(TestFleet.spec(url(server), 3, 0, 6))) {
                fleet.until(now -> now.failed() >= 6);
                server.order("refuse 0");
                var all = fleet.untilConnected();

                assertThat(all.failures().keySet()).containsExactly(new Failure(Cause.STATUS, 503));
                assertThat(all.failed()).isEqualTo(server.count("refused"));
                assertThat(all.lost() + all.back()).isZero();
            }
        }
    }

    @Test
    void aResumeThatIsRefusedForGoodEndsInANewSession() throws Exception {
        try (var server = new ServerProcess(0); var fleet = new TestFleet(TestFleet.spec(url(server), 2, 0, 6))) {
            fleet.untilConnected();
            server.order("refuse 410");
            server.order("close 1012");
            await().until(() -> fleet.events(ClientEvent.Failed.class).stream().map(ClientEvent::client).distinct().count() == 2);
            server.order("refuse 0");

            assertThat(fleet.until(now -> now.back() == 2).lostSessions()).isEqualTo(2);
            assertThat(server.count("opened")).isEqualTo(4);
        }
    }

    @Test
    void aServerThatFallsSilentIsGivenUp() throws Exception {
        var limit = Duration.ofMillis(600);
        try (var server = new ServerProcess(0);
                var fleet = new TestFleet(TestFleet.impatient(TestFleet.spec(url(server), 2, 0, 6), limit))) {
            fleet.untilConnected();
            server.order("silent");

            assertThat(fleet.until(now -> now.lost() >= 2).losses()).containsKey(Loss.of(Loss.Way.SILENT));
        }
    }

    @Test
    void cyclersCloseAndComeBackWithinTheirBudgetAndSentinelsNever() throws Exception {
        long begun = System.nanoTime(); // cyclers do not wait for the rest of the fleet
        try (var server = new ServerProcess(0); var fleet = new TestFleet(TestFleet.spec(url(server), 2, 2, 240))) {
            fleet.untilConnected();
            var all = fleet.until(now -> now.cycles().count() >= 6);
            long most = Duration.ofNanos(System.nanoTime() - begun).toMillis() / 250 + 2;

            assertThat(all.losses().keySet()).containsExactly(Loss.of(Loss.Way.ON_PURPOSE));
            assertThat(all.cycles().count()).isLessThanOrEqualTo(most);
            assertThat(all.outages().count() + all.lost()).isZero();
            assertThat(all.keptSessions()).isEqualTo(all.back());
            assertThat(fleet.events(ClientEvent.Lost.class)).allMatch(lost -> lost.role() == ClientRole.CYCLER);
        }
    }

    @Test
    void aHostThatNobodyKnowsAndAPortThatNobodyListensOnAreNamed() throws Exception {
        int free;
        try (var server = new ServerProcess(0)) {
            free = server.port();
        }
        try (var fleet = new TestFleet(TestFleet.spec("ws://127.0.0.1:" + free + "/", 1, 0, 6));
                var lost = new TestFleet(TestFleet.spec("ws://nowhere.invalid/", 1, 0, 6))) {
            assertThat(fleet.until(now -> now.failed() > 1).failures()).containsOnlyKeys(Failure.of(Cause.REFUSED));
            assertThat(lost.until(now -> now.failed() > 1).failures()).containsOnlyKeys(Failure.of(Cause.UNKNOWN_HOST));
        }
    }
}
