package io.lockkeeper.ui.signals;

import io.lockkeeper.domain.client.Continuity;
import io.lockkeeper.domain.client.Episode;
import io.lockkeeper.domain.client.Failure;
import io.lockkeeper.domain.history.EpisodeTrail.Told;
import io.lockkeeper.domain.history.KeptEpisode;
import io.lockkeeper.ui.control.Words;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// One episode in the words of a row, and of the sentence below the table that has all of it.
///
/// @param fault of Lockkeeper itself in that time; empty where there was none
/// @param bad nobody came back in time, or something was lost, and it was no fault of our own
record EpisodeRows(String client, String scenario, String lostAt, String how, String from, String attempts, String end,
        String took, String to, String session, String messages, String fault, boolean bad) {
    static EpisodeRows of(Told told, Instant now) {
        var episode = told.episode();
        boolean back = episode.end() == KeptEpisode.End.BACK;
        var took = episode.took();
        var out = took == null ? Duration.between(episode.lostAt(), now) : took;
        boolean late = !told.unknownEnd() && late(episode, now);
        var kept = episode.continuity();
        boolean harmed = kept.session() == Continuity.SessionKept.LOST || kept.lost() + kept.duplicated() > 0;
        return new EpisodeRows(episode.client(), lower(episode.scenario()), Words.moment(episode.lostAt(), now),
                episode.loss().words(), place(episode.fromNode(), episode.fromVersion()), attempts(episode),
                switch (episode.end()) {
                    case BACK -> late ? "back, LATE" : "back";
                    case LEFT -> "ended while out";
                    case OPEN -> told.live() ? late ? "OUT, failed" : "OUT" : "not known";
                }, told.unknownEnd() ? "?" : took == null ? soFar(out) : seconds(out),
                back ? place(episode.toNode(), episode.toVersion()) : "",
                back ? lower(kept.session()) : "", messages(kept, back), fault(episode, now),
                late || (harmed && !episode.doubted()));
    }

    /// Whoever is still out 30 s after a fault of our own has failed all the same.
    private static boolean late(KeptEpisode episode, Instant now) {
        var over = episode.endedAt() == null ? now : episode.endedAt();
        var from = episode.countsFrom();
        return from.isBefore(over) && Duration.between(from, over).compareTo(Episode.LIMIT) > 0;
    }

    /// What it was comes first, for a narrow column.
    private static String fault(KeptEpisode episode, Instant now) {
        return episode.faults().stream()
                .map(fault -> fault.why() + " (" + Words.moment(fault.from(), now)
                        + (fault.goesOn() ? " on)" : " to " + Words.moment(fault.to(), now) + ")"))
                .collect(Collectors.joining("; "));
    }

    private static String messages(Continuity kept, boolean back) {
        if (kept.lost() + kept.duplicated() == 0) {
            return back ? "0" : "";
        }
        return kept.lost() + " lost" + (kept.duplicated() == 0 ? "" : ", " + kept.duplicated() + " twice");
    }

    private static String attempts(KeptEpisode episode) {
        var causes = episode.failed().entrySet().stream().map(EpisodeRows::cause).collect(Collectors.joining(", "));
        return switch (episode.failed().size()) {
            case 0 -> "none failed";
            case 1 -> causes;
            default -> episode.attempts() + ": " + causes;
        };
    }

    private static String cause(Map.Entry<Failure, Long> cause) {
        return cause.getKey().words() + (cause.getValue() == 1 ? "" : " \u00d7 " + cause.getValue());
    }

    private static String place(String node, String version) {
        return node.isEmpty() && version.isEmpty()
                ? "not told"
                : (node.isEmpty() ? "?" : node) + (version.isEmpty() ? "" : " / " + version);
    }

    private static String seconds(Duration time) {
        return time.toMinutes() >= 10
                ? time.toMinutes() + " min"
                : String.format(Locale.ROOT, "%.2f s", time.toMillis() / 1000.0);
    }

    private static String soFar(Duration time) {
        return (time.toMinutes() >= 10 ? time.toMinutes() + " min" : time.toSeconds() + " s") + " so far";
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /// All of it in one sentence, for what has no room in its column.
    String sentence() {
        return client + ", " + scenario + ": lost at " + lostAt + " (" + how + ") from " + from + "; attempts that failed: "
                + attempts + "; " + end + (took.isEmpty() ? "" : " " + (end.startsWith("back") ? "after " : "") + took)
                + (to.isEmpty() ? "" : " on " + to + ", session " + session + ", messages lost: " + messages)
                + (fault.isEmpty()
                        ? "."
                        : ". Lockkeeper itself was at fault, and what it met then does not count: " + fault + ".");
    }
}
