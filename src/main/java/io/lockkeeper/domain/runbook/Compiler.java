package io.lockkeeper.domain.runbook;

import io.lockkeeper.domain.doc.Problem;
import io.lockkeeper.domain.environment.Environment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
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
        var steps = new StepCompiler(environment, restore, problems).steps(runbook.steps(), prefix, scope);
        if (!problems.isEmpty()) {
            return refused(problems);
        }
        var unused = new TreeSet<>(inputs.keySet());
        unused.removeAll(scope.used());
        return new Compiled.Ok(new Plan(runbook.id(), runbook.title(), steps), inputs, unused);
    }

    private static Compiled refused(List<Problem> problems) {
        return new Compiled.Refused(problems.stream().distinct().sorted(Comparator.comparing(Problem::at)).toList());
    }
}
