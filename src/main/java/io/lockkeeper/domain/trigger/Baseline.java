package io.lockkeeper.domain.trigger;

import io.lockkeeper.domain.client.Scenario;
import java.time.Duration;
import java.time.Instant;

/// How long returns of a scenario took when all was well, as it was once recorded.
public record Baseline(Scenario scenario, Duration mean, long samples, Instant recordedAt) {}
