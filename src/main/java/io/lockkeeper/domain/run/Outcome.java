package io.lockkeeper.domain.run;

/// How an op ended as far as Lockkeeper observed.
public sealed interface Outcome {
    /// Asked for and seen in effect; `evidence` says what was read.
    record Done(String evidence) implements Outcome {}

    /// The other side said no, and nothing changed.
    record Refused(String why) implements Outcome {}

    /// Nobody knows. Settled by observing the target or by a person, never by sending it again.
    record Unknown(String why) implements Outcome {}

    /// A probe's own answer.
    ///
    /// @param resumed whether the session came back whole on that node
    /// @param met what the probe met, e.g. `handshake refused: HTTP 503` or `resumed after 41 ms, 3 messages replayed`
    record Probed(boolean resumed, String met) implements Outcome {}
}
