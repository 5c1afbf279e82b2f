package io.lockkeeper.domain.runbook;

import io.lockkeeper.domain.doc.Marked;
import io.lockkeeper.domain.doc.Nearest;
import io.lockkeeper.domain.doc.Problem;
import io.lockkeeper.domain.environment.Environment;
import io.lockkeeper.domain.trigger.TriggerSet;
import io.lockkeeper.domain.trigger.TriggerSpec;
import java.util.HashSet;
import java.util.List;

/// The names after `watch:`, checked against the triggers of an environment.
final class WatchNames {
    private final Runbook runbook;
    private final Environment environment;

    WatchNames(Runbook runbook, Environment environment) {
        this.runbook = runbook;
        this.environment = environment;
    }

    private static List<String> names(TriggerSet set) {
        return set.specs().stream().map(TriggerSpec::name).toList();
    }

    /// A usual trigger that an environment switches off is no mistake of the runbook.
    private boolean isOff(Marked.Scalar name) {
        return !names(environment.triggers()).contains(name.text()) && names(TriggerSet.USUAL).contains(name.text());
    }

    /// @param problems gets what makes the runbook unusable
    void check(List<Problem> problems) {
        var known = names(environment.triggers());
        var seen = new HashSet<String>();
        for (var name : runbook.watch()) {
            if (!seen.add(name.text())) {
                problems.add(Problem.error(name.at(), "trigger \"" + name.text() + "\" is watched twice", "remove one"));
            } else if (!environment.nodes().isEmpty() && !known.contains(name.text()) && !isOff(name)) {
                problems.add(Problem.error(name.at(), "there is no trigger \"" + name.text() + "\" in this environment",
                        Nearest.suggestion(name.text(), known)));
            }
        }
    }

    /// @param problems gets what is to be known and speaks against nothing
    void warn(List<Problem> problems) {
        runbook.watch().stream().filter(this::isOff).forEach(name -> problems.add(new Problem(name.at(), Problem.Severity.WARNING,
                "trigger \"" + name.text() + "\" is switched off in this environment and guards nothing", "")));
    }
}
