package io.lockkeeper.domain.watch;

import java.time.Instant;

/// A trigger that fired and that nobody has acknowledged yet. It outlives the console: it is the fold of the journal.
///
/// @param since when it fired
public record Latch(String trigger, Instant since, String evidence) {}
