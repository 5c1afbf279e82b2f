package io.lockkeeper.domain.run;

import io.lockkeeper.domain.environment.Environment;
import io.lockkeeper.domain.fleet.Fleet;
import java.time.Instant;

/// What is known outside the run at the moment of a decision.
public record Facts(Environment environment, Fleet fleet, Instant now) {}
