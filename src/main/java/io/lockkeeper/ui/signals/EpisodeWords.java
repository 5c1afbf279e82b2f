package io.lockkeeper.ui.signals;

import io.lockkeeper.domain.history.EpisodeFilter;
import io.lockkeeper.domain.history.EpisodeTrail;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// What is said around a list of episodes.
final class EpisodeWords {
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    /// How far back a person may look.
    enum Span {
        MINUTES("last 5 min", Duration.ofMinutes(5)), HOUR("last hour", Duration.ofHours(1)), DAY("last 24 h",
                Duration.ofHours(24)), MONTH("last 30 days", Duration.ofDays(30));

        private final String words;
        private final Duration length;

        Span(String words, Duration length) {
            this.words = words;
            this.length = length;
        }

        String words() {
            return words;
        }

        Duration length() {
            return length;
        }

        /// The shortest that reaches as far.
        static Span of(Duration length) {
            for (var one : values()) {
                if (one.length.compareTo(length) >= 0) {
                    return one;
                }
            }
            return MONTH;
        }
    }

    private EpisodeWords() {}

    static String count(EpisodeTrail trail) {
        int count = trail.episodes().size();
        return count + (count == 1 ? " episode" : " episodes");
    }

    /// `12 of 40 episodes, of 8 clients`.
    ///
    /// @param all of the same time
    static String summary(EpisodeTrail shown, EpisodeTrail all) {
        long clients = shown.episodes().stream().map(told -> told.episode().client()).distinct().count();
        int count = shown.episodes().size();
        int among = all.episodes().size();
        return (count < among ? count + " of " + among + " episodes" : count(shown))
                + (count == 0 ? "" : ", of " + clients + (clients == 1 ? " client" : " clients"));
    }

    /// Why a list is empty, and what to do.
    ///
    /// @param watched empty where somebody watches; else why nobody does
    static String none(EpisodeFilter filter, EpisodeTrail all, String watched) {
        if (!all.episodes().isEmpty()) {
            return "None of the " + count(all) + " of this time fits. Choose less, or a longer time."
                    + (filter.cause() == null ? "" : " An attempt of a first connection belongs to no episode: nobody was lost.");
        }
        return watched.isEmpty()
                ? "No client of ours lost its connection in this time. Choose a longer time."
                : "Nobody lost a connection in this time that anybody saw: " + watched
                        + ". A section \"clients\" in the environment's file changes that, see docs/environments.md.";
    }

    /// A name for a file.
    static String file(String environment, Instant now) {
        return "episodes-" + environment.replaceAll("[^A-Za-z0-9_-]", "-") + "-" + STAMP.format(now) + ".csv";
    }
}
