package io.lockkeeper.domain.link;

/// What can happen to a link. Every event of a connection carries the generation of the attempt that made it; late ones of an older
/// generation change nothing.
public sealed interface LinkEvent {
    record Start() implements LinkEvent {}

    record Stop() implements LinkEvent {}

    record RetryDue() implements LinkEvent {}

    /// A person asks to try at once.
    record RetryNow() implements LinkEvent {}

    record Opened(long generation) implements LinkEvent {}

    record Heard(long generation) implements LinkEvent {}

    /// @param roll random, 0 to 1, for the jitter
    record Dropped(long generation, String cause, boolean permanent, double roll) implements LinkEvent {}

    /// Time has passed; silence is noticed.
    record Tick() implements LinkEvent {}
}
