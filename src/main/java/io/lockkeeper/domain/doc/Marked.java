package io.lockkeeper.domain.doc;

import java.util.List;
import java.util.Map;

/// A document as written: every value with the place where it stands. Scalars stay text; the reader's schema gives them a type,
/// so that `1.10` is a version and never the number 1.1.
public sealed interface Marked {
    Mark at();

    /// @param quoted written in quotes, and so never `null` or a reference
    record Scalar(String text, boolean quoted, Mark at) implements Marked {}

    record Sequence(List<Marked> items, Mark at) implements Marked {}

    /// Keys in the order written; duplicate keys were refused before.
    record Mapping(Map<Scalar, Marked> entries, Mark at) implements Marked {}
}
