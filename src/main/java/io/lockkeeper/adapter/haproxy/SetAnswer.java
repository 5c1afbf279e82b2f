package io.lockkeeper.adapter.haproxy;

import java.util.List;

/// What came back to a command that changes something. There is no status code: an empty line is yes, one of HAProxy's own sentences is
/// no. Nothing at all, a sentence cut short or somebody else's words are neither: the change may have been made.
sealed interface SetAnswer {
    record Yes() implements SetAnswer {}

    record No(String why) implements SetAnswer {}

    record Neither(String why) implements SetAnswer {}

    /// How the sentences begin with which HAProxy says that it changed nothing.
    List<String> REFUSALS = List.of("No such ", "Permission denied", "Unknown command", "'set server", "Absolute weight",
            "Empty weight",
            "Relative weight", "Backend is", "Can't find", "Proxy is disabled", "Require", "This command expects", "Invalid");

    static SetAnswer of(String reply) {
        var words = reply.strip();
        var first = words.lines().findFirst().orElse("");
        if (!reply.endsWith("\n")) {
            return new Neither(reply.isEmpty()
                    ? "the connection was closed without an answer"
                    : "the answer was cut off: \"" + first + "\"");
        }
        if (words.isEmpty()) {
            return new Yes();
        }
        if (first.contains("Permission denied")) {
            return new No("Permission denied: this Runtime API socket is read-only; configure `stats socket ... level admin`");
        }
        return REFUSALS.stream().anyMatch(first::startsWith)
                ? new No(first)
                : new Neither("the answer is none of HAProxy's: \"" + first + "\"");
    }
}
