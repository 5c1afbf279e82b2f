package io.lockkeeper.domain.history;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;

/// Episodes as whoever watches remembers them, and as they were kept, in one list: newest first.
public record EpisodeTrail(List<Told> episodes) {
    public static final EpisodeTrail NONE = new EpisodeTrail(List.of());
    private static final Comparator<Told> NEWEST_FIRST = Comparator.comparing((Told told) -> told.episode().lostAt()).reversed()
            .thenComparing(told -> told.episode().client());

    /// @param live as it is remembered now: one that is open is known to be out
    public record Told(KeptEpisode episode, boolean live) {
        /// Nobody remembers it, and nobody wrote down how it ended.
        public boolean unknownEnd() {
            return !live && episode.end() == KeptEpisode.End.OPEN;
        }

        public boolean out() {
            return live && episode.end() == KeptEpisode.End.OPEN;
        }
    }

    private record Key(String client, Instant lostAt) {
        static Key of(KeptEpisode episode) {
            return new Key(episode.client(), episode.lostAt().truncatedTo(ChronoUnit.MILLIS)); // as they are kept
        }
    }

    public EpisodeTrail {
        episodes = List.copyOf(episodes);
    }

    /// What is remembered goes before what was kept of the same.
    public static EpisodeTrail of(List<KeptEpisode> remembered, List<KeptEpisode> kept) {
        var all = new HashMap<Key, Told>();
        kept.forEach(episode -> all.put(Key.of(episode), new Told(episode, false)));
        remembered.forEach(episode -> all.put(Key.of(episode), new Told(episode, true)));
        return new EpisodeTrail(all.values().stream().sorted(NEWEST_FIRST).toList());
    }

    public EpisodeTrail only(EpisodeFilter filter, Instant now) {
        return new EpisodeTrail(episodes.stream().filter(told -> filter.takes(told, now)).toList());
    }

    public EpisodeTrail newest(int most) {
        return new EpisodeTrail(episodes.subList(0, Math.min(most, episodes.size())));
    }

    /// As `lockkeeper episodes` writes it, in the order of time.
    public String csv(String environment) {
        var text = new StringBuilder(Csv.line(EpisodeColumns.NAMES)).append('\n');
        episodes.reversed().forEach(told -> text.append(Csv.line(EpisodeColumns.of(environment, told.episode()).values()))
                .append('\n'));
        return text.toString();
    }
}
