package io.lockkeeper.domain.runbook;

import io.lockkeeper.domain.doc.Nearest;
import io.lockkeeper.domain.doc.Problem;
import io.lockkeeper.domain.environment.Environment;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
        if (Compiler.compile(target, Lint.samples(target, environment), environment, "wayBack/",
                Map.of()) instanceof Compiled.Refused(var found)) {
            problems.addAll(found);
        }
    }
}
