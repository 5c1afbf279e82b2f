package io.lockkeeper.domain.history;

import io.lockkeeper.domain.client.Continuity.SessionKept;
import io.lockkeeper.domain.client.Episode;
import io.lockkeeper.domain.client.Failure;
import io.lockkeeper.domain.client.Scenario;
import io.lockkeeper.domain.history.EpisodeTrail.Told;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Which episodes somebody wants to see: those that meet all of it.
///
/// @param scenario `null` for any
/// @param cause of an attempt that failed; `null` for any, and for none
/// @param span how far back. One belongs to it that was lost in it, or was not over when it began
/// @param words a part of the client's name, or of a node's; empty for any
public record EpisodeFilter(@Nullable Scenario scenario, @Nullable Failure cause, Kind kind, Duration span, String words) {
    public enum Kind {
        ALL("all"),
        /// Known to be out now.
        OUT("out now"),
        /// Not back within 30 s, whether back since or not.
        FAILED("not back within 30 s"),
        /// The session, or messages, were lost or came twice.
        HARMED("lost a session or messages"),
        /// Met while Lockkeeper itself was at fault.
        DOUBTED("fault of our own");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }

    public static EpisodeFilter last(Duration span) {
        return new EpisodeFilter(null, null, Kind.ALL, span, "");
    }

    public EpisodeFilter of(Scenario next) {
        return new EpisodeFilter(next, cause, kind, span, words);
    }

    public EpisodeFilter of(Failure next) {
        return new EpisodeFilter(scenario, next, kind, span, words);
    }

    public EpisodeFilter of(Kind next) {
        return new EpisodeFilter(scenario, cause, next, span, words);
    }

    public EpisodeFilter named(String next) {
        return new EpisodeFilter(scenario, cause, kind, span, next);
    }

    public boolean takes(Told told, Instant now) {
        var episode = told.episode();
        return (scenario == null || episode.scenario() == scenario) && (cause == null || episode.failed().containsKey(cause))
                && isOf(kind, told, now) && isIn(told, now) && isNamed(episode);
    }

    private boolean isIn(Told told, Instant now) {
        var from = now.minus(span);
        var ended = told.episode().endedAt();
        return !told.episode().lostAt().isBefore(from) || told.out() || (ended != null && ended.isAfter(from));
    }

    private static boolean isOf(Kind kind, Told told, Instant now) {
        var episode = told.episode();
        return switch (kind) {
            case ALL -> true;
            case OUT -> told.out();
            case FAILED -> !told.unknownEnd() && episode.lostAt().plus(Episode.LIMIT)
                    .isBefore(episode.endedAt() == null ? now : episode.endedAt());
            case HARMED -> episode.continuity().session() == SessionKept.LOST || episode.continuity().lost() > 0
                    || episode.continuity().duplicated() > 0;
            case DOUBTED -> episode.doubted();
        };
    }

    private boolean isNamed(KeptEpisode episode) {
        var part = words.strip().toLowerCase(Locale.ROOT);
        return part.isEmpty() || holds(episode.client(), part) || holds(episode.fromNode(), part)
                || holds(episode.toNode(), part);
    }

    private static boolean holds(String name, String part) {
        return name.toLowerCase(Locale.ROOT).contains(part);
    }
}
