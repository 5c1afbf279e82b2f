package io.lockkeeper.domain.watch;

import io.lockkeeper.domain.trigger.Action;
import io.lockkeeper.domain.trigger.Phase;
import io.lockkeeper.domain.trigger.Report;
import io.lockkeeper.domain.trigger.TriggerSpec;
import org.jspecify.annotations.Nullable;

/// One trigger as it stands.
///
/// @param condition in words; empty for one that the environment file no longer has
/// @param told what people may report to it; `null` for one that only measures
public record TriggerReading(String name, Action action, String condition, Phase phase, Report.@Nullable Kind told) {
    /// One that only measures.
    public TriggerReading(String name, Action action, String condition, Phase phase) {
        this(name, action, condition, phase, null);
    }

    public static TriggerReading of(TriggerSpec spec, Phase phase) {
        return new TriggerReading(spec.name(), spec.action(), spec.words(), phase, Report.Kind.of(spec).orElse(null));
    }

    TriggerReading in(Phase next) {
        return new TriggerReading(name, action, condition, next, told);
    }

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
