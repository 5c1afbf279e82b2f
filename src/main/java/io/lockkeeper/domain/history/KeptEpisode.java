package io.lockkeeper.domain.history;

import io.lockkeeper.domain.client.ClientRole;
import io.lockkeeper.domain.client.Continuity;
import io.lockkeeper.domain.client.Episode;
import io.lockkeeper.domain.client.Failure;
import io.lockkeeper.domain.client.Loss;
import io.lockkeeper.domain.client.Scenario;
import io.lockkeeper.domain.signal.ObserverFault;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
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
/// @param faults of Lockkeeper itself that its time from the loss to the end touches, the oldest first and ten at most: with one it says nothing of the
/// service, and no figure counts it
public record KeptEpisode(String client, ClientRole role, Scenario scenario, Loss loss, Instant lostAt, String fromNode,
        String fromVersion, Map<Failure, Long> failed, End end, @Nullable Instant endedAt, String toNode, String toVersion,
        Continuity continuity, List<ObserverFault> faults) {
    private static final int MOST_FAULTS = 10;
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
        faults = faults == null ? List.of() : List.copyOf(faults); // a holder of an older release does not tell
    }

    /// One that no fault of Lockkeeper touches.
    public KeptEpisode(String client, ClientRole role, Scenario scenario, Loss loss, Instant lostAt, String fromNode,
            String fromVersion, Map<Failure, Long> failed, End end, @Nullable Instant endedAt, String toNode, String toVersion,
            Continuity continuity) {
        this(client, role, scenario, loss, lostAt, fromNode, fromVersion, failed, end, endedAt, toNode, toVersion, continuity,
                List.of());
    }

    /// @param faults all that are known, the oldest first
    public static KeptEpisode of(Episode episode, List<ObserverFault> faults) {
        var failed = new TreeMap<Failure, Long>(ORDER);
        episode.failed().forEach(attempt -> failed.merge(attempt.failure(), 1L, Long::sum));
        var back = episode.back();
        var end = back != null ? End.BACK : episode.left() != null ? End.LEFT : End.OPEN;
        return new KeptEpisode(episode.client(), episode.role(), episode.scenario(), episode.loss(), episode.lostAt(),
                episode.fromNode(), episode.fromVersion(), failed, end, end == End.OPEN ? null : episode.over(),
                back == null ? "" : back.node(), back == null ? "" : back.version(),
                back == null ? Continuity.UNKNOWN : back.continuity(),
                faults.stream().filter(fault -> fault.touches(episode.lostAt(), episode.over())).limit(MOST_FAULTS).toList());
    }

    /// From the loss to the end; `null` while it is open.
    public @Nullable Duration took() {
        return endedAt == null ? null : Duration.between(lostAt, endedAt);
    }

    /// Whether it was met while Lockkeeper itself was at fault.
    public boolean doubted() {
        return !faults.isEmpty();
    }

    /// From when on its being out counts: the loss, or the end of the last fault; [Instant#MAX] while one goes on.
    public Instant countsFrom() {
        return faults.stream().map(ObserverFault::to).filter(to -> to.isAfter(lostAt)).max(Comparator.naturalOrder())
                .orElse(lostAt);
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
