package io.lockkeeper.domain.metrics;

import io.lockkeeper.domain.signal.SourceKind;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What one source says of one signal, of one node or of the whole service.
///
/// @param source its name for people: `balancer edge`, `nodes' own`, or the name in `metrics`
/// @param node `null` for the whole service
/// @param freshFor older than this is stale
/// @param shadow `null` for a source that Lockkeeper knows itself
/// @param note what else has to be said of it, e.g. a warning of the source; empty when nothing
public record SourceReading(String signal, String source, SourceKind kind, @Nullable String node, Datum datum,
        Duration freshFor, @Nullable Shadow shadow, String note) {
    /// Of a source that was not heard of at all yet.
    public static final Datum.None NOT_YET = new Datum.None("not read yet");

    /// Whether there is something to go by.
    public enum State {
        /// A value that is fresh.
        HERE,
        /// No value, or one made of no events: never 100 %, never zero.
        NO_DATA,
        /// A value that is too old.
        STALE
    }

    public State state(Instant now) {
        var at = datum.readAt();
        if (at != null && (at.plus(freshFor).isBefore(now) || at.isAfter(now.plus(freshFor)))) {
            return State.STALE;
        }
        return datum.hasData() ? State.HERE : State.NO_DATA;
    }

    public boolean inShadow(Instant now) {
        return shadow != null && shadow.holds(now);
    }
}
