package io.lockkeeper.domain.environment;

import java.time.Duration;
import java.util.List;

/// Targets outside the service that tell a fault of the own network from one of the service.
///
/// @param targets tcp, http or https; none: such a fault can be told only by counts
/// @param every how often each is asked
/// @param limit for one answer
/// @param failing so many of a hundred of those that have ever answered have to fail
public record ControlsSpec(List<String> targets, Duration every, Duration limit, int failing) {
    public static final Duration EVERY = Duration.ofSeconds(3);
    public static final Duration LIMIT = Duration.ofSeconds(2);

    /// No targets.
    public static final ControlsSpec NONE = new ControlsSpec(List.of(), EVERY, LIMIT, 100);

    public ControlsSpec {
        targets = List.copyOf(targets);
    }
}
