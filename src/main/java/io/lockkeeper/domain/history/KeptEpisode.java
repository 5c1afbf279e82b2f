package io.lockkeeper.domain.history;

import io.lockkeeper.domain.client.ClientRole;
import io.lockkeeper.domain.client.Continuity;
import io.lockkeeper.domain.client.Episode;
import io.lockkeeper.domain.client.Failure;
import io.lockkeeper.domain.client.Loss;
import io.lockkeeper.domain.client.Scenario;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// An [Episode] as it is kept: attempts are counted, not listed. No token and no session id is in it.
///
/// @param failed how many attempts to come back gave no session, by what went wrong
/// @param end how it ended, as far as it was known when this was written
/// @param endedAt `null` while it is open
/// @param toNode empty where it did not come back, or nobody said; so is `toVersion`
/// @param continuity unknown where it did not come back
public record KeptEpisode(String client, ClientRole role, Scenario scenario, Loss loss, Instant lostAt, String fromNode,
        String fromVersion, Map<Failure, Long> failed, End end, @Nullable Instant endedAt, String toNode, String toVersion,
        Continuity continuity) {
    private static final Comparator<Failure> ORDER = Comparator.comparing(Failure::cause).thenComparingInt(Failure::status);

    public enum End {
        /// Still out, or the console that watched it ended first.
        OPEN,
        /// It has a session again.
        BACK,
        /// The client was ended on purpose while it was out.
        LEFT
    }

    public KeptEpisode {
        var ordered = new TreeMap<Failure, Long>(ORDER);
        ordered.putAll(failed);
        failed = Collections.unmodifiableMap(ordered);
    }

    public static KeptEpisode of(Episode episode) {
        var failed = new TreeMap<Failure, Long>(ORDER);
        episode.failed().forEach(attempt -> failed.merge(attempt.failure(), 1L, Long::sum));
        var back = episode.back();
        var end = back != null ? End.BACK : episode.left() != null ? End.LEFT : End.OPEN;
        return new KeptEpisode(episode.client(), episode.role(), episode.scenario(), episode.loss(), episode.lostAt(),
                episode.fromNode(), episode.fromVersion(), failed, end, end == End.OPEN ? null : episode.over(),
                back == null ? "" : back.node(), back == null ? "" : back.version(),
                back == null ? Continuity.UNKNOWN : back.continuity());
    }

    /// From the loss to the end; `null` while it is open.
    public @Nullable Duration took() {
        return endedAt == null ? null : Duration.between(lostAt, endedAt);
    }

    public long attempts() {
        return failed.values().stream().mapToLong(Long::longValue).sum();
    }

    /// A close on purpose from which the client came back at once with all it had: there are thousands of these a day, and each says the same.
    public boolean routine() {
        var took = took();
        return scenario == Scenario.PROBE && end == End.BACK && failed.isEmpty() && took != null
                && took.compareTo(Episode.LIMIT) <= 0
                && continuity.session() != Continuity.SessionKept.LOST && continuity.lost() == 0 && continuity.duplicated() == 0;
    }
}
