package io.lockkeeper.domain.fleet;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A reading with its age, or the reason why there is none. Everything on screen is a sight.
public sealed interface Sight<T> {
    /// Read successfully; the reading was begun at `at`.
    record Seen<T>(T value, Instant at) implements Sight<T> {}

    /// Not readable since `since`, because of `why`; `last` is the newest reading before that, if there ever was one.
    record Unseen<T>(String why, Instant since, @Nullable Seen<T> last) implements Sight<T> {}

    static <T> Sight<T> never(Instant since) {
        return new Unseen<>("not read yet", since, null);
    }

    /// The value, only if it was read at most `limit` before `now`. What is older may be shown, never acted upon; what was read in the
    /// future was read before the clock was set back.
    default Optional<T> fresh(Instant now, Duration limit) {
        return this instanceof Seen<T>(var value, var at) && !at.plus(limit).isBefore(now) && !at.isAfter(now.plus(limit))
                ? Optional.of(value)
                : Optional.empty();
    }

    /// True when the newest reading was begun at or after `from`. What was read before an order says nothing about its effect.
    default boolean isReadSince(Instant from) {
        return readAt().map(at -> !at.isBefore(from)).orElse(false);
    }

    /// The newest value however old, for display beside its age.
    default Optional<T> newest() {
        return switch (this) {
            case Seen<T>(var value, _) -> Optional.of(value);
            case Unseen<T>(_, _, var last) -> last == null ? Optional.empty() : Optional.of(last.value());
        };
    }

    /// When the newest value was read.
    default Optional<Instant> readAt() {
        return switch (this) {
            case Seen<T>(_, var at) -> Optional.of(at);
            case Unseen<T>(_, _, var last) -> last == null ? Optional.empty() : Optional.of(last.at());
        };
    }

    /// The next sight after a failed read.
    default Sight<T> lost(String why, Instant at) {
        return switch (this) {
            case Seen<T> seen -> new Unseen<>(why, at, seen);
            case Unseen<T>(_, var since, var last) -> new Unseen<>(why, since, last);
        };
    }
}
