package io.lockkeeper.domain.fleet;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What a node says of itself. `null` is "it does not say", which no gate takes for an answer.
///
/// @param ready whether it would take traffic
/// @param version the version it runs
/// @param instance tells one life of the process from the next (pid, boot id)
/// @param startedAt when this life began
/// @param connections open client connections by its own count
/// @param environment the environment it believes to be part of
/// @param name the name it believes to have
public record NodeReading(@Nullable Boolean ready, @Nullable String version, @Nullable String instance,
        @Nullable Instant startedAt,
        @Nullable Long connections, @Nullable String environment, @Nullable String name) {
    /// True when `other` is certainly another life of the process than this one.
    public boolean isOtherLifeThan(NodeReading other) {
        if (instance != null && other.instance != null) {
            return !instance.equals(other.instance);
        }
        return startedAt != null && other.startedAt != null && startedAt.isAfter(other.startedAt);
    }
}
