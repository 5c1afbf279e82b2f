package io.lockkeeper.domain.watch;

import io.lockkeeper.domain.trigger.Action;
import io.lockkeeper.domain.trigger.Phase;

/// One trigger as it stands.
///
/// @param condition in words; empty for one that the environment file no longer has
public record TriggerReading(String name, Action action, String condition, Phase phase) {
    public boolean fired() {
        return phase instanceof Phase.Fired;
    }

    /// Fired, and going back is what it offers.
    public boolean offers() {
        return fired() && action == Action.OFFER;
    }

    /// `HOLDING 2:10 of 5:00, by client 62 % (23 of 37)`.
    public String words() {
        return phase.word() + " " + phase.words();
    }

    static TriggerReading latched(Latch latch, Action action, String condition) {
        return new TriggerReading(latch.trigger(), action, condition, new Phase.Fired(latch.since(), latch.evidence()));
    }
}
