package io.lockkeeper.domain.run;

import java.time.Duration;
import java.time.Instant;

/// How far a reading is from now, in words.
final class Age {
    private Age() {}

    /// `6 s old`; `60 s ahead of this clock` where that was put back since.
    static String words(Instant at, Instant now) {
        long seconds = Duration.between(at, now).toSeconds();
        return seconds < 0 ? -seconds + " s ahead of this clock" : seconds + " s old";
    }
}
