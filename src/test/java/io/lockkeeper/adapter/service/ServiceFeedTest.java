package io.lockkeeper.adapter.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.lockkeeper.domain.environment.SecretRef;
import io.lockkeeper.domain.environment.ServiceSpec;
import io.lockkeeper.domain.fleet.SessionEvent;
import io.lockkeeper.port.EventFeed;
import io.lockkeeper.port.LinkFault;
import io.lockkeeper.port.Secret;
import io.lockkeeper.port.Time;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.java_websocket.WebSocket;
import org.java_websocket.handshake.ClientHandshake;
import org.java_websocket.server.WebSocketServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Feeds that do not keep to the contract.
class ServiceFeedTest {
    private static final String TOKEN = "hunter2";
    private static final String AT = "\"at\":\"2026-11-24T10:00:00Z\"";

    private final HttpServer http;
    private final HttpClient client = HttpClient.newHttpClient();
    private final Feed feed = new Feed();
    private final Listener listener = new Listener();
    private volatile String listing = "[]";
    private volatile long known;

    ServiceFeedTest() throws IOException {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @BeforeEach
    void start() throws InterruptedException {
        http.createContext("/v1/sessions", exchange -> {
            var body = listing.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Lockkeeper-Feed", "" + known);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        http.start();
        feed.start();
        assertThat(feed.started.await(5, TimeUnit.SECONDS)).isTrue();
    }

    @AfterEach
    void stop() throws InterruptedException {
        feed.stop(100);
        http.stop(0);
        client.shutdownNow();
    }

    @Test
    void whatHappenedWhileTheListWasReadIsToldAfterItAndNothingTwice() {
        listing = "[{\"session\":\"s-1\",\"node\":\"ws-1\",\"since\":\"2026-11-24T09:00:00Z\"}]";
        known = 6;
        feed.say = List.of(hello(5), opened(6, "s-1"), opened(7, "s-2"));

        open(Duration.ofSeconds(5));

        await().until(() -> listener.told.size() == 3);
        assertThat(listener.told).containsExactly("joined s-1", "heard", "opened s-2");
        assertThat(feed.authorization).isEqualTo("Bearer " + TOKEN);
    }

    @Test
    void aGapInTheNumbersEndsTheFeed() {
        feed.say = List.of(hello(5), opened(6, "s-1"), opened(8, "s-2"));
        assertThat(ended(Duration.ofSeconds(5)).why()).isEqualTo("events were missed: number 8 came after 6");
    }

    @Test
    void aHeartbeatThatIsAheadMeansMissedEvents() {
        feed.say = List.of(hello(5), "{\"n\":6,\"type\":\"heartbeat\"," + AT + "}");
        assertThat(ended(Duration.ofSeconds(5)).why()).startsWith("events were missed");
    }

    @Test
    void silenceEndsTheFeedThoughTheSocketLives() {
        feed.say = List.of(hello(0));
        assertThat(ended(Duration.ofMillis(300)).why()).isEqualTo("the feed has been silent for 300ms");
        assertThat(listener.told).containsExactly("joined");
    }

    @Test
    void garbageAndAMissingHelloEndTheFeed() {
        feed.say = List.of("what?");
        assertThat(ended(Duration.ofSeconds(5)).why()).isEqualTo("the feed said something that is no event with a number");
    }

    @Test
    void aFeedThatDoesNotBeginWithHelloIsNotFollowed() {
        feed.say = List.of(opened(1, "s-1"));
        assertThat(ended(Duration.ofSeconds(5)).why()).isEqualTo("the feed does not begin with hello");
        assertThat(listener.told).isEmpty();
    }

    @Test
    void anEventWithoutItsSessionEndsTheFeed() {
        feed.say = List.of(hello(0), "{\"n\":1,\"type\":\"session.opened\",\"node\":\"ws-1\"," + AT + "}");
        assertThat(ended(Duration.ofSeconds(5)).why()).isEqualTo("the feed gives no \"session\" in session.opened");
    }

    @Test
    void typesThatAreNotKnownAreASignOfLifeAndNothingElse() {
        feed.say = List.of(hello(0), "{\"n\":1,\"type\":\"moon.rose\"}", opened(2, "s-1"));
        open(Duration.ofSeconds(5));
        await().until(() -> listener.told.size() == 3);
        assertThat(listener.told).containsExactly("joined", "heard", "opened s-1");
    }

    private static String hello(long number) {
        return "{\"n\":" + number + ",\"type\":\"hello\",\"instance\":\"i\"," + AT + "}";
    }

    private static String opened(long number, String session) {
        return "{\"n\":" + number + ",\"type\":\"session.opened\",\"node\":\"ws-1\",\"session\":\"" + session + "\"," + AT + "}";
    }

    private LinkFault ended(Duration silence) {
        open(silence);
        var fault = listener.ended.orTimeout(5, TimeUnit.SECONDS).join();
        assertThat(fault.isPermanent()).isFalse();
        assertThat(fault.toString()).doesNotContain(TOKEN);
        return fault;
    }

    private void open(Duration silence) {
        var address = "ws://127.0.0.1:" + feed.getPort() + "/feed";
        var spec = new ServiceSpec("http://127.0.0.1:" + http.getAddress().getPort(), address, new SecretRef.Env("T"),
                Duration.ofSeconds(60));
        var _ = new ServiceFeed(address, new ServiceHttp(spec, client, _ -> new Secret(TOKEN), new Time() {
            @Override
            public Instant now() {
                return Instant.now();
            }

            @Override
            public long ticks() {
                return System.nanoTime();
            }
        }), silence).open(listener);
    }

    private static final class Listener implements EventFeed.Listener {
        private final List<String> told = new CopyOnWriteArrayList<>();
        private final CompletableFuture<LinkFault> ended = new CompletableFuture<>();

        @Override
        public void joined(List<SessionEvent> current) {
            told.add(("joined " + String.join(" ", current.stream().map(SessionEvent::session).toList())).strip());
        }

        @Override
        public void event(SessionEvent event) {
            told.add("opened " + event.session());
        }

        @Override
        public void heard() {
            told.add("heard");
        }

        @Override
        public void ended(LinkFault why) {
            ended.complete(why);
        }
    }

    private static final class Feed extends WebSocketServer {
        private final CountDownLatch started = new CountDownLatch(1);
        private volatile List<String> say = List.of();
        private volatile @Nullable String authorization;

        Feed() {
            super(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
            setReuseAddr(true);
            setDaemon(true);
        }

        @Override
        public void onOpen(WebSocket client, ClientHandshake handshake) {
            authorization = handshake.getFieldValue("Authorization");
            say.forEach(client::send);
        }

        @Override
        public void onClose(WebSocket client, int code, @Nullable String reason, boolean remote) {}

        @Override
        public void onMessage(WebSocket client, String message) {}

        @Override
        public void onError(@Nullable WebSocket client, Exception e) {}

        @Override
        public void onStart() {
            started.countDown();
        }
    }
}
