package io.lockkeeper.domain.runbook;

import io.lockkeeper.domain.doc.Nearest;
import io.lockkeeper.domain.doc.Problem;
import io.lockkeeper.domain.environment.Environment;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a runbook hands over to its way back.
public final class WayBackInputs {
    private WayBackInputs() {}

    /// The inputs of the way back, references to the runbook's own inputs resolved.
    public static Map<String, String> of(Runbook.WayBack wayBack, Map<String, String> inputs) {
        var given = new LinkedHashMap<String, String>();
        wayBack.with().forEach((name, value) -> {
            boolean reference = !value.quoted() && value.text().startsWith("$");
            var resolved = reference ? inputs.get(value.text().substring(1)) : value.text();
            if (resolved != null) {
                given.put(name, resolved);
            }
        });
        return given;
    }

    static void check(Runbook runbook, Runbook.WayBack wayBack, Runbook target, Environment environment, List<Problem> problems) {
        var names = target.inputs().stream().map(Input::name).toList();
        wayBack.with().forEach((name, value) -> {
            if (!names.contains(name)) {
                problems.add(Problem.error(value.at(), "the way back " + target.id() + " has no input \"" + name + "\"",
                        Nearest.suggestion(name, names)));
            }
            var own = runbook.inputs().stream().map(Input::name).toList();
            if (!value.quoted() && value.text().startsWith("$") && !own.contains(value.text().substring(1))) {
                problems.add(Problem.error(value.at(), "nothing is called " + value.text(), Nearest.suggestion(value.text(),
                        own.stream().map(one -> "$" + one).toList())));
            }
        });
        target.inputs().stream().filter(input -> input.fallback() == null && !wayBack.with().containsKey(input.name()))
                .forEach(input -> problems
                        .add(Problem.error(runbook.steps().isEmpty() ? input.at() : runbook.steps().getFirst().at(),
                                "the way back " + target.id() + " needs its input \"" + input.name() + "\"",
                                "add it under wayBack: with:")));
        if (Compiler.compile(target, samples(runbook, wayBack, target, environment), environment, "wayBack/",
                Map.of()) instanceof Compiled.Refused(var found)) {
            found.forEach(problem -> problems.add(where(problem, wayBack, target)));
        }
    }

    /// What the way back would be given in a run with sample inputs.
    private static Map<String, String> samples(Runbook runbook, Runbook.WayBack wayBack, Runbook target,
            Environment environment) {
        var own = Lint.samples(runbook, environment);
        runbook.inputs().forEach(input -> {
            if (input.fallback() != null) {
                own.putIfAbsent(input.name(), input.fallback());
            }
        });
        var samples = Lint.samples(target, environment);
        var names = target.inputs().stream().map(Input::name).toList();
        of(wayBack, own).forEach((name, value) -> {
            if (names.contains(name)) {
                samples.put(name, value);
            }
        });
        return samples;
    }

    /// A value that does not fit is wrong where it is given, not where the other file declares it.
    private static Problem where(Problem problem, Runbook.WayBack wayBack, Runbook target) {
        return target.inputs().stream().filter(input -> input.at().equals(problem.at()))
                .flatMap(input -> Optional.ofNullable(wayBack.with().get(input.name())).stream()).findFirst()
                .map(value -> new Problem(value.at(), problem.severity(),
                        "the way back " + target.id() + ": " + problem.message(),
                        problem.suggestion()))
                .orElse(problem);
    }
}
