package io.lockkeeper.domain.notify;

import io.lockkeeper.domain.link.Backoff;
import java.time.Duration;

/// How long something is tried to be told: full jitter between attempts, and not at all once it is old.
///
/// @param oldest what is older is not told any more
public record Persistence(Backoff backoff, Duration oldest) {
    public static final Persistence USUAL = new Persistence(new Backoff(Duration.ofSeconds(2), Duration.ofMinutes(1)),
            Duration.ofHours(1));

    public sealed interface Next {
        /// It is done with, for good or bad.
        record Settled() implements Next {}

        record Again(Duration after) implements Next {}

        /// It was never accepted, and there is no time left.
        record GivenUp(String why) implements Next {}
    }

    /// What follows from the answer to an attempt. A lost answer is not taken for an acceptance: it is tried again with the same id.
    ///
    /// @param attempt from 1
    /// @param age since what is told came about
    /// @param roll a random number from 0 (inclusive) to 1 (exclusive)
    public Next after(Receipt receipt, int attempt, Duration age, double roll) {
        return switch (receipt) {
            case Receipt.Accepted _,Receipt.Refused _ -> new Next.Settled();
            case Receipt.Later(var why, var asked) -> again(why, asked == null ? Duration.ZERO : asked, attempt, age, roll);
            case Receipt.Unknown(var why) -> again(why, Duration.ZERO, attempt, age, roll);
        };
    }

    /// What the receiver asks for is the least: the jitter comes on top.
    private Next again(String why, Duration asked, int attempt, Duration age, double roll) {
        var pause = asked.plus(backoff.before(attempt, roll));
        return tooOld(age.plus(pause))
                ? new Next.GivenUp(why)
                : new Next.Again(pause);
    }

    public boolean tooOld(Duration age) {
        return age.compareTo(oldest) > 0;
    }
}
