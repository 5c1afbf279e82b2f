package io.lockkeeper.app;

import io.lockkeeper.domain.run.RunEvent;
import java.time.Instant;

/// A run event as the journal has it.
public record Recorded(long seq, Instant at, String run, RunEvent event) {}
