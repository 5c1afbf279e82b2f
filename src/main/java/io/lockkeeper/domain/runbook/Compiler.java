package io.lockkeeper.domain.runbook;

import io.lockkeeper.domain.doc.Marked;
import io.lockkeeper.domain.doc.Problem;
import io.lockkeeper.domain.environment.Environment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// Makes a plan of a runbook for given inputs: references resolved, every value typed, each forEach written out. All problems are
/// found, not only the first.
public final class Compiler {
    private Compiler() {}

    /// @param given inputs as a person typed them
    /// @param prefix stands before every path; `wayBack/` for a way back
    /// @param restore by node: what a way back leads to; empty for a runbook that goes forward
    public static Compiled compile(Runbook runbook, Map<String, String> given, Environment environment, String prefix,
            Map<String, RestorePoint> restore) {
        var problems = new ArrayList<Problem>();
        var inputs = new InputValues(environment, problems).of(runbook, given);
        if (!problems.isEmpty()) {
            return refused(problems);
        }
        var scope = Scope.of(inputs, problems);
        var compiler = new StepCompiler(environment, restore, problems);
        var steps = compiler.steps(runbook.steps(), prefix, scope);
        var onAbort = compiler.steps(runbook.onAbort(), prefix + "onAbort/", scope);
        new WatchNames(runbook, environment).check(problems);
        if (problems.isEmpty()) {
            forwardOnly(runbook, steps).ifPresent(problems::add);
            sinceNoNode(runbook, steps).ifPresent(problems::add);
        }
        if (!problems.isEmpty()) {
            return refused(problems);
        }
        var unused = new TreeSet<>(inputs.keySet());
        unused.removeAll(scope.used());
        var watch = prefix.isEmpty() ? runbook.watch().stream().map(Marked.Scalar::text).toList() : List.<String>of();
        var abort = onAbort.isEmpty() ? null : new Plan(runbook.id(), runbook.title() + ": when aborted", onAbort);
        return new Compiled.Ok(new Plan(runbook.id(), runbook.title(), steps, watch), abort, inputs, unused);
    }

    /// A deploy that cannot be undone needs a point of no return before it: else the way back would be promised and not be one.
    private static Optional<Problem> forwardOnly(Runbook runbook, List<Step> steps) {
        boolean passed = false;
        for (var step : new Plan("", "", steps).leaves()) {
            passed |= step instanceof Step.PointOfNoReturn;
            if (!passed && step instanceof Step.Action action && action.compatible() != null
                    && action.compatible().forwardOnly()) {
                return Optional.of(Problem.error(runbook.start(), "deploy at " + action.path()
                        + " is forward-only, and no pointOfNoReturn comes before it: its way back would lead to a version that cannot go on",
                        "put a pointOfNoReturn with an onward runbook before it"));
            }
        }
        return Optional.empty();
    }

    /// Only within a forEach there is a node whose steps have a beginning.
    private static Optional<Problem> sinceNoNode(Runbook runbook, List<Step> steps) {
        var plan = new Plan("", "", steps);
        var lanes = plan.lanes().stream().map(lane -> lane.path() + "/").toList();
        return plan.leaves().stream().filter(Step.Gate.class::isInstance).map(Step.Gate.class::cast)
                .filter(gate -> gate.condition().over().filter(over -> over.since() == Condition.Since.NODE).isPresent()
                        && lanes.stream().noneMatch(gate.path()::startsWith))
                .findFirst()
                .map(gate -> Problem.error(runbook.start(),
                        "the gate at " + gate.path() + " counts since its node, and stands in no forEach", "use since: run"));
    }

    private static Compiled refused(List<Problem> problems) {
        return new Compiled.Refused(problems.stream().distinct().sorted(Comparator.comparing(Problem::at)).toList());
    }
}
