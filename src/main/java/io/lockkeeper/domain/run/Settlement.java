package io.lockkeeper.domain.run;

/// What observing the target says about an op whose outcome is unknown.
public sealed interface Settlement {
    record Applied(String evidence) implements Settlement {}

    /// Concluded only after the verb's own settling time.
    record NotApplied(String evidence) implements Settlement {}

    record Open(String why) implements Settlement {}
}
