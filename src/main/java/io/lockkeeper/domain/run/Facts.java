package io.lockkeeper.domain.run;

import io.lockkeeper.domain.environment.Environment;
import io.lockkeeper.domain.fleet.Fleet;
import io.lockkeeper.domain.metrics.MetricsReading;
import io.lockkeeper.domain.watch.Felt;
import io.lockkeeper.domain.watch.Latch;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is known outside the run at the moment of a decision.
///
/// @param tallies by path of a soak: what was seen since its last evidence was journalled
/// @param felt by clients of ours
/// @param controlled whether orders may leave: somebody has control, or nobody needs to
/// @param fired triggers that have fired and were not acknowledged, by name
/// @param metrics what other systems say; `null` where the environment has none, or nobody reads them
public record Facts(Environment environment, Fleet fleet, Felt felt, Instant now, Map<String, SoakTally> tallies,
        boolean controlled, Map<String, Latch> fired, @Nullable MetricsReading metrics) {
    public Facts {
        tallies = Map.copyOf(tallies);
        fired = Map.copyOf(fired);
    }

    /// Nothing has fired.
    public Facts(Environment environment, Fleet fleet, Felt felt, Instant now, Map<String, SoakTally> tallies,
            boolean controlled) {
        this(environment, fleet, felt, now, tallies, controlled, Map.of(), null);
    }

    /// The same moment, with what has fired and was not acknowledged.
    public Facts withFired(Map<String, Latch> latches) {
        return new Facts(environment, fleet, felt, now, tallies, controlled, latches, metrics);
    }

    /// The same moment, with what was seen of the soaks until then.
    public Facts with(Map<String, SoakTally> seen) {
        return new Facts(environment, fleet, felt, now, seen, controlled, fired, metrics);
    }

    /// The same moment, with what clients of ours felt.
    public Facts with(Felt known) {
        return new Facts(environment, fleet, known, now, tallies, controlled, fired, metrics);
    }

    /// The same moment, with what other systems say.
    public Facts withMetrics(@Nullable MetricsReading read) {
        return new Facts(environment, fleet, felt, now, tallies, controlled, fired, read);
    }

    public Facts(Environment environment, Fleet fleet, Instant now) {
        this(environment, fleet, now, Map.of(), true);
    }

    /// Nobody watches.
    public Facts(Environment environment, Fleet fleet, Instant now, Map<String, SoakTally> tallies, boolean controlled) {
        this(environment, fleet, Felt.NOBODY, now, tallies, controlled);
    }
}
