package io.lockkeeper.domain.runbook;

import io.lockkeeper.domain.doc.Mark;
import io.lockkeeper.domain.doc.Marked;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A runbook that was read without an error, not yet compiled for inputs.
///
/// @param source its text, byte for byte as reviewed
/// @param sourceHash SHA-256 of the text, lower-case hex
/// @param wayBack the runbook that undoes it with its inputs; `null` where the runbook changes nothing or is itself a way back
/// @param watch names of the triggers that guard a run of it, as written
/// @param steps the steps as written, references unresolved
/// @param onAbort what is done when a run is aborted, as written
public record Runbook(String id, String title, String about, List<Input> inputs, @Nullable WayBack wayBack,
        List<Marked.Scalar> watch, List<Marked.Mapping> steps, List<Marked.Mapping> onAbort,
        String source, String sourceHash) {
    public Runbook {
        inputs = List.copyOf(inputs);
        watch = List.copyOf(watch);
        steps = List.copyOf(steps);
        onAbort = List.copyOf(onAbort);
    }

    /// Where its file begins, for what is wrong with the whole of it.
    public Mark start() {
        return new Mark(steps.isEmpty() ? id : steps.getFirst().at().file(), 1, 1);
    }

    /// True for a runbook that puts nodes back: it needs to be told to what, and is a way back itself.
    public boolean restores() {
        return steps.stream().anyMatch(Runbook::restores);
    }

    private static boolean restores(Marked value) {
        return switch (value) {
            case Marked.Mapping(var entries, _) -> entries.entrySet().stream()
                    .anyMatch(entry -> entry.getKey().text().equals("do")
                            ? entry.getValue() instanceof Marked.Scalar scalar && scalar.text().equals(Verb.ROLLBACK.key())
                            : restores(entry.getValue()));
            case Marked.Sequence(var items, _) -> items.stream().anyMatch(Runbook::restores);
            case Marked.Scalar _ -> false;
        };
    }

    /// @param with inputs of the way back, as written (`$nodes` is this runbook's input)
    public record WayBack(String runbook, Map<String, Marked.Scalar> with) {}
}
