package io.lockkeeper.domain.observer;

import java.time.Instant;

/// What a look at the observer itself came to.
public sealed interface Finding {
    /// Nothing speaks against what is seen.
    ///
    /// @param why what that rests on, one sentence
    record Sound(String why) implements Finding {}

    /// Clients were lost, and what would tell whose fault it is is not known yet; a moment later it is.
    record Unsure(String why) implements Finding {}

    /// The fault is the observer's: what was seen since then says nothing of the service.
    record Fault(Instant from, String why) implements Finding {}
}
