package io.lockkeeper.domain.metrics;

import io.lockkeeper.domain.signal.Shape;
import java.util.List;

/// One signal with everybody who says something of it.
///
/// @param unit of its values; empty where they have none
/// @param readings of the whole service and of nodes, source by source
/// @param disagreements one sentence each; empty where all sources agree or fewer than two have a value
public record SignalBySource(String name, Shape shape, String unit, String what, List<SourceReading> readings,
        List<String> disagreements) {
    public SignalBySource {
        readings = List.copyOf(readings);
        disagreements = List.copyOf(disagreements);
    }

    /// What sources say of the whole service.
    public List<SourceReading> whole() {
        return readings.stream().filter(reading -> reading.node() == null).toList();
    }
}
