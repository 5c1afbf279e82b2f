package io.lockkeeper.domain.runbook;

import io.lockkeeper.domain.doc.Marked;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A runbook that was read without an error, not yet compiled for inputs.
///
/// @param source its text, byte for byte as reviewed
/// @param sourceHash SHA-256 of the text, lower-case hex
/// @param wayBack the runbook that undoes it with its inputs; `null` where the runbook changes nothing or is itself a way back
/// @param steps the steps as written, references unresolved
public record Runbook(String id, String title, String about, List<Input> inputs, @Nullable WayBack wayBack,
        List<Marked.Mapping> steps,
        String source, String sourceHash) {
    public Runbook {
        inputs = List.copyOf(inputs);
        steps = List.copyOf(steps);
    }

    /// @param with inputs of the way back, as written (`$nodes` is this runbook's input)
    public record WayBack(String runbook, Map<String, Marked.Scalar> with) {}
}
