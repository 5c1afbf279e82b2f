package io.lockkeeper.domain.runbook;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a gate asks of its signal.
public sealed interface Condition {
    /// As it stands on screen: `is true`, `at least 2 and less than 9`.
    default String words() {
        return switch (this) {
            case IsTrue(boolean expected) -> "is " + expected;
            case IsText(var expected) -> "is " + expected;
            case Accounted(long lost) -> "at most " + lost + " lost, none left behind";
            case Resumed(int atLeast) -> "at least " + atLeast + " in a row";
            case Share(int atLeast, int samples) -> "at least " + atLeast + "% of at least " + samples;
            case Count count -> count.limits();
        };
    }

    record IsTrue(boolean expected) implements Condition {}

    record IsText(String expected) implements Condition {}

    /// Limits of a count; at least one is set.
    record Count(@Nullable Long atLeast, @Nullable Long atMost, @Nullable Long moreThan,
            @Nullable Long lessThan) implements Condition {
        public boolean holds(long value) {
            return (atLeast == null || value >= atLeast) && (atMost == null || value <= atMost)
                    && (moreThan == null || value > moreThan) && (lessThan == null || value < lessThan);
        }

        private String limits() {
            var limits = new ArrayList<String>();
            limit("at least ", atLeast, limits);
            limit("at most ", atMost, limits);
            limit("more than ", moreThan, limits);
            limit("less than ", lessThan, limits);
            return String.join(" and ", limits);
        }

        private static void limit(String words, @Nullable Long limit, List<String> limits) {
            if (limit != null) {
                limits.add(words + limit);
            }
        }

        /// How far a value that holds is from the closest limit.
        public double margin(long value) {
            double margin = Double.POSITIVE_INFINITY;
            margin = atLeast == null ? margin : Math.min(margin, (double) value - atLeast);
            margin = atMost == null ? margin : Math.min(margin, (double) atMost - value);
            margin = moreThan == null ? margin : Math.min(margin, (double) value - moreThan);
            return lessThan == null ? margin : Math.min(margin, (double) lessThan - value);
        }
    }

    /// Every session that was on the node when its drain began is accounted for: at most `lost` lost, none still there.
    record Accounted(long lost) implements Condition {}

    /// At least this share of what was tried succeeds, by the 95 % interval of Wilson.
    ///
    /// @param atLeast in percent
    /// @param samples how many must have been tried before it can pass
    record Share(int atLeast, int samples) implements Condition {}

    /// At least this many probe sessions in a row resumed on the node.
    record Resumed(int atLeast) implements Condition {}
}
