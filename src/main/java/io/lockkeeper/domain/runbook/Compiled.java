package io.lockkeeper.domain.runbook;

import io.lockkeeper.domain.doc.Problem;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The answer of the [Compiler].
public sealed interface Compiled {
    /// @param inputs in their canonical form, defaults filled in
    /// @param unused names of inputs that no step refers to
    record Ok(Plan plan, Map<String, String> inputs, Set<String> unused) implements Compiled {}

    record Refused(List<Problem> problems) implements Compiled {}
}
