package io.lockkeeper.domain.runbook;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The compiled form of a runbook for given inputs. A run embeds it; a resume reads nothing else.
///
/// @param watch the triggers that guard the run
public record Plan(String runbook, String title, List<Step> steps, List<String> watch) {
    public Plan {
        steps = List.copyOf(steps);
        watch = List.copyOf(watch);
    }

    /// No trigger guards it.
    public Plan(String runbook, String title, List<Step> steps) {
        this(runbook, title, steps, List.of());
    }

    /// Every step that is not a forEach, in the order of the text; those of every choice of a decision, too.
    public List<Step> leaves() {
        var all = new ArrayList<Step>();
        collect(steps, all);
        return all;
    }

    private static void collect(List<Step> steps, List<Step> into) {
        for (var step : steps) {
            switch (step) {
                case Step.ForEach each -> each.lanes().forEach(lane -> collect(lane.steps(), into));
                case Step.Decision decision -> {
                    into.add(decision);
                    decision.choices().forEach(choice -> collect(choice.steps(), into));
                }
                default -> into.add(step);
            }
        }
    }

    /// The lanes of every forEach, in the order of the text; those of every choice of a decision, too.
    public List<Step.Lane> lanes() {
        var lanes = new ArrayList<Step.Lane>();
        collectLanes(steps, lanes);
        return lanes;
    }

    private static void collectLanes(List<Step> steps, List<Step.Lane> into) {
        for (var step : steps) {
            switch (step) {
                case Step.ForEach each -> {
                    into.addAll(each.lanes());
                    each.lanes().forEach(lane -> collectLanes(lane.steps(), into));
                }
                case Step.Decision decision -> decision.choices().forEach(choice -> collectLanes(choice.steps(), into));
                default -> {
                    // has none
                }
            }
        }
    }

    public Optional<Step> leaf(String path) {
        return Optional.ofNullable(find(steps, path));
    }

    /// Asked at every look, so without building anything.
    private static @Nullable Step find(List<Step> steps, String path) {
        for (var step : steps) {
            var found = step.path().equals(path) && !(step instanceof Step.ForEach) ? step : findWithin(step, path);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private static @Nullable Step findWithin(Step step, String path) {
        if (step instanceof Step.ForEach each) {
            for (var lane : each.lanes()) {
                var found = find(lane.steps(), path);
                if (found != null) {
                    return found;
                }
            }
        } else if (step instanceof Step.Decision decision) {
            for (var choice : decision.choices()) {
                var found = find(choice.steps(), path);
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }
}
