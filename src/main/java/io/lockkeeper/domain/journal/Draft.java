package io.lockkeeper.domain.journal;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An entry before the journal has given it its place.
///
/// @param run `null` for what belongs to the environment and to no run
/// @param body a JSON object on one line
public record Draft(Instant at, @Nullable String run, String type, int version, String body) {}
