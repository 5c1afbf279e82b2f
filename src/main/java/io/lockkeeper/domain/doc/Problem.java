package io.lockkeeper.domain.doc;

/// One thing wrong with a file: where, what, and what to do about it.
///
/// @param message what is wrong and what was expected, one sentence
/// @param suggestion what to do; empty when the message says it all
public record Problem(Mark at, Severity severity, String message, String suggestion) {
    public enum Severity {
        ERROR, WARNING
    }

    public static Problem error(Mark at, String message, String suggestion) {
        return new Problem(at, Severity.ERROR, message, suggestion);
    }

    /// `rolling.yaml:12:7: error: unknown key "gat" (did you mean "gate"?)`
    @Override
    public String toString() {
        return at + ": " + (severity == Severity.ERROR ? "error" : "warning") + ": " + message
                + (suggestion.isEmpty() ? "" : " (" + suggestion + ")");
    }
}
