package io.lockkeeper.app.watch;

import io.lockkeeper.domain.client.Episode;
import io.lockkeeper.domain.client.Episodes;
import io.lockkeeper.domain.history.KeptEpisode;
import io.lockkeeper.domain.signal.ObserverFault;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// Which episodes have been handed over to be kept: each when it begins, so that it is known of also when this program dies, and when it ends
/// or is told anew. Episodes that were over for some minutes are told anew only when a fault of Lockkeeper itself is found that they fell into, or
/// when it has ended.
final class EpisodeLog {
    private static final Duration SETTLED = Duration.ofMinutes(2);
    /// In one go; the rest a second later. A fault may touch every episode of an hour, and what waits to be written is bounded.
    static final int MOST = 10_000;

    private record Key(String client, Instant lostAt) {}

    private record Span(Instant from, Instant to) {
        static Span of(ObserverFault fault) {
            return new Span(fault.from(), fault.to());
        }
    }

    private final Episodes episodes;
    private final Past past;
    private Map<Key, Integer> told = new HashMap<>();
    private Set<Span> marked = Set.of();

    EpisodeLog(Episodes episodes, Past past) {
        this.episodes = episodes;
        this.past = past;
    }

    /// @param faults of Lockkeeper itself, as far as they are known
    /// @return whether more is left to be told, and some of it was taken
    boolean tell(Instant now, List<ObserverFault> faults) {
        var known = ObserverFault.known(faults, now);
        var still = new HashMap<Key, Integer>();
        var fresh = new ArrayList<KeptEpisode>();
        var kept = new ArrayList<Map.Entry<Key, Integer>>();
        episodes.since(since(now, known)).forEach(episode -> {
            var key = new Key(episode.client(), episode.lostAt());
            int print = print(episode, known);
            var before = told.get(key);
            if (before != null && before == print) {
                still.put(key, print);
            } else if (fresh.size() < MOST) {
                fresh.add(KeptEpisode.of(episode, known));
                kept.add(Map.entry(key, print));
            }
        });
        boolean taken = fresh.isEmpty() || past.keep(fresh);
        if (taken) {
            kept.forEach(one -> still.put(one.getKey(), one.getValue()));
        }
        told = still;
        boolean all = fresh.size() < MOST;
        if (taken && all) {
            marked = new HashSet<>(known.stream().map(Span::of).toList());
        }
        return taken && !all;
    }

    /// Back to where a fault begins that was not known of, or has ended since.
    private Instant since(Instant now, List<ObserverFault> known) {
        var settled = now.minus(SETTLED);
        return known.stream().filter(fault -> !marked.contains(Span.of(fault))).map(ObserverFault::from)
                .min(Comparator.naturalOrder()).filter(from -> from.isBefore(settled)).orElse(settled);
    }

    /// What a change of is worth writing down: attempts of one that is still out are counted when it ends.
    private static int print(Episode episode, List<ObserverFault> known) {
        return Objects.hash(episode.scenario(), episode.over(), episode.back(), episode.open() ? 0 : episode.failed().size(),
                known.stream().filter(fault -> fault.touches(episode.lostAt(), episode.over())).map(Span::of).toList());
    }
}
