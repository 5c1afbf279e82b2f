package io.lockkeeper.domain.watch;

import io.lockkeeper.domain.signal.Availability;
import io.lockkeeper.domain.signal.ClientSignals;
import io.lockkeeper.domain.signal.Window;
import java.time.Instant;
import java.util.Optional;

/// What a run has spent of the error budget, as far as whoever watches remembers it.
///
/// @param whole from the run's beginning on; else watching began later, or the run began more than an hour ago
public record RunSpent(String run, boolean whole, Availability availability) {
    /// All times by the clock of the signals.
    ///
    /// @param ended [Instant#MAX] while it goes on
    /// @param since from when on anything is remembered
    /// @return empty where nothing of the run is remembered
    public static Optional<RunSpent> of(String run, Instant started, Instant ended, Instant since, Instant now,
            ClientSignals signals) {
        var from = started.isBefore(since) ? since : started;
        var to = ended.isBefore(now) ? ended : now;
        return to.isAfter(from)
                ? Optional.of(new RunSpent(run, !started.isBefore(since), signals.availability(new Window(from, to))))
                : Optional.empty();
    }
}
