package io.lockkeeper.app;

import io.lockkeeper.domain.run.Confirmation;
import io.lockkeeper.domain.run.Op;
import io.lockkeeper.domain.run.Order;
import io.lockkeeper.domain.run.Settlement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// What one look at the target says about an op whose outcome is unknown.
public final class Conclusion {
    /// After this time a balancer's order that is not seen in effect was not applied: its requests are applied or refused at once.
    private static final Duration BALANCER_SETTLES = Duration.ofSeconds(5);

    private Conclusion() {}

    /// @param seen what the look showed
    /// @param answers whether the target answered at all; only one that does can show that something was not applied
    /// @param settlesWithin what the lifecycle says of its own order, or the environment file of an errand; not used for a balancer's
    public static Settlement of(Op op, Confirmation seen, boolean answers, Duration settlesWithin, Instant now) {
        return switch (seen) {
            case Confirmation.InEffect(var evidence) -> new Settlement.Applied("seen in effect: " + evidence);
            case Confirmation.NotSeen(var why) when !answers -> new Settlement.Open(why);
            case Confirmation.NotSeen(var why) -> notSeen(op, why, settled(op, settlesWithin), now);
        };
    }

    /// An errand may run until its deadline, and what it began may take its time after that.
    private static Instant settled(Op op, Duration settlesWithin) {
        return switch (op.order()) {
            case Order.OfLifecycle _ -> (op.intendedAtIsEvidence() ? op.deadline() : op.intendedAt()).plus(settlesWithin);
            case Order.Errand _ -> later(op.intendedAt(), op.deadline()).plus(settlesWithin);
            case Order.OfBalancer _,Order.Probe _ -> op.intendedAt().plus(BALANCER_SETTLES);
        };
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static Settlement notSeen(Op op, String why, Instant settled, Instant now) {
        var until = later(settled, op.deadline());
        return now.isBefore(until)
                ? new Settlement.Open(why + "; it may still take effect until " + until.truncatedTo(ChronoUnit.SECONDS))
                : new Settlement.NotApplied("looked after its settling time: " + why);
    }
}
