package io.lockkeeper.ui;

import java.io.IOException;

/// Where what a screen shows is written to a file, for its owner alone.
public interface Exports {
    /// Blocks.
    ///
    /// @param name of the file, of letters, digits, `-`, `_` and one dot
    /// @return where it was written
    String write(String name, String text) throws IOException;
}
