package io.lockkeeper.cli;

/// Where a run stands, in one line.
///
/// @param words the most important first, for whoever has to cut it; empty when there is nothing to show
/// @param alarm whether somebody should look now
record Progress(String words, boolean alarm) {
    static final Progress NONE = new Progress("", false);

    boolean isNothing() {
        return words.isEmpty();
    }
}
