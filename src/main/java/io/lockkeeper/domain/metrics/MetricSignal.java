package io.lockkeeper.domain.metrics;

import io.lockkeeper.domain.signal.Shape;
import org.jspecify.annotations.Nullable;

/// One signal as one source of an environment's `metrics` gives it.
///
/// @param unit of its values
/// @param what one phrase for people; empty where the file does not say
/// @param label by whose value the source's series belong to nodes; `null` where they are of the whole service, or of the page's node
public record MetricSignal(String signal, Shape shape, String unit, String what, String source, Form form,
        @Nullable NodeLabel label) {
    /// What it is told by: another query is another signal and starts its shadow anew.
    public String identity() {
        return signal + " from " + source + ": " + form;
    }
}
