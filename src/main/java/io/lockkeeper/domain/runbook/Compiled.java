package io.lockkeeper.domain.runbook;

import io.lockkeeper.domain.doc.Problem;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The answer of the [Compiler].
public sealed interface Compiled {
    /// @param onAbort what is done when the run is aborted; `null` for nothing
    /// @param inputs in their canonical form, defaults filled in
    /// @param unused names of inputs that no step refers to
    record Ok(Plan plan, @Nullable Plan onAbort, Map<String, String> inputs, Set<String> unused) implements Compiled {}

    record Refused(List<Problem> problems) implements Compiled {}
}
