package io.lockkeeper.domain.observer;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Whether one endpoint of the environment is heard at all. A refusal, an error or nonsense is an answer too: the way there works.
///
/// @param name of the link
/// @param tried when the newest try was begun whose outcome is known; `null` before the first
/// @param heard when the newest try was begun that had any answer; `null` while there was none
public record Contact(String name, @Nullable Instant tried, @Nullable Instant heard) {
    /// The newest try had no answer.
    boolean silent() {
        return tried != null && (heard == null || heard.isBefore(tried));
    }

    boolean heardSince(Instant at) {
        return heard != null && !heard.isBefore(at);
    }
}
