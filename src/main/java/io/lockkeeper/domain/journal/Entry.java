package io.lockkeeper.domain.journal;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One line of a journal.
///
/// @param seq from 1, without gaps
/// @param run `null` for what belongs to the environment and to no run
/// @param body a JSON object on one line
/// @param hash of this line and, through the one before, of everything up to it; 64 lower-case hex digits
public record Entry(long seq, Instant at, @Nullable String run, String type, int version, String body, String hash) {}
