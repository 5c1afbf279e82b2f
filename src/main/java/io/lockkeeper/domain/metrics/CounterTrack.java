package io.lockkeeper.domain.metrics;

import io.lockkeeper.domain.signal.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What counters of one page counted, reading by reading; immutable. Only what happened between two readings is known, so that:
/// - a counter that went down began anew at zero and has counted what it shows now;
/// - a counter that appears where the page was read before without it has counted what it shows; where the page was never read before, nothing
///   is known and nothing counts;
/// - a reading that was missed is no zero: the next one tells what was counted since the last;
/// - NaN, infinite and negative values are passed over as if the counter were not there.
public final class CounterTrack {
    /// One counter in one reading.
    ///
    /// @param series its labels: they tell it from the others of the page
    /// @param group what it is added up by, e.g. a node
    public record Point(Map<String, String> series, String group, double value) {}

    /// What a group counted.
    ///
    /// @param covered the time between the readings it rests on, at most the window
    /// @param newest the newest reading that had a counter of the group
    public record Increase(double amount, Duration covered, Instant newest) {}

    private record Last(String group, double value, Instant at) {}

    private record Step(Instant from, Instant to, Map<String, Double> counted) {}

    /// A counter that was away for less is still known when it comes back.
    private static final Duration AWAY = Duration.ofHours(1);

    private final Duration memory;
    private final @Nullable Instant readAt;
    private final Map<Map<String, String>, Last> lasts;
    private final Map<String, Instant> groups;
    private final List<Step> steps;

    private CounterTrack(Duration memory, @Nullable Instant readAt, Map<Map<String, String>, Last> lasts,
            Map<String, Instant> groups,
            List<Step> steps) {
        this.memory = memory;
        this.readAt = readAt;
        this.lasts = lasts;
        this.groups = groups;
        this.steps = steps;
    }

    /// @param memory the longest window that will be asked for
    public static CounterTrack empty(Duration memory) {
        return new CounterTrack(memory, null, Map.of(), Map.of(), List.of());
    }

    /// The one of two empty tracks that remembers longer.
    static CounterTrack longer(CounterTrack a, CounterTrack b) {
        return a.memory.compareTo(b.memory) >= 0 ? a : b;
    }

    /// The next reading of the page. One that is not newer than the last changes nothing.
    public CounterTrack on(Instant at, List<Point> points) {
        var before = readAt;
        if (before != null && !at.isAfter(before)) {
            return this;
        }
        var nextLasts = new HashMap<>(lasts);
        var nextGroups = new HashMap<>(groups);
        var counted = new HashMap<String, Double>();
        for (var point : points) {
            if (!Double.isFinite(point.value()) || point.value() < 0) {
                continue;
            }
            var last = lasts.get(point.series());
            double since = last == null ? point.value() : sinceLast(last.value(), point.value());
            if (before != null) {
                counted.merge(point.group(), since, Double::sum);
            }
            nextLasts.put(point.series(), new Last(point.group(), point.value(), at));
            nextGroups.put(point.group(), at);
        }
        nextLasts.values().removeIf(last -> last.at().isBefore(at.minus(memory.compareTo(AWAY) > 0 ? memory : AWAY)));
        var nextSteps = new ArrayList<Step>();
        steps.stream().filter(step -> !step.from().isBefore(at.minus(memory))).forEach(nextSteps::add);
        if (before != null) {
            nextSteps.add(new Step(before, at, counted));
        }
        return new CounterTrack(memory, at, nextLasts, nextGroups, nextSteps);
    }

    private static double sinceLast(double last, double now) {
        return now < last ? now : now - last;
    }

    /// Every group that ever had a counter here.
    public List<String> groups() {
        return groups.keySet().stream().sorted().toList();
    }

    /// When the page was read last; `null` before the first time.
    public @Nullable Instant readAt() {
        return readAt;
    }

    /// What the group counted in the window, as far as it lies between readings. Empty where fewer than two readings lie in it, or the
    /// group never had a counter.
    public Optional<Increase> over(Window window, String group) {
        var seen = groups.get(group);
        double amount = 0;
        var covered = Duration.ZERO;
        for (var step : steps) {
            if (!step.from().isBefore(window.from()) && !step.to().isAfter(window.to())) {
                amount += step.counted().getOrDefault(group, 0.0);
                covered = covered.plus(Duration.between(step.from(), step.to()));
            }
        }
        return seen == null || covered.isZero() ? Optional.empty() : Optional.of(new Increase(amount, covered, seen));
    }
}
