package io.lockkeeper.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.WebSocketHandshakeException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoServiceTest {
    @TempDir
    Path folder;

    @Test
    void aDrainMovesNobodyByItselfAndNewConnectionsGoElsewhere() throws Throwable {
        try (var demo = new TestDemo(folder, 6)) {
            var before = demo.sessions("ws-2");

            assertThat(demo.order("ws-2", "drain", "")).isEqualTo(202);
            for (int i = 0; i < 6; i++) {
                var session = TestSession.hello(demo.field("front"));
                assertThat(session.next().path("node").asString()).isNotEqualTo("ws-2");
                session.leave();
            }

            assertThat(demo.node("ws-2").path("admin").asString()).isEqualTo("drained");
            assertThat(demo.node("ws-2").path("observed").asString()).isEqualTo("up");
            assertThat(demo.sessions("ws-2")).hasSize(2).isEqualTo(before);
            assertThat(demo.node("ws-2").path("sessions").asInt()).isEqualTo(2);
        }
    }

    @Test
    void closingAtARateMovesEveryClientWithNoMessageLostOrTwice() throws Exception {
        try (var demo = new TestDemo(folder, 9)) {
            var moving = demo.sessions("ws-2");
            demo.order("ws-2", "drain", "");

            assertThat(demo.order("ws-2", "close", "{\"perSecond\":50}")).isEqualTo(202);
            TestDemo.within(5).until(() -> demo.sessions("ws-1").size() + demo.sessions("ws-3").size() == 9);

            var elsewhere = demo.sessions("ws-1");
            elsewhere.addAll(demo.sessions("ws-3"));
            assertThat(elsewhere).containsAll(moving);
            assertThat(demo.node("ws-2").path("connections").asInt()).isZero();
            assertThat(demo.text("/metrics")).contains("ws_sessions_closed_total{node=\"ws-2\",code=\"1012\"} 3");
            assertNothingLost(demo);
        }
    }

    @Test
    void aCloseThatFoundNobodyTouchesNoLaterSession() throws Throwable {
        try (var demo = new TestDemo(folder, 0)) {
            demo.order("ws-2", "close", "{\"perSecond\":1000}");
            demo.order("ws-2", "drain", "");

            var session = TestSession.hello(demo.ws("ws-2"));
            for (int i = 0; i < 4; i++) {
                session.next();
            }
            assertThat(demo.sessions("ws-2")).hasSize(1);
            session.leave();
        }
    }

    @Test
    void newConnectionsFollowTheShares() throws Throwable {
        try (var demo = new TestDemo(folder, 0)) {
            demo.order("ws-1", "share", "{\"percent\":0}");
            demo.order("ws-2", "share", "{\"percent\":20}");
            for (int i = 0; i < 12; i++) {
                TestSession.hello(demo.field("front")).next();
            }

            assertThat(demo.node("ws-1").path("sessions").asInt()).isZero();
            assertThat(demo.node("ws-2").path("sessions").asInt()).isEqualTo(2);
            assertThat(demo.node("ws-3").path("sessions").asInt()).isEqualTo(10);

            demo.order("ws-2", "drain", "");
            demo.order("ws-3", "maintenance", "");
            assertThatThrownBy(() -> TestSession.open(demo.field("front"))).isInstanceOfSatisfying(
                    WebSocketHandshakeException.class,
                    refused -> assertThat(refused.getResponse().statusCode()).isEqualTo(503));
        }
    }

    @Test
    void aDeployEndsInANewInstanceOfTheVersionOnTheSamePortsWithNoMessageLost() throws Throwable {
        try (var demo = new TestDemo(folder, 6)) {
            var before = demo.node("ws-2");
            demo.order("ws-2", "drain", "");

            assertThat(demo.order("ws-2", "deploy", "{\"version\":\"v2\"}")).isEqualTo(202);
            assertThat(demo.order("ws-2", "restart", "")).as("while it is busy").isEqualTo(409);
            TestDemo.within(5).until(() -> demo.node("ws-2").path("version").asString().equals("v2")
                    && demo.node("ws-2").path("ready").asBoolean());

            var after = demo.node("ws-2");
            assertThat(after.path("instance")).isNotEqualTo(before.path("instance"));
            assertThat(after.path("startedAt")).isNotEqualTo(before.path("startedAt"));
            assertThat(after.path("admin").asString()).as("only enable enables").isEqualTo("drained");
            var session = TestSession.hello(demo.ws("ws-2"));
            assertThat(session.next().path("version").asString()).isEqualTo("v2");
            session.leave();
            TestDemo.within(5).until(() -> demo.client("connected") == 6);
            assertNothingLost(demo);
        }
    }

    @Test
    void clientsRefusedByABadVersionComeBackOnceItIsOutOfRotation() throws Exception {
        try (var demo = new TestDemo(folder, 6)) {
            demo.order("ws-2", "deploy", "{\"version\":\"bad\"}");
            TestDemo.within(5).until(() -> demo.node("ws-2").path("version").asString().equals("bad")
                    && demo.node("ws-2").path("ready").asBoolean());

            demo.order("ws-1", "close", "{\"perSecond\":100}");
            TestDemo.within(5).until(() -> demo.client("failedAttempts") > 0);
            demo.order("ws-2", "drain", "");

            TestDemo.within(10).until(() -> demo.client("connected") == 6);
            assertNothingLost(demo);
        }
    }

    @Test
    void aKilledNodeIsDownAndItsClientsGoOnElsewhere() throws Exception {
        try (var demo = new TestDemo(folder, 6)) {
            demo.fault("{\"kill\":\"ws-2\"}");

            TestDemo.within(5).until(() -> demo.client("reconnects") >= 2 && demo.client("connected") == 6);
            assertThat(demo.node("ws-2").path("observed").asString()).isEqualTo("down");
            assertThat(demo.node("ws-2").path("instance").isNull()).isTrue();
            assertNothingLost(demo);

            demo.order("ws-2", "start", "");
            TestDemo.within(5).until(() -> demo.node("ws-2").path("ready").asBoolean());
        }
    }

    @Test
    void aReloadedBalancerForgetsItsOrdersAndCarriesOldTunnelsOn() throws Exception {
        try (var demo = new TestDemo(folder, 6)) {
            demo.order("ws-2", "drain", "");
            demo.order("ws-1", "share", "{\"percent\":10}");
            var before = demo.get("/v1/service").path("balancer").path("instance");

            demo.fault("{\"balancer\":\"reload\"}");

            var service = demo.get("/v1/service");
            assertThat(service.path("balancer").path("instance")).isNotEqualTo(before);
            assertThat(service.path("oldSessions").path("ws-2").asInt()).isEqualTo(2);
            assertThat(demo.node("ws-2").path("admin").asString()).isEqualTo("enabled");
            assertThat(demo.node("ws-2").path("sessions").asInt()).isZero();
            assertThat(demo.node("ws-1").path("weight").asInt()).isEqualTo(100);
            assertThat(demo.sessions("ws-2")).hasSize(2);
        }
    }

    @Test
    void anOpIdIsTakenOnceAndTheLedgerCountsEveryArrival() throws Exception {
        try (var demo = new TestDemo(folder, 0)) {
            assertThat(demo.post("/v1/nodes/ws-1/drain", "", "op-a").statusCode()).isEqualTo(202);
            demo.post("/v1/nodes/ws-1/enable", "", "op-b");

            var again = demo.post("/v1/nodes/ws-1/drain", "", "op-a");

            assertThat(again.statusCode()).isEqualTo(409);
            assertThat(again.body()).isEqualTo("{\"error\":\"op already taken\"}");
            assertThat(demo.node("ws-1").path("admin").asString()).isEqualTo("enabled");
            var op = demo.get("/v1/ops").get(0);
            assertThat(op.path("op").asString()).isEqualTo("op-a");
            assertThat(op.path("actor").asString()).isEqualTo("ada");
            assertThat(op.path("verb").asString()).isEqualTo("drain");
            assertThat(op.path("times").asInt()).isEqualTo(2);
        }
    }

    @Test
    void aSwallowedReplyStandsForAnOrderThatWasCarriedOut() throws Exception {
        try (var demo = new TestDemo(folder, 0)) {
            demo.fault("{\"swallowReplies\":1}");

            assertThatThrownBy(() -> demo.order("ws-3", "drain", "")).isInstanceOf(IOException.class);

            assertThat(demo.node("ws-3").path("admin").asString()).isEqualTo("drained");
            assertThat(demo.get("/v1/ops").get(0).path("times").asInt()).as("sent once").isEqualTo(1);
            assertThat(demo.order("ws-3", "enable", "")).isEqualTo(202);
        }
    }

    @Test
    void aRefusedOrderChangesNothing() throws Exception {
        try (var demo = new TestDemo(folder, 0)) {
            demo.fault("{\"refuse\":1}");

            assertThat(demo.order("ws-3", "drain", "")).isEqualTo(409);

            assertThat(demo.node("ws-3").path("admin").asString()).isEqualTo("enabled");
            assertThat(demo.get("/v1/ops").get(0).path("status").asInt()).isEqualTo(409);
        }
    }

    @Test
    void withoutTheTokenNothingIsAnswered() throws Exception {
        try (var demo = new TestDemo(folder, 0)) {
            var bare = HttpRequest.newBuilder(URI.create(demo.field("admin") + "/v1/nodes"));
            assertThat(demo.send(bare.copy().GET()).statusCode()).isEqualTo(401);
            assertThat(demo.send(bare.copy().header("Authorization", "Bearer wrong").GET()).statusCode()).isEqualTo(401);
            assertThatThrownBy(() -> TestSession.open(demo.field("feed"))).isInstanceOfSatisfying(
                    WebSocketHandshakeException.class,
                    refused -> assertThat(refused.getResponse().statusCode()).isEqualTo(401));
        }
    }

    @Test
    void aWrongOrderIsToldWhatWasExpected() throws Exception {
        try (var demo = new TestDemo(folder, 0)) {
            assertThat(demo.post("/v1/nodes/ws-9/drain", "", "op-1").body()).contains("'ws-9' is not known", "ws-1, ws-2, ws-3");
            assertThat(demo.order("ws-9", "drain", "")).isEqualTo(404);
            assertThat(demo.order("ws-1", "explode", "")).isEqualTo(404);
            assertThat(demo.post("/v1/nodes/ws-1/share", "{\"percent\":200}", "op-2").body())
                    .contains("percent: expected a whole number from 0 to 100");
            assertThat(demo.order("ws-1", "share", "{}")).isEqualTo(400);
            assertThat(demo.order("ws-1", "close", "{\"code\":1006}")).isEqualTo(400);
            assertThat(demo.order("ws-1", "drain", "no json")).isEqualTo(400);
            assertThat(demo.post("/v1/nodes/ws-1/deploy", "{\"version\":\"v9\"}", "op-3").body()).contains("'v9' is not known",
                    "v1, v2");
            var nameless = demo.request("/v1/nodes/ws-1/drain").POST(HttpRequest.BodyPublishers.noBody());
            assertThat(demo.send(nameless).body()).contains("Lockkeeper-Op", "Lockkeeper-Actor");
            assertThat(demo.get("/v1/ops").size()).as("none of them took an op id").isZero();
        }
    }

    @Test
    void theDemoFileIsItsOwnersOnlyAndGoneAtTheEnd() throws Exception {
        var file = folder.resolve("demo.json");
        try (var demo = new TestDemo(folder, 0)) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
            assertThatThrownBy(() -> DemoService.start(folder, 7, 0, Duration.ofMinutes(1)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("runs in " + folder + " already");

            assertThat(demo.send(demo.request("/shutdown").POST(HttpRequest.BodyPublishers.noBody())).statusCode())
                    .isEqualTo(202);
            TestDemo.within(5).until(() -> Files.notExists(file));
        }
    }

    @Test
    void itEndsByItselfWhenNobodyAsksAnyMore() throws Exception {
        try (var _ = DemoService.start(folder, 7, 0, Duration.ofMillis(300))) {
            TestDemo.within(5).until(() -> Files.notExists(folder.resolve("demo.json")));
        }
    }

    private static void assertNothingLost(TestDemo demo) throws Exception {
        assertThat(demo.client("lostMessages")).isZero();
        assertThat(demo.client("duplicatedMessages")).isZero();
        assertThat(demo.client("lostSessions")).isZero();
    }
}
