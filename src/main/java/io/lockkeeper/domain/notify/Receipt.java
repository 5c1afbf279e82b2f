package io.lockkeeper.domain.notify;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What became of one attempt to tell something. Every text is a part of a sentence and holds no secret.
public sealed interface Receipt {
    /// The receiver took it over. Whether a person saw it nobody knows.
    record Accepted(String by) implements Receipt {}

    /// It will not be taken until a person has mended something.
    record Refused(String why) implements Receipt {}

    /// It was not taken, and may be later.
    ///
    /// @param after how long the receiver asked to be left alone; `null` where it said nothing
    record Later(String why, @Nullable Duration after) implements Receipt {}

    /// It may have been taken: the answer was lost.
    record Unknown(String why) implements Receipt {}

    default String words() {
        return switch (this) {
            case Accepted(var by) -> "accepted: " + by;
            case Refused(var why) -> "REFUSED: " + why;
            case Later(var why, _) -> "not accepted: " + why;
            case Unknown(var why) -> "UNKNOWN: " + why;
        };
    }
}
