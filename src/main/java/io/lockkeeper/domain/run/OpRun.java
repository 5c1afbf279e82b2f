package io.lockkeeper.domain.run;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One op as far as it got.
///
/// @param since when it got into its present status
/// @param words evidence or cause, one sentence
/// @param outcome as first reported; `null` while there is none
public record OpRun(Op op, Status status, Instant since, String words, @Nullable Outcome outcome) {
    public enum Status {
        /// Durable, sent or about to be; no outcome yet.
        PENDING,
        /// Nobody knows; being settled by looking.
        UNKNOWN, DONE, REFUSED,
        /// Looked at after its settling time: it was never applied.
        NOT_APPLIED
    }

    OpRun settlingFrom(Instant at) {
        return new OpRun(op.settlingFrom(at), status, since, words, outcome);
    }

    OpRun in(Status next, Instant at, String why) {
        return new OpRun(op, next, at, why, outcome);
    }

    OpRun settled(Instant at, Outcome result) {
        return switch (result) {
            case Outcome.Done(var evidence) -> new OpRun(op, Status.DONE, at, evidence, result);
            case Outcome.Refused(var why) -> new OpRun(op, Status.REFUSED, at, why, result);
            case Outcome.Unknown(var why) -> new OpRun(op, Status.UNKNOWN, at, why, result);
            case Outcome.Probed(_, var met) -> new OpRun(op, Status.DONE, at, met, result);
        };
    }

    /// It took effect long after it was ordered, and what it undid is being done again: from here on it is like any other.
    OpRun answered() {
        return new OpRun(op, status, since, words, new Outcome.Done(words));
    }

    /// In flight or undecided: nothing may be concluded about the target from it.
    public boolean undecided() {
        return status == Status.PENDING || status == Status.UNKNOWN;
    }

    public boolean is(Status other) {
        return status == other;
    }
}
