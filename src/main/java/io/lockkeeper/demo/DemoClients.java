package io.lockkeeper.demo;

import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The users of the demo. Each has its own sequence of chance, so the seed alone decides when it comes back.
final class DemoClients {
    private static final int ARRIVE_WITHIN_MILLIS = 400;
    private static final int SILENCE_CHECK_MILLIS = 500;

    private final int size;
    private final ScheduledExecutorService clock;
    private final ClientCounters counters = new ClientCounters();
    private volatile List<DemoClient> clients = List.of();
    private @Nullable HttpClient http;
    private boolean stopped;

    DemoClients(int size, ScheduledExecutorService clock) {
        this.size = size;
        this.clock = clock;
    }

    /// Takes a moment (the HTTP client loads its cryptography), so it is best called when all else is ready.
    void start(String front, long seed) {
        var fresh = HttpClient.newBuilder().executor(Executors.newVirtualThreadPerTaskExecutor()).build();
        synchronized (this) {
            if (!stopped) {
                http = fresh;
                arrive(fresh, front, seed);
            }
        }
    }

    private void arrive(HttpClient through, String front, long seed) {
        var all = new ArrayList<DemoClient>();
        for (int i = 0; i < size; i++) {
            var random = new Random(seed * 1_000_003 + i);
            var client = new DemoClient(through, front, random, counters, clock);
            all.add(client);
            var _ = clock.schedule(client::connect, random.nextInt(ARRIVE_WITHIN_MILLIS), TimeUnit.MILLISECONDS);
        }
        clients = List.copyOf(all);
        var _ = clock.scheduleAtFixedRate(() -> clients.forEach(DemoClient::checkSilence), SILENCE_CHECK_MILLIS,
                SILENCE_CHECK_MILLIS,
                TimeUnit.MILLISECONDS);
    }

    synchronized void stop() {
        stopped = true;
        clients.forEach(DemoClient::stop);
        if (http != null) {
            http.shutdownNow();
        }
    }

    Map<String, @Nullable Object> fields() {
        return Json.object("clients", size, "connected", clients.stream().filter(DemoClient::connected).count(), "reconnects",
                counters.reconnects().get(), "lostMessages", counters.lostMessages().get(), "duplicatedMessages",
                counters.duplicatedMessages().get(), "lostSessions", counters.lostSessions().get(), "failedAttempts",
                counters.failedAttempts().get());
    }
}
