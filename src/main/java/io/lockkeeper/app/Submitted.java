package io.lockkeeper.app;

/// The answer to a command.
public sealed interface Submitted {
    /// Durable in the journal up to `seq`.
    record Taken(long seq) implements Submitted {}

    /// Not taken, and nothing changed; `why` is one sentence for the person.
    record Refused(String why) implements Submitted {}

    /// The command left and no answer came back: look at the journal before giving it again.
    record Unknown(String why) implements Submitted {}
}
