package io.lockkeeper.app.notify;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// Times as people read them elsewhere than on this computer.
final class NotifyTimes {
    private NotifyTimes() {}

    /// `2026-11-26 22:40:01 UTC`.
    static String utc(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS).toString().replace('T', ' ').replace("Z", " UTC");
    }
}
