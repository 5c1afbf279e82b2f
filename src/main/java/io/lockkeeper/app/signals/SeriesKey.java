package io.lockkeeper.app.signals;

import org.jspecify.annotations.Nullable;

/// One quantity of one node, or of the whole environment.
///
/// @param node `null` where it is of the whole environment
public record SeriesKey(Quantity quantity, @Nullable String node) {
    public static SeriesKey of(Quantity quantity) {
        return new SeriesKey(quantity, null);
    }

    public static SeriesKey of(Quantity quantity, String node) {
        return new SeriesKey(quantity, node);
    }
}
