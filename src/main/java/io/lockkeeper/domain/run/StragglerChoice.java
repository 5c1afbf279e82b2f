package io.lockkeeper.domain.run;

import java.time.Duration;

/// What the operator decided about clients that did not leave a draining node.
public sealed interface StragglerChoice {
    record Wait(Duration longer) implements StragglerChoice {}

    /// @param code the close code clients will see; 1006 where the balancer only cuts
    record Close(int perSecond, int code) implements StragglerChoice {}

    /// Ends the step; the node stays drained with its clients on it.
    record GiveUp() implements StragglerChoice {}
}
