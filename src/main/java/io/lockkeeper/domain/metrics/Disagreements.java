package io.lockkeeper.domain.metrics;

import io.lockkeeper.domain.signal.SourceKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/// Which sources say different things of the same signal at the same time. Levels and counts differ when they are further apart than the tolerance, and by more
/// than 2; means likewise, and by at least half a second; shares when their intervals do not overlap. What clients of ours count is of themselves
/// alone, so that counts of theirs are held against nothing.
final class Disagreements {
    private static final double LEAST = 2;
    private static final double LEAST_SECONDS = 0.5;
    private static final int NODES_NAMED = 3;

    /// By node; of the whole under the empty name.
    private final Map<String, List<SourceReading>> byNode = new LinkedHashMap<>();
    private final int tolerance;

    Disagreements(List<SourceReading> readings, int tolerance, Instant now) {
        this.tolerance = tolerance;
        readings.stream().filter(reading -> reading.state(now) == SourceReading.State.HERE && comparable(reading))
                .forEach(reading -> byNode
                        .computeIfAbsent(Objects.requireNonNullElse(reading.node(), ""), _ -> new ArrayList<>()).add(reading));
    }

    List<String> words() {
        var words = new ArrayList<String>();
        words.addAll(of("", ""));
        var nodes = byNode.keySet().stream().filter(node -> !node.isEmpty())
                .flatMap(node -> of(node, "on " + node + " ").stream()).toList();
        words.addAll(nodes.subList(0, Math.min(nodes.size(), NODES_NAMED)));
        if (nodes.size() > NODES_NAMED) {
            words.add("and on " + (nodes.size() - NODES_NAMED) + " more nodes");
        }
        return words;
    }

    private List<String> of(String node, String where) {
        var there = byNode.getOrDefault(node, List.of());
        for (int i = 0; i < there.size(); i++) {
            for (int j = i + 1; j < there.size(); j++) {
                if (apart(there.get(i).datum(), there.get(j).datum())) {
                    return List.of(where + there.stream()
                            .map(reading -> reading.source() + " " + DatumWords.value(reading.datum()))
                            .collect(Collectors.joining(", ")) + ": they disagree");
                }
            }
        }
        return List.of();
    }

    private static boolean comparable(SourceReading reading) {
        return reading.kind() != SourceKind.CLIENTS || reading.datum() instanceof Datum.Share;
    }

    private boolean apart(Datum one, Datum other) {
        if (!one.over().equals(other.over())) {
            return false;
        }
        return switch (one) {
            case Datum.Level(double a, _) when other instanceof Datum.Level(double b, _) -> further(a, b, LEAST);
            case Datum.Count(double a, _, _, _) when other instanceof Datum.Count(double b, _, _, _) -> further(a, b, LEAST);
            case Datum.Mean(double a, _, _, _, _) when other instanceof Datum.Mean(double b, _, _, _, _) ->
                further(a, b, LEAST_SECONDS);
            case Datum.Share(var a, _, _, _) when other instanceof Datum.Share(var b, _, _, _) ->
                a.lower() > b.upper() || b.lower() > a.upper();
            default -> false;
        };
    }

    private boolean further(double a, double b, double least) {
        double apart = Math.abs(a - b);
        return apart > least && apart * 100 > tolerance * Math.max(Math.abs(a), Math.abs(b));
    }
}
