package io.lockkeeper.domain.metrics;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One value of one series.
///
/// @param value may be NaN or infinite, as the source said it
/// @param at when the source says that it was true; `null` where it does not say
public record Sample(Map<String, String> labels, double value, @Nullable Instant at) {
    public Sample {
        labels = Map.copyOf(labels);
    }

    /// NaN and infinities are no values.
    public boolean isValue() {
        return Double.isFinite(value);
    }
}
