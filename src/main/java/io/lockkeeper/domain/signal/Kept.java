package io.lockkeeper.domain.signal;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// `session.continuity`, `messages.lost` and `messages.duplicated`.
///
/// @param sessions returns with the same session, nothing lost and nothing twice, among the returns of which the service says so
/// @param unknown returns of which the service does not say
/// @param lost messages, also those of open connections
/// @param duplicated likewise
/// @param newest the newest return or gap; `null` without one
public record Kept(Ratio sessions, long unknown, long lost, long duplicated, int events, Window window,
        @Nullable Instant newest) {}
