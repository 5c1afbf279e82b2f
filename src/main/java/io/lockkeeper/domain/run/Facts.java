package io.lockkeeper.domain.run;

import io.lockkeeper.domain.environment.Environment;
import io.lockkeeper.domain.fleet.Fleet;
import io.lockkeeper.domain.watch.Felt;
import java.time.Instant;
import java.util.Map;

/// What is known outside the run at the moment of a decision.
///
/// @param tallies by path of a soak: what was seen since its last evidence was journalled
/// @param felt by clients of ours
/// @param controlled whether orders may leave: somebody has control, or nobody needs to
public record Facts(Environment environment, Fleet fleet, Felt felt, Instant now, Map<String, SoakTally> tallies,
        boolean controlled) {
    public Facts {
        tallies = Map.copyOf(tallies);
    }

    /// The same moment, with what was seen of the soaks until then.
    public Facts with(Map<String, SoakTally> seen) {
        return new Facts(environment, fleet, felt, now, seen, controlled);
    }

    /// The same moment, with what clients of ours felt.
    public Facts with(Felt known) {
        return new Facts(environment, fleet, known, now, tallies, controlled);
    }

    public Facts(Environment environment, Fleet fleet, Instant now) {
        this(environment, fleet, now, Map.of(), true);
    }

    /// Nobody watches.
    public Facts(Environment environment, Fleet fleet, Instant now, Map<String, SoakTally> tallies, boolean controlled) {
        this(environment, fleet, Felt.NOBODY, now, tallies, controlled);
    }
}
