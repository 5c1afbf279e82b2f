package io.lockkeeper.app;

import io.lockkeeper.domain.run.Op;
import io.lockkeeper.domain.run.Outcome;
import io.lockkeeper.domain.run.Settlement;
import java.util.function.Consumer;

/// The engine's only way to act. Both return at once and call back exactly once, on the engine's own thread.
public interface Effects {
    void start(Op op, Consumer<Outcome> then);

    /// Looks at the target of an op whose outcome is unknown.
    void observe(Op op, Consumer<Settlement> then);
}
