package io.lockkeeper.domain.fleet;

import org.jspecify.annotations.Nullable;

/// A node's process as its supervisor sees it.
///
/// @param state the supervisor's word; running is not ready
/// @param claimedVersion the version whose program is the running one; a claim, the node's own word counts
/// @param instance pid or similar, if there is a process
/// @param words the supervisor's own description
public record ProcessReading(ProcessState state, @Nullable String claimedVersion, @Nullable String instance, String words) {}
