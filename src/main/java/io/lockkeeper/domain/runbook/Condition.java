package io.lockkeeper.domain.runbook;

import io.lockkeeper.domain.client.Scenario;
import io.lockkeeper.domain.doc.Durations;
import io.lockkeeper.domain.signal.Portion;
import io.lockkeeper.domain.signal.Success;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
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
            case VersionShare(var version, var percent, int points) ->
                "of " + version + " within " + points + " points of "
                        + (percent == null ? "its share of the serving nodes" : percent + " %");
            case Returning(var by, var atLeast, var over) -> by.words() + " at least " + atLeast.words() + over.words();
            case Returned(var scenario, var measure, var lessThan, var over) ->
                measure.words() + " of " + scenario.name().toLowerCase(Locale.ROOT) + " less than " + Durations.words(lessThan)
                        + over.words();
            case Continued(var atLeast, var over) -> "at least " + atLeast.words() + over.words();
            case Messages(long atMost, var over) -> "at most " + atMost + over.words();
            case Out(var atMost, var share) -> "at most " + (share == null ? atMost : share.words());
            case Available(var atLeast, var over) -> "at least " + atLeast.words() + over.words();
            case Metric metric -> "from " + metric.source() + " " + metric.limits();
            case Quiet(var triggers) -> triggers.isEmpty() ? "all of them" : String.join(", ", triggers);
        };
    }

    /// What is looked at of what clients of ours felt; empty for every other condition.
    default Optional<Over> over() {
        return switch (this) {
            case Returning(_, _, var over) -> Optional.of(over);
            case Returned(_, _, _, var over) -> Optional.of(over);
            case Continued(_, var over) -> Optional.of(over);
            case Messages(_, var over) -> Optional.of(over);
            case Available(_, var over) -> Optional.of(over);
            case IsTrue _,IsText _,Accounted _,Resumed _,Share _,Count _,VersionShare _,Metric _,Out _,Quiet _ ->
                Optional.empty();
        };
    }

    record IsTrue(boolean expected) implements Condition {}

    record IsText(String expected) implements Condition {}

    /// Limits of a count; at least one is set.
    record Count(@Nullable Long atLeast, @Nullable Long atMost, @Nullable Long moreThan,
            @Nullable Long lessThan) implements Condition {
        public boolean holds(double value) {
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

    /// The observed share of open connections that nodes of a version carry.
    ///
    /// @param version the version, or `$id` of an answer given before
    /// @param percent what it should be; `null` for as many as its nodes are among those that serve
    /// @param points how far it may be from that
    record VersionShare(String version, @Nullable Integer percent, int points) implements Condition {}

    /// A signal as one source of the environment's `metrics` tells it. One of the three limits is set, by the signal's kind.
    ///
    /// @param name of the signal
    /// @param count of a level or a count
    /// @param atLeast of a share, by the interval of Wilson
    /// @param lessThan of a mean time
    /// @param minSamples how many samples it takes at least, of a share or a mean time
    record Metric(String name, String source, @Nullable Count count, @Nullable Portion atLeast, @Nullable Duration lessThan,
            long minSamples) implements Condition {
        String limits() {
            var samples = minSamples > 1 ? ", " + minSamples + " samples" : "";
            return count != null
                    ? count.words()
                    : atLeast != null
                            ? "at least " + atLeast.words() + samples
                            : "less than " + (lessThan == null ? "?" : Durations.words(lessThan)) + samples;
        }
    }

    /// From when on what clients of ours felt counts.
    enum Since {
        /// The gate, or the soak, was entered.
        GATE,
        /// The first step of its node's pass of a forEach.
        NODE,
        /// The first step of the run.
        RUN;

        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// What is looked at, and how much of it there has to be.
    ///
    /// @param window only the newest so long of it
    /// @param minSamples how many samples it takes at least
    /// @param minEvents of how many events at least: losses of one node within 5 s are one
    record Over(Since since, Duration window, long minSamples, int minEvents) {
        String words() {
            return ", since the " + (since == Since.GATE ? "step began" : since.key() + " began") + ", over at most "
                    + Durations.words(window) + (minSamples > 1 ? ", " + minSamples + " samples" : "")
                    + (minEvents > 1 ? ", " + minEvents + " events" : "");
        }
    }

    /// So many come back, by the interval of Wilson.
    record Returning(Success.By by, Portion atLeast, Over counted) implements Condition {}

    /// They come back so quickly.
    record Returned(Scenario scenario, Measure measure, Duration lessThan, Over counted) implements Condition {}

    /// Of times.
    enum Measure {
        MEAN, P95, MAX;

        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        String words() {
            return this == MAX ? "the longest" : this == MEAN ? "the mean" : "the 95th percentile";
        }
    }

    /// So many of those that come back have the same session, with nothing lost and nothing twice.
    record Continued(Portion atLeast, Over counted) implements Condition {}

    /// At most so many messages.
    record Messages(long atMost, Over counted) implements Condition {}

    /// At most so many clients are out at this moment; one of the two is set.
    record Out(@Nullable Long atMost, @Nullable Portion share) implements Condition {}

    /// Over the whole window.
    record Available(Portion atLeast, Over counted) implements Condition {}

    /// None of them is holding, has fired or is blind.
    ///
    /// @param triggers empty for all
    record Quiet(List<String> triggers) implements Condition {
        public Quiet {
            triggers = List.copyOf(triggers);
        }
    }
}
