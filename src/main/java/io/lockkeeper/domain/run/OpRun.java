package io.lockkeeper.domain.run;

import java.time.Instant;

/// One op as far as it got.
///
/// @param since when it got into its present status
/// @param words evidence or cause, one sentence
public record OpRun(Op op, Status status, Instant since, String words) {
    public enum Status {
        /// Durable, sent or about to be; no outcome yet.
        PENDING,
        /// Nobody knows; being settled by looking.
        UNKNOWN, DONE, REFUSED,
        /// Looked at after its settling time: it was never applied.
        NOT_APPLIED
    }

    OpRun in(Status next, Instant at, String why) {
        return new OpRun(op, next, at, why);
    }

    public boolean settled() {
        return status != Status.PENDING && status != Status.UNKNOWN;
    }
}
