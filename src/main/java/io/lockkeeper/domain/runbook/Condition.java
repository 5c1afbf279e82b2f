package io.lockkeeper.domain.runbook;

import org.jspecify.annotations.Nullable;

/// What a gate asks of its signal.
public sealed interface Condition {
    record IsTrue(boolean expected) implements Condition {}

    record IsText(String expected) implements Condition {}

    /// Limits of a count; at least one is set.
    record Count(@Nullable Long atLeast, @Nullable Long atMost, @Nullable Long moreThan,
            @Nullable Long lessThan) implements Condition {
        public boolean holds(long value) {
            return (atLeast == null || value >= atLeast) && (atMost == null || value <= atMost)
                    && (moreThan == null || value > moreThan) && (lessThan == null || value < lessThan);
        }
    }

    /// Every session that was on the node when its drain began is accounted for: at most `lost` lost, none still there.
    record Accounted(long lost) implements Condition {}

    /// At least this many probe sessions in a row resumed on the node.
    record Resumed(int atLeast) implements Condition {}
}
