package io.lockkeeper.domain.client;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;

/// Losses of one node within 5 s are one event: ten clients that went with one node say one thing, and not ten.
public final class LossEvents {
    public static final Duration TOGETHER = Duration.ofSeconds(5);

    private LossEvents() {}

    /// How many events the losses were. The 5 s begin with an event's first loss; clients of no known node count as of one node.
    public static int among(Collection<Episode> episodes) {
        int events = 0;
        Map<String, Instant> began = new HashMap<>();
        var inOrder = episodes.stream().sorted(Comparator.comparing(Episode::lostAt)).toList();
        for (var episode : inOrder) {
            var first = began.get(episode.fromNode());
            if (first == null || Duration.between(first, episode.lostAt()).compareTo(TOGETHER) > 0) {
                began.put(episode.fromNode(), episode.lostAt());
                events++;
            }
        }
        return events;
    }

    /// `10 clients, 1 event`.
    public static String words(Collection<Episode> episodes) {
        long clients = episodes.stream().map(Episode::client).distinct().count();
        int events = among(episodes);
        return clients + (clients == 1 ? " client, " : " clients, ") + events + (events == 1 ? " event" : " events");
    }
}
