package io.lockkeeper.domain.metrics;

import io.lockkeeper.domain.signal.Ratio;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// What all nodes come to together. A part that is missing is never taken for zero.
public final class Totals {
    private static final int NAMED = 3;

    private Totals() {}

    /// @param byNode in the order of the nodes
    public static Datum of(Map<String, Datum> byNode) {
        var missing = new ArrayList<String>();
        var there = new ArrayList<Datum>();
        byNode.forEach((node, datum) -> {
            if (datum instanceof Datum.None(var why)) {
                missing.add(node + ": " + why);
            } else {
                there.add(datum);
            }
        });
        if (there.isEmpty()) {
            return new Datum.None(byNode.isEmpty() ? "there are no nodes" : shortened(missing, byNode.size()));
        }
        var sum = sum(there);
        return missing.isEmpty()
                ? sum
                : new Datum.None(DatumWords.value(sum) + " of " + there.size() + " of " + byNode.size() + " nodes; "
                        + shortened(missing, byNode.size()));
    }

    private static String shortened(List<String> missing, int nodes) {
        var whys = missing.stream().map(one -> one.substring(one.indexOf(": ") + 2)).distinct().toList();
        if (missing.size() == nodes && whys.size() == 1) {
            return whys.getFirst();
        }
        return String.join("; ", missing.subList(0, Math.min(NAMED, missing.size())))
                + (missing.size() > NAMED ? "; and " + (missing.size() - NAMED) + " more" : "");
    }

    private static Datum sum(List<Datum> all) {
        var at = all.stream().map(Datum::readAt).filter(Objects::nonNull).min(Instant::compareTo).orElseThrow();
        var covered = all.stream().map(Datum::seen).min(Duration::compareTo).orElse(Duration.ZERO);
        return switch (all.getFirst()) {
            case Datum.Level _ -> new Datum.Level(all.stream().mapToDouble(Totals::value).sum(), at);
            case Datum.Count(_, var window, _, _) ->
                new Datum.Count(all.stream().mapToDouble(Totals::value).sum(), window, covered, at);
            case Datum.Share(_, var window, _, _) -> new Datum.Share(all.stream().map(Totals::ratio)
                    .reduce(new Ratio(0, 0), (a, b) -> new Ratio(a.good() + b.good(), a.tried() + b.tried())), window, covered,
                    at);
            case Datum.Mean(_, _, var window, _, _) -> {
                long samples = all.stream().mapToLong(Totals::samples).sum();
                double seconds = all.stream().mapToDouble(one -> value(one) * samples(one)).sum();
                yield new Datum.Mean(samples == 0 ? 0 : seconds / samples, samples, window, covered, at);
            }
            case Datum.None none -> none;
        };
    }

    private static double value(Datum datum) {
        return switch (datum) {
            case Datum.Level(double value, _) -> value;
            case Datum.Count(double value, _, _, _) -> value;
            case Datum.Mean(double seconds, _, _, _, _) -> seconds;
            case Datum.Share _,Datum.None _ -> 0;
        };
    }

    private static Ratio ratio(Datum datum) {
        return datum instanceof Datum.Share(var ratio, _, _, _) ? ratio : new Ratio(0, 0);
    }

    private static long samples(Datum datum) {
        return datum instanceof Datum.Mean(_, long samples, _, _, _) ? samples : 0;
    }
}
