package io.lockkeeper.domain.doc;

/// One thing wrong with a file: where, what, and what to do about it.
///
/// @param message what is wrong and what was expected, one sentence
/// @param suggestion what to do; empty when the message says it all
public record Problem(Mark at, Severity severity, String message, String suggestion) {
    public enum Severity {
        ERROR, WARNING
    }

    /// What is quoted from a file may be long or hold line ends; a problem is one line that can be read.
    private static final int LONGEST = 300;

    public Problem {
        message = line(message);
        suggestion = line(suggestion);
    }

    private static String line(String words) {
        var shown = words.length() <= LONGEST
                ? words
                : words.substring(0, LONGEST / 2) + "..." + words.substring(words.length() - LONGEST / 2);
        return shown.codePoints().map(one -> Character.isISOControl(one) || one == 0x2028 || one == 0x2029 ? '?' : one)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
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
