package io.lockkeeper.adapter.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.lockkeeper.demo.Ports;
import io.lockkeeper.demo.DemoService;
import io.lockkeeper.domain.environment.Capability;
import io.lockkeeper.domain.environment.SecretRef;
import io.lockkeeper.domain.environment.ServiceSpec;
import io.lockkeeper.domain.fleet.AdminState;
import io.lockkeeper.domain.fleet.NodeReading;
import io.lockkeeper.domain.fleet.ObservedState;
import io.lockkeeper.domain.fleet.ProcessState;
import io.lockkeeper.domain.fleet.SessionEvent;
import io.lockkeeper.domain.fleet.SessionRoll;
import io.lockkeeper.domain.run.Order;
import io.lockkeeper.port.Balancer;
import io.lockkeeper.port.Call;
import io.lockkeeper.port.EventFeed;
import io.lockkeeper.port.LinkFault;
import io.lockkeeper.port.Reply;
import io.lockkeeper.port.Secret;
import io.lockkeeper.port.Secrets;
import io.lockkeeper.port.Time;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Against the real demo service, reached as any other service is.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ServiceContactTest {
    private static final Duration LIMIT = Duration.ofSeconds(3);
    private static final List<String> NODES = List.of("ws-1", "ws-2", "ws-3");
    private static final Time TIME = new Time() {
        @Override
        public Instant now() {
            return Instant.now();
        }

        @Override
        public long ticks() {
            return System.nanoTime();
        }
    };

    @TempDir
    static Path folder;

    private final HttpClient client = HttpClient.newHttpClient();
    private final List<String> words = new CopyOnWriteArrayList<>();
    private final AtomicInteger ops = new AtomicInteger();
    private @Nullable DemoService demo;
    private String token = "";
    private String admin = "";
    private String feedAddress = "";

    @BeforeAll
    void start() throws IOException {
        demo = DemoService.start(folder, 11, 9, Duration.ofMinutes(2));
        var file = json(Files.readString(folder.resolve("demo.json")));
        token = file.path("token").asString();
        admin = file.path("admin").asString();
        feedAddress = file.path("feed").asString();
    }

    @AfterAll
    void stop() {
        if (demo != null) {
            demo.close();
        }
        client.shutdownNow();
    }

    @BeforeEach
    void putBack() throws Exception {
        words.clear();
        for (var node : NODES) {
            var view = contact().view();
            await().atMost(Duration.ofSeconds(10)).until(() -> Boolean.TRUE.equals(view.read(node, LIMIT).ready()));
            balancer().send(new Order.Enable(node, "front"), call());
        }
        await().until(() -> sessions() == 9 && json(get("/v1/clients")).path("connected").asInt() == 9); // a connection is no session yet
    }

    private long sessions() throws Exception {
        return balancer().read(LIMIT).servers().values().stream().mapToLong(server -> server.sessions()).sum();
    }

    @AfterEach
    void noSecretInAnyWord() {
        assertThat(words).allSatisfy(word -> assertThat(word).doesNotContain(token));
    }

    @Test
    void theBalancerTellsOfEveryNodeAndOfItsOwnLife() throws Exception {
        var balancer = balancer();

        var reading = balancer.read(LIMIT);

        assertThat(balancer.name()).isEqualTo("front");
        assertThat(balancer.capabilities()).containsExactlyInAnyOrder(Capability.DRAIN, Capability.SHARE,
                Capability.CLOSE_SESSIONS);
        assertThat(balancer.closeCode()).isEqualTo(1012);
        assertThat(reading.generation()).isNotEmpty();
        assertThat(reading.seesOldGenerations()).isTrue();
        assertThat(reading.servers()).containsOnlyKeys("ws-1", "ws-2", "ws-3").allSatisfy((_, server) -> {
            assertThat(server.admin()).isEqualTo(AdminState.ENABLED);
            assertThat(server.observed()).isEqualTo(ObservedState.UP);
            assertThat(server.normalWeight()).isEqualTo(100);
        });
    }

    @Test
    void aReloadShowsAsAnotherLifeThatForgotItsOrdersAndLeftSessionsBehind() throws Exception {
        var balancer = balancer();
        balancer.send(new Order.Drain("ws-2", "front"), call());
        var before = balancer.read(LIMIT);
        assertThat(before.servers().get("ws-2")).isNotNull().extracting(server -> server.admin()).isEqualTo(AdminState.DRAINED);

        fault("{\"balancer\":\"reload\"}");

        var after = balancer.read(LIMIT);
        assertThat(after.generation()).isNotEqualTo(before.generation());
        assertThat(after.servers().get("ws-2")).isNotNull().extracting(server -> server.admin()).isEqualTo(AdminState.ENABLED);
        assertThat(after.sessions("ws-2")).isEqualTo(before.sessions("ws-2"));
        for (var node : NODES) {
            contact().lifecycle().send(new Order.Restart(node), call());
        }
        await().atMost(Duration.ofSeconds(15)).until(() -> balancer().read(LIMIT).oldSessions().values().stream()
                .allMatch(left -> left == 0));
    }

    @Test
    void ordersAreTakenOnceAndReadBack() throws Exception {
        var balancer = balancer();
        var drain = new Order.Drain("ws-1", "front");
        var once = call();

        assertThat(balancer.send(drain, once)).isInstanceOf(Reply.Accepted.class);
        assertThat(balancer.send(drain, once)).as("the first may have been carried out").isInstanceOf(Reply.NoAnswer.class);
        assertThat(balancer.send(new Order.Share("ws-3", "front", 25), call())).isInstanceOf(Reply.Accepted.class);
        assertThat(balancer.send(new Order.CloseSessions("ws-1", "front", 100, 1013), call())).isInstanceOf(Reply.Accepted.class);

        await().until(() -> balancer.read(LIMIT).sessions("ws-1") == 0);
        var servers = balancer.read(LIMIT).servers();
        assertThat(servers.get("ws-1")).isNotNull().extracting(server -> server.admin()).isEqualTo(AdminState.DRAINED);
        assertThat(servers.get("ws-3")).isNotNull().extracting(server -> server.weight()).isEqualTo(25);
        balancer.send(new Order.Share("ws-3", "front", 100), call());
        var taken = json(get("/v1/ops"));
        assertThat(taken.toString()).contains(once.op(), "Ren%C3%A9e", "CHG-1");
    }

    @Test
    void aDeployIsAnotherLifeAndAnotherVersion() throws Exception {
        var contact = contact();
        var before = contact.view().read("ws-3", LIMIT);

        assertThat(contact.lifecycle().send(new Order.Deploy("ws-3", "v2"), call())).isInstanceOf(Reply.Accepted.class);

        var after = new AtomicReference<NodeReading>(before);
        await().atMost(Duration.ofSeconds(10)).until(() -> {
            after.set(contact.view().read("ws-3", LIMIT));
            return after.get().isOtherLifeThan(before) && Boolean.TRUE.equals(after.get().ready());
        });
        assertThat(after.get().version()).isEqualTo("v2");
        assertThat(after.get().name()).isEqualTo("ws-3");
        assertThat(after.get().environment()).isEqualTo("demo");
        assertThat(contact.lifecycle().read(LIMIT).get("ws-3")).isNotNull()
                .satisfies(process -> assertThat(process.state()).isEqualTo(ProcessState.RUNNING))
                .satisfies(process -> assertThat(process.claimedVersion()).isEqualTo("v2"));
        assertThat(contact.lifecycle().logTail("ws-3", 20, LIMIT)).contains("v2");
        contact.lifecycle().send(new Order.Deploy("ws-3", "v1"), call());
        await().atMost(Duration.ofSeconds(10)).until(() -> "v1".equals(contact.view().read("ws-3", LIMIT).version()));
    }

    @Test
    void refusedUnansweredAndNeverSentAreThreeDifferentReplies() throws Exception {
        var lifecycle = contact().lifecycle();
        var balancer = balancer();

        assertThat(said(lifecycle.send(new Order.Deploy("ws-1", "v9"), call()))).startsWith("Refused").contains("v9");
        fault("{\"refuse\":1}");
        assertThat(said(balancer.send(new Order.Enable("ws-1", "front"), call())))
                .isEqualTo("Refused refused, as a test asked for");
        fault("{\"swallowReplies\":1}");
        assertThat(said(balancer.send(new Order.Enable("ws-1", "front"), call()))).startsWith("NoAnswer").contains("cut off");
        fault("{\"delayMillis\":3000}");
        var hurried = new Call("hurried-" + ops.incrementAndGet(), "ada", "", Instant.now().plusMillis(300));
        assertThat(said(balancer.send(new Order.Enable("ws-1", "front"), hurried))).startsWith("NoAnswer no full answer");
        fault("{\"delayMillis\":0}");
        var late = new Call("late", "ada", "", Instant.now().minusSeconds(1));
        assertThat(said(balancer.send(new Order.Enable("ws-1", "front"), late))).startsWith("Refused not sent");
        var nobody = contact("http://127.0.0.1:" + Ports.free(), token);
        assertThat(said(nobody.lifecycle().send(new Order.Restart("ws-1"), call())))
                .startsWith("Refused not sent: connection refused");
        assertThat(get("/v1/ops")).doesNotContain("\"late\"");
    }

    @Test
    void aWrongTokenIsPermanentEverywhereAndNotShown() throws Exception {
        var wrong = contact(admin, "wrong-token");

        var fault = fault(() -> wrong.view().read("ws-1", LIMIT));
        assertThat(fault.isPermanent()).isTrue();
        assertThat(fault.why()).startsWith("wrong credentials for " + admin).contains("environment variable TOKEN")
                .doesNotContain("wrong-token");
        assertThat(said(wrong.lifecycle().send(new Order.Restart("ws-1"), call()))).startsWith("Refused wrong credentials");
        var listener = new Heard();
        wrong.feed().orElseThrow().open(listener);
        await().until(() -> listener.ended.get() != null);
        assertThat(listener.ended.get()).isNotNull().matches(LinkFault::isPermanent);
        assertThat(listener.joined).isEmpty();
    }

    @Test
    void aNodeThatTheServiceDoesNotKnowIsAPermanentFault() {
        var contact = new ServiceContact(spec(admin), List.of("ws-1", "ws-9"), client, secrets(token), TIME);

        var fault = fault(() -> contact.lifecycle().read(LIMIT));

        assertThat(fault.isPermanent()).isTrue();
        assertThat(fault.why()).isEqualTo("the service does not know ws-9; its nodes are ws-1, ws-2, ws-3");
    }

    @Test
    void theFeedTellsWhoIsThereAndThenEveryMove() throws Exception {
        var listener = new Heard();
        try (var _ = contact().feed().orElseThrow().open(listener)) {
            await().until(() -> !listener.joined.isEmpty());
            assertThat(listener.joined).hasSize(1).first().asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
                    .hasSize(9);
            var busy = NODES.stream().max(Comparator.comparingInt(node -> listener.roll.get().on(node).size())).orElseThrow();
            var onOne = listener.roll.get().on(busy);
            assertThat(onOne).isNotEmpty();

            balancer().send(new Order.Drain(busy, "front"), call());
            balancer().send(new Order.CloseSessions(busy, "front", 100, 1012), call());

            await().atMost(Duration.ofSeconds(10)).until(() -> onOne.stream().allMatch(id -> {
                var place = listener.roll.get().places().get(id);
                return place != null && place.open() && !place.node().equals(busy);
            }));
            assertThat(listener.events).filteredOn(SessionEvent.Resumed.class::isInstance).isNotEmpty();
            assertThat(listener.events).filteredOn(SessionEvent.Closed.class::isInstance)
                    .allSatisfy(event -> assertThat(((SessionEvent.Closed) event).code()).isEqualTo(1012));
        }
        await().until(() -> listener.ended.get() != null);
        assertThat(listener.ended.get()).isNotNull().extracting(LinkFault::why).isEqualTo("closed by Lockkeeper");
    }

    @Test
    void readersWithin200MillisShareOneRequestAndNeverAcrossAnOrder() throws Exception {
        var lists = new AtomicInteger();
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/nodes", exchange -> {
            var list = exchange.getRequestMethod().equals("GET");
            var body = list
                    ? "[{\"node\":\"ws-1\",\"admin\":\"enabled\",\"observed\":\"up\",\"weight\":100,\"sessions\":"
                            + lists.incrementAndGet()
                            + ",\"connections\":" + lists.get() + "}]"
                    : "{}";
            exchange.sendResponseHeaders(list ? 200 : 202, body.length());
            exchange.getResponseBody().write(body.getBytes(java.nio.charset.StandardCharsets.UTF_8));
            exchange.close();
        });
        server.start();
        var clock = new AtomicReference<>(Duration.ZERO);
        var time = new Time() {
            @Override
            public Instant now() {
                return Instant.EPOCH.plus(clock.get());
            }

            @Override
            public long ticks() {
                return clock.get().toNanos();
            }
        };
        var url = "http://127.0.0.1:" + server.getAddress().getPort();
        var contact = new ServiceContact(spec(url), List.of("ws-1"), client, secrets(token), time);

        contact.lifecycle().read(LIMIT);
        clock.set(Duration.ofMillis(150));
        assertThat(contact.view().read("ws-1", LIMIT).connections()).isEqualTo(1);
        assertThat(contact.lifecycle().send(new Order.Restart("ws-1"), new Call("a", "b", "c", Instant.EPOCH.plusSeconds(9))))
                .isInstanceOf(Reply.Accepted.class);
        assertThat(contact.view().read("ws-1", LIMIT).connections()).isEqualTo(2);
        clock.set(Duration.ofMillis(351));
        assertThat(contact.view().read("ws-1", LIMIT).connections()).isEqualTo(3);
        server.stop(0);
    }

    @Test
    void aLiteralNamesTheSecretAndDoesNotShowIt() {
        var literal = balancer().literal(new Order.CloseSessions("ws-1", "front", 5, 1012));

        assertThat(literal.lines()).hasSize(3).first().asString().contains("Bearer $TOKEN",
                "Lockkeeper-Op: by-hand-closeSessions-ws-1",
                admin + "/v1/nodes/ws-1/close", "\"perSecond\":5", "\"code\":1012");
        assertThat(literal.lines().toList().getLast()).endsWith("/v1/nodes/ws-1");
        words.add(literal);
    }

    private static final class Heard implements EventFeed.Listener {
        private final List<List<SessionEvent>> joined = new CopyOnWriteArrayList<>();
        private final List<SessionEvent> events = new CopyOnWriteArrayList<>();
        private final AtomicReference<SessionRoll> roll = new AtomicReference<>(SessionRoll.EMPTY);
        private final AtomicReference<@Nullable LinkFault> ended = new AtomicReference<>();

        @Override
        public void joined(List<SessionEvent> current) {
            current.forEach(event -> roll.updateAndGet(before -> before.on(event)));
            joined.add(current);
        }

        @Override
        public void event(SessionEvent event) {
            events.add(event);
            roll.updateAndGet(before -> before.on(event));
        }

        @Override
        public void heard() {}

        @Override
        public void ended(LinkFault why) {
            ended.set(why);
        }
    }

    private interface Reading {
        Object read() throws Exception;
    }

    private LinkFault fault(Reading reading) {
        var caught = new ArrayList<LinkFault>();
        assertThatExceptionOfType(LinkFault.class).isThrownBy(reading::read).satisfies(caught::add);
        words.add(caught.getFirst().toString() + caught.getFirst().getCause());
        return caught.getFirst();
    }

    private String said(Reply reply) {
        var text = switch (reply) {
            case Reply.Accepted(var what) -> "Accepted " + what;
            case Reply.Refused(var why) -> "Refused " + why;
            case Reply.NoAnswer(var why) -> "NoAnswer " + why;
        };
        words.add(text);
        return text;
    }

    private Call call() {
        return new Call("op-" + ops.incrementAndGet(), "Renée", "CHG-1\nsecond line", Instant.now().plusSeconds(10));
    }

    private Balancer balancer() {
        return contact().balancer("front");
    }

    private ServiceContact contact() {
        return contact(admin, token);
    }

    private ServiceContact contact(String url, String secret) {
        return new ServiceContact(spec(url), NODES, client, secrets(secret), TIME);
    }

    private ServiceSpec spec(String url) {
        return new ServiceSpec(url, feedAddress, new SecretRef.Env("TOKEN"), Duration.ofSeconds(60));
    }

    private static Secrets secrets(String secret) {
        return _ -> new Secret(secret);
    }

    private void fault(String body) throws Exception {
        var request = request("/v1/faults").POST(HttpRequest.BodyPublishers.ofString(body)).build();
        assertThat(client.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
    }

    private String get(String path) throws Exception {
        return client.send(request(path).build(), BodyHandlers.ofString()).body();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(admin + path)).header("Authorization", "Bearer " + token);
    }

    private static JsonNode json(String text) {
        return JsonMapper.builder().build().readTree(text);
    }
}
