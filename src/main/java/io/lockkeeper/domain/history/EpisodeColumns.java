package io.lockkeeper.domain.history;

import io.lockkeeper.domain.client.Failure;
import io.lockkeeper.domain.signal.ObserverFault;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// An episode as it is exported, `docs/signals.md`. Names and their order do not change; new ones are added at the end.
public final class EpisodeColumns {
    public static final List<String> NAMES = List.of("environment", "client", "role", "scenario", "lost_at", "lost_by",
            "close_code",
            "from_node", "from_version", "failed_attempts", "failures", "end", "ended_at", "took_ms", "to_node", "to_version",
            "session", "messages_lost", "messages_duplicated", "observer_fault");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private EpisodeColumns() {}

    public static Map<String, @Nullable Object> of(String environment, KeptEpisode episode) {
        var took = episode.took();
        var columns = new LinkedHashMap<String, @Nullable Object>();
        columns.put("environment", environment);
        columns.put("client", episode.client());
        columns.put("role", lower(episode.role()));
        columns.put("scenario", lower(episode.scenario()));
        columns.put("lost_at", time(episode.lostAt()));
        columns.put("lost_by", lower(episode.loss().way()));
        columns.put("close_code", episode.loss().code());
        columns.put("from_node", episode.fromNode());
        columns.put("from_version", episode.fromVersion());
        columns.put("failed_attempts", episode.attempts());
        columns.put("failures", failures(episode.failed()));
        columns.put("end", lower(episode.end()));
        columns.put("ended_at", time(episode.endedAt()));
        columns.put("took_ms", took == null ? null : took.toMillis());
        columns.put("to_node", episode.toNode());
        columns.put("to_version", episode.toVersion());
        columns.put("session", lower(episode.continuity().session()));
        columns.put("messages_lost", episode.continuity().lost());
        columns.put("messages_duplicated", episode.continuity().duplicated());
        columns.put("observer_fault", episode.faults().stream().map(EpisodeColumns::fault).collect(Collectors.joining("; ")));
        return columns;
    }

    /// `refused 3; status 503 2`.
    private static String failures(Map<Failure, Long> failed) {
        return failed.entrySet().stream().map(one -> lower(one.getKey().cause())
                + (one.getKey().status() == 0 ? "" : " " + one.getKey().status()) + ": " + one.getValue())
                .collect(Collectors.joining("; "));
    }

    /// `2026-11-26T03:00:00.000Z to 2026-11-26T03:01:10.000Z: the clock jumped`, or `since ...` where it was not over when this was written.
    private static String fault(ObserverFault fault) {
        return (fault.goesOn() ? "since " + time(fault.from()) : time(fault.from()) + " to " + time(fault.to())) + ": "
                + fault.why();
    }

    public static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    public static @Nullable String time(@Nullable Instant at) {
        return at == null ? null : TIME.format(at);
    }

    public static double seconds(Duration time) {
        return time.toMillis() / 1000.0;
    }
}
