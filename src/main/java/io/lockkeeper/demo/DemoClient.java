package io.lockkeeper.demo;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// One user of the service: keeps its session across connections, comes back by itself, and counts every message that is missing or comes twice.
final class DemoClient {
    private static final int BASE_MILLIS = 250;
    private static final int CAP_MILLIS = 5000;
    private static final int MOST_DOUBLINGS = 5;
    private static final long SILENT_NANOS = TimeUnit.SECONDS.toNanos(3);
    private static final int HANDSHAKE_SECONDS = 15;

    private final HttpClient http;
    private final String front;
    private final Random random;
    private final ClientCounters counters;
    private final ScheduledExecutorService clock;
    private int life;
    private int attempt;
    private boolean established;
    private boolean returning;
    private boolean stopped;
    private @Nullable WebSocket socket;
    private @Nullable String token;
    private long last;
    private long heard;

    DemoClient(HttpClient http, String front, Random random, ClientCounters counters, ScheduledExecutorService clock) {
        this.http = http;
        this.front = front;
        this.random = random;
        this.counters = counters;
        this.clock = clock;
    }

    synchronized boolean connected() {
        return established;
    }

    synchronized void connect() {
        if (stopped) {
            return;
        }
        int mine = ++life;
        heard = System.nanoTime();
        var address = URI.create(token == null ? front : front + "?resume=" + token + "&last=" + last);
        var _ = http.newWebSocketBuilder().buildAsync(address, new Ear(mine)).orTimeout(HANDSHAKE_SECONDS, TimeUnit.SECONDS)
                .whenComplete((_, failure) -> {
                    if (failure != null) {
                        ended(mine);
                    }
                });
    }

    /// Gives up a connection on which nothing comes any more.
    synchronized void checkSilence() {
        var open = socket;
        if (open != null && System.nanoTime() - heard > SILENT_NANOS) {
            open.abort();
            ended(life);
        }
    }

    synchronized void stop() {
        stopped = true;
        life++;
        established = false;
        if (socket != null) {
            socket.abort();
        }
    }

    private synchronized boolean opened(int mine, WebSocket opened) {
        if (mine != life) {
            return false;
        }
        socket = opened;
        heard = System.nanoTime();
        return true;
    }

    private synchronized boolean needsHello() {
        return token == null;
    }

    private synchronized void ended(int mine) {
        if (mine != life || stopped) {
            return;
        }
        life++;
        if (!established) {
            counters.failedAttempts().incrementAndGet();
        }
        established = false;
        socket = null;
        int most = Math.min(CAP_MILLIS, BASE_MILLIS << Math.min(attempt, MOST_DOUBLINGS));
        attempt++;
        var _ = clock.schedule(this::connect, random.nextInt(most + 1), TimeUnit.MILLISECONDS);
    }

    private synchronized void heard(int mine, String text) {
        if (mine != life) {
            return;
        }
        heard = System.nanoTime();
        var message = Json.parseObject(text);
        if (message.has("session")) {
            welcomed(message);
        } else {
            count(message.path("seq").asLong(last));
        }
    }

    private void welcomed(JsonNode answer) {
        token = answer.path("token").asString("");
        if (!answer.path("kind").asString("").equals("resumed")) {
            last = 0;
        }
        if (answer.path("kind").asString("").equals("lost")) {
            counters.lostSessions().incrementAndGet();
        }
        if (returning) {
            counters.reconnects().incrementAndGet();
        }
        returning = true;
        established = true;
        attempt = 0;
    }

    private void count(long seq) {
        if (seq <= last) {
            counters.duplicatedMessages().incrementAndGet();
            return;
        }
        counters.lostMessages().addAndGet(seq - last - 1);
        last = seq;
    }

    /// Hears one connection; what an earlier one still says is not listened to.
    private final class Ear implements WebSocket.Listener {
        private final int mine;
        private final StringBuilder text = new StringBuilder();

        Ear(int mine) {
            this.mine = mine;
        }

        @Override
        public void onOpen(WebSocket open) {
            if (!opened(mine, open)) {
                open.abort();
                return;
            }
            if (needsHello()) {
                var _ = open.sendText("{\"hello\":true}", true);
            }
            open.request(1);
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket open, CharSequence data, boolean whole) {
            text.append(data);
            if (whole) {
                heard(mine, text.toString());
                text.setLength(0);
            }
            open.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket open, int code, String reason) {
            ended(mine);
            return null;
        }

        @Override
        public void onError(WebSocket open, Throwable error) {
            ended(mine);
        }
    }
}
