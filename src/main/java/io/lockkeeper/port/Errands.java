package io.lockkeeper.port;

import io.lockkeeper.domain.run.Order;
import java.time.Duration;

/// Carries out the commands, or makes the HTTP calls, that an environment file names. Blocks on the caller's (virtual) thread and is
/// safe from several threads.
public interface Errands {
    /// Runs it once, and ends it at the call's deadline with whatever it started. That it ended without an error is no more than
    /// [Reply.Accepted]; what may have been done in part is [Reply.NoAnswer].
    Reply send(Order.Errand order, Call call) throws InterruptedException;

    /// What the order's confirmation reads now, to be compared with what it expects. Only for those that have it asked of this kind.
    ///
    /// @throws LinkFault when it could not be read; such a look says nothing about the effect
    String read(Order.Errand order, Duration limit) throws LinkFault, InterruptedException;

    /// After a deadline, the time after which "had no effect" may be concluded from looking.
    Duration settlesWithin(Order.Errand order);

    /// Whether what was sent may still be running on its own: another start of this program began it and nobody has seen its end.
    boolean mayStillRun(String op);
}
