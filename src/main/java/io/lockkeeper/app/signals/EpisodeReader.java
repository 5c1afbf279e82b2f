package io.lockkeeper.app.signals;

import io.lockkeeper.app.EnvironmentAccess;
import io.lockkeeper.app.EnvironmentAccess.Unavailable;
import io.lockkeeper.domain.history.EpisodeTrail;
import io.lockkeeper.domain.history.KeptEpisode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Single episodes from both who can know of them: whoever watches, and the history. One that cannot be asked leaves what the other says.
public record EpisodeReader(EnvironmentAccess access, Archive archive) {
    /// How long a client may have been out before the time that is asked for, to be found in the history.
    private static final Duration LONGEST_OUT = Duration.ofHours(1);

    /// @param missing why some of it is not there, a sentence each without its full stop
    public record Read(Instant at, EpisodeTrail trail, List<String> missing) {
        public Read {
            missing = List.copyOf(missing);
        }
    }

    private interface Source {
        List<KeptEpisode> read() throws Unavailable, InterruptedException;
    }

    /// Blocks for an answer of the holder and a look into a file.
    public Read read(Duration span, Instant now) throws InterruptedException {
        var missing = new ArrayList<String>();
        var remembered = read(access::remembered, "what is remembered of the last hour is missing: ", missing);
        var kept = read(() -> archive.episodes(now.minus(span).minus(LONGEST_OUT), now, EnvironmentAccess.MOST_EPISODES),
                "the history is missing: ", missing);
        if (kept.size() == EnvironmentAccess.MOST_EPISODES || remembered.size() == EnvironmentAccess.MOST_EPISODES) {
            missing.add("only the newest " + EnvironmentAccess.MOST_EPISODES + " are looked at: `lockkeeper episodes` has all");
        }
        return new Read(now, EpisodeTrail.of(remembered, kept), missing);
    }

    private static List<KeptEpisode> read(Source source, String words, List<String> missing) throws InterruptedException {
        try {
            return source.read();
        } catch (Unavailable e) {
            missing.add(words + e.getMessage());
            return List.of();
        }
    }
}
