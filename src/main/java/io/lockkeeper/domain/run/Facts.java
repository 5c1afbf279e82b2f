package io.lockkeeper.domain.run;

import io.lockkeeper.domain.environment.Environment;
import io.lockkeeper.domain.fleet.Fleet;
import java.time.Instant;
import java.util.Map;

/// What is known outside the run at the moment of a decision.
///
/// @param tallies by path of a soak: what was seen since its last evidence was journalled
/// @param controlled whether orders may leave: somebody has control, or nobody needs to
public record Facts(Environment environment, Fleet fleet, Instant now, Map<String, SoakTally> tallies, boolean controlled) {
    public Facts {
        tallies = Map.copyOf(tallies);
    }

    /// The same moment, with what was seen of the soaks until then.
    public Facts with(Map<String, SoakTally> seen) {
        return new Facts(environment, fleet, now, seen, controlled);
    }

    public Facts(Environment environment, Fleet fleet, Instant now) {
        this(environment, fleet, now, Map.of(), true);
    }
}
