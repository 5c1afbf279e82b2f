package io.lockkeeper.domain.history;

import java.time.Duration;
import java.time.Instant;

/// What one series was like over one step of time.
///
/// @param from the step's beginning, in whole steps since 1970
/// @param step a second for raw values, else the length over which they were drawn together
/// @param count how many raw values
/// @param samples how many observations these rest on, in all
public record Stretch(Instant from, Duration step, String signal, String node, String source, double min, double mean,
        double max, long count, long samples) {}
