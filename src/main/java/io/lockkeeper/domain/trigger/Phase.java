package io.lockkeeper.domain.trigger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Where a trigger stands.
public sealed interface Phase {
    /// Nothing against the service.
    ///
    /// @param why what that rests on, one sentence
    record Quiet(String why) implements Phase {}

    /// Its condition is met, but not for long enough, or not often enough.
    ///
    /// @param until when it fires if nothing changes; `null` where that is not a matter of time
    /// @param progress `2:10 of 5:00, by client 62 % (23 of 37)`
    record Holding(Instant since, @Nullable Instant until, String progress) implements Phase {}

    /// It has fired and stays so until somebody acknowledges it.
    ///
    /// @param evidence words and figures of that moment
    record Fired(Instant at, String evidence) implements Phase {}

    /// It cannot judge: an alarm of its own, and nothing goes forward.
    record Blind(Instant since, String why) implements Phase {}

    /// One word: `quiet`, `holding`, `FIRED`, `BLIND`.
    default String word() {
        return switch (this) {
            case Quiet _ -> "quiet";
            case Holding _ -> "holding";
            case Fired _ -> "FIRED";
            case Blind _ -> "BLIND";
        };
    }

    /// What there is to say of it.
    default String words() {
        return switch (this) {
            case Quiet(var why) -> why;
            case Holding(_, _, var progress) -> progress;
            case Fired(_, var evidence) -> evidence;
            case Blind(_, var why) -> why;
        };
    }

    /// Blind since it first was, whatever the reason is now.
    static Blind blind(Phase before, Instant now, String why) {
        return new Blind(before instanceof Blind(var since, _) ? since : now, why);
    }
}
