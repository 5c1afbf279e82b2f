package io.lockkeeper.ui.control.chart;

/// A threshold, and on which side of it all is well.
///
/// @param words e.g. `floor: at least 1`
public record Limit(double value, Good good, String words) {
    public enum Good {
        AT_LEAST, AT_MOST
    }

    boolean isMet(double by) {
        return good == Good.AT_LEAST ? by >= value : by <= value;
    }
}
