package io.lockkeeper.app;

import io.lockkeeper.domain.run.Ending;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One line of the list of runs.
///
/// @param ending `null` while it is open
/// @param unknowns ops whose outcome is unknown now
/// @param unverified how often somebody broke the glass: a gate, a soak or an approval was passed without what it asks for
public record RunSummary(String run, String runbook, String title, String actor, Instant startedAt, @Nullable Instant endedAt,
        @Nullable Ending ending, int unknowns, int unverified) {}
