package io.lockkeeper.app;

import java.time.Instant;

/// Somebody who may order an environment about, and until when.
public record Control(String actor, String reason, Instant since, Instant until) {
    public boolean holds(Instant now) {
        return until.isAfter(now);
    }
}
