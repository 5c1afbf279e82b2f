package io.lockkeeper.domain.metrics;

import io.lockkeeper.domain.signal.Shape;
import java.util.List;

/// What the sources of an environment's `metrics` said last.
///
/// @param tolerance from how many percent on two sources are said to disagree
/// @param signals as the file has them
/// @param readings by signal and source: of each node, and of the whole
public record MetricsReading(int tolerance, List<Kind> signals, List<SourceReading> readings) {
    /// @param what one phrase for people; empty where the file does not say
    public record Kind(String signal, Shape shape, String unit, String what) {}

    /// Where the file does not say.
    public static final int TOLERANCE = 10;

    public MetricsReading {
        signals = List.copyOf(signals);
        readings = List.copyOf(readings);
    }
}
