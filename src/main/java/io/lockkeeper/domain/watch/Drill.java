package io.lockkeeper.domain.watch;

import java.time.Instant;

/// Somebody tries whether an alert arrives. It outlives the console: it is the fold of the journal.
///
/// @param until when it is over if nobody ends it before
public record Drill(String actor, String reason, Instant since, Instant until) {
    public boolean lasts(Instant now) {
        return now.isBefore(until);
    }
}
