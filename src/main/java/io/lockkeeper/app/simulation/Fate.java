package io.lockkeeper.app.simulation;

/// What becomes of one control call.
public enum Fate {
    FINE,
    /// It never leaves; the caller learns that the connection broke.
    NOT_SENT,
    /// The other side says no.
    REFUSED,
    /// Carried out, and the answer is lost.
    REPLY_LOST,
    /// Carried out long after the caller gave up waiting for an answer, but before the deadline.
    APPLIED_LATE,
    /// Carried out after the deadline, still within the time that such an order may take to settle.
    APPLIED_AFTER_DEADLINE,
    /// The network delivers it a second time a moment later.
    APPLIED_TWICE,
    /// Carried out, and answered with something that is no answer.
    NONSENSE,
    /// Not carried out, and answered with something that is no answer.
    NONSENSE_AND_NOT_APPLIED,
    /// Carried out; the connection then stays open without a word until the deadline.
    HUNG,
    /// Not carried out; the connection stays open without a word until the deadline.
    HUNG_AND_NOT_APPLIED
}
