package io.lockkeeper.domain.signal;

import java.util.EnumSet;
import java.util.Set;

/// One signal as it is known to everybody.
///
/// @param unit of its values; empty where they have none
/// @param what one phrase for people
/// @param window what it is measured over, in words
/// @param ofNode whether it is known node by node
/// @param sources who can tell; with [SourceKind#METRICS] an environment's `metrics` may give it too
public record CatalogueEntry(String name, Shape shape, String unit, String what, String window, boolean ofNode,
        Set<SourceKind> sources) {
    public CatalogueEntry {
        sources = EnumSet.copyOf(sources);
    }

    public boolean fromMetrics() {
        return sources.contains(SourceKind.METRICS);
    }
}
