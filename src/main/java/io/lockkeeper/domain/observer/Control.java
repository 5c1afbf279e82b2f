package io.lockkeeper.domain.observer;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What is known of one control target outside the service.
///
/// @param answered when the newest question was begun that it answered; `null` while it never has
/// @param asked when the newest question was begun whose outcome is known; `null` before the first
/// @param failures questions in a row that it did not answer
/// @param why the newest was not answered; empty where it was
public record Control(String target, @Nullable Instant answered, @Nullable Instant asked, int failures, String why) {
    /// One lost packet is no failure.
    private static final int FAILING = 2;

    public Control(String target) {
        this(target, null, null, 0, "");
    }

    public Control answers(Instant begun) {
        return new Control(target, begun, begun, 0, "");
    }

    public Control fails(Instant begun, String because) {
        return new Control(target, answered, begun, failures + 1, because);
    }

    /// It has never answered: more likely its address is wrong than the network, and it is evidence of nothing.
    public boolean unproven() {
        return answered == null;
    }

    public boolean failing() {
        return failures >= FAILING;
    }

    /// Whether its newest outcome says something of what happened at that time.
    boolean askedSince(Instant at) {
        return asked != null && !asked.isBefore(at);
    }
}
