package io.lockkeeper.domain.history;

import java.time.Instant;

/// From when to when there are raw values of one series.
public record SeriesSpan(String signal, String node, String source, Instant first, Instant last, long count) {}
