package io.lockkeeper.app.watch;

import io.lockkeeper.domain.client.Episode;
import io.lockkeeper.domain.client.Episodes;
import io.lockkeeper.domain.history.KeptEpisode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/// Which episodes have been handed over to be kept: each when it begins, so that it is known of also when this program dies, and when it ends
/// or is told anew. Episodes that were over for some minutes are told anew no more.
final class EpisodeLog {
    private static final Duration SETTLED = Duration.ofMinutes(2);

    private record Key(String client, Instant lostAt) {}

    private final Episodes episodes;
    private final Past past;
    private Map<Key, Integer> told = new HashMap<>();

    EpisodeLog(Episodes episodes, Past past) {
        this.episodes = episodes;
        this.past = past;
    }

    void tell(Instant now) {
        var still = new HashMap<Key, Integer>();
        var fresh = new ArrayList<KeptEpisode>();
        var kept = new ArrayList<Map.Entry<Key, Integer>>();
        episodes.since(now.minus(SETTLED)).forEach(episode -> {
            var key = new Key(episode.client(), episode.lostAt());
            int print = print(episode);
            var before = told.get(key);
            if (before == null || before != print) {
                fresh.add(KeptEpisode.of(episode));
                kept.add(Map.entry(key, print));
            } else {
                still.put(key, print);
            }
        });
        if (fresh.isEmpty() || past.keep(fresh)) {
            kept.forEach(one -> still.put(one.getKey(), one.getValue()));
        }
        told = still;
    }

    /// What a change of is worth writing down: attempts of one that is still out are counted when it ends.
    private static int print(Episode episode) {
        return Objects.hash(episode.scenario(), episode.over(), episode.back(), episode.open() ? 0 : episode.failed().size());
    }
}
