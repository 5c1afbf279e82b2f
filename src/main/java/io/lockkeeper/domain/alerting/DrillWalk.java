package io.lockkeeper.domain.alerting;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// One way of an alert, hop by hop.
///
/// @param left what was not seen yet, in order
/// @param met what was seen
/// @param since when the last hop was seen, or the way began
public record DrillWalk(List<Hop> left, List<Met> met, Instant since) {
    public enum Hop {
        READ("Prometheus has read it from the watcher's page",
                "see in Prometheus, Status > Targets, whether it reads the page of `lockkeeper watch --metrics`"), FIRING(
                        "Prometheus has the alert firing",
                        "see in Prometheus, Status > Rules, when the rules were evaluated last"), RECEIVED(
                                "Alertmanager has received it",
                                "see `alerting` in the configuration of Prometheus, and whether it reaches this Alertmanager"), RESOLVED(
                                        "Prometheus has the alert resolved",
                                        "see in Prometheus, Status > Targets, whether it still reads the watcher's page"), CLEARED(
                                                "Alertmanager has it resolved",
                                                "it takes what Prometheus sends; without that, its own resolve_timeout");

        private final String words;
        private final String hint;

        Hop(String words, String hint) {
            this.words = words;
            this.hint = hint;
        }

        public String words() {
            return words;
        }

        /// Where to look when it was not seen.
        public String hint() {
            return hint;
        }
    }

    /// @param took since the hop before
    public record Met(Hop hop, Duration took) {}

    public DrillWalk {
        left = List.copyOf(left);
        met = List.copyOf(met);
    }

    /// From the order to its arrival.
    public static DrillWalk there(boolean alertmanager, Instant now) {
        return new DrillWalk(hops(alertmanager, Hop.READ, Hop.FIRING, Hop.RECEIVED), List.of(), now);
    }

    /// From the end of the drill to that of the alert.
    public static DrillWalk back(boolean alertmanager, Instant now) {
        return new DrillWalk(hops(alertmanager, Hop.RESOLVED, Hop.CLEARED), List.of(), now);
    }

    private static List<Hop> hops(boolean alertmanager, Hop... hops) {
        return Stream.of(hops).filter(hop -> alertmanager || (hop != Hop.RECEIVED && hop != Hop.CLEARED)).toList();
    }

    public boolean done() {
        return left.isEmpty();
    }

    /// With what was seen at `now`. A later hop is not looked for before the one ahead of it was seen.
    public DrillWalk seen(DrillSight sight, Instant now) {
        var rest = new ArrayList<>(left);
        var done = new ArrayList<>(met);
        var from = since;
        while (!rest.isEmpty() && isSeen(rest.getFirst(), sight)) {
            done.add(new Met(rest.removeFirst(), Duration.between(from, now)));
            from = now;
        }
        return new DrillWalk(rest, done, from);
    }

    private static boolean isSeen(Hop hop, DrillSight sight) {
        return switch (hop) {
            case READ -> Boolean.TRUE.equals(sight.shown());
            case FIRING -> Boolean.TRUE.equals(sight.firing());
            case RECEIVED -> Boolean.TRUE.equals(sight.received());
            case RESOLVED -> Boolean.FALSE.equals(sight.firing());
            case CLEARED -> Boolean.FALSE.equals(sight.received());
        };
    }

    /// The hop that was not seen within the limit.
    public Optional<Hop> missed(Duration limit, Instant now) {
        return done() || Duration.between(since, now).compareTo(limit) < 0 ? Optional.empty() : Optional.of(left.getFirst());
    }
}
