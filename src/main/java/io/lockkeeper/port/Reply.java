package io.lockkeeper.port;

/// The direct answer to a request. It proves nothing about the effect: confirmation is always by reading back.
public sealed interface Reply {
    /// The other side took the request.
    record Accepted(String words) implements Reply {}

    /// The other side said no; certainly nothing was changed.
    record Refused(String why) implements Reply {}

    /// No usable answer: the request may or may not have been applied.
    record NoAnswer(String why) implements Reply {}
}
