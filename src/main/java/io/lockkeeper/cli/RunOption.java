package io.lockkeeper.cli;

import io.lockkeeper.app.RunSummary;
import io.lockkeeper.app.Snapshot;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// A run of an environment; the open one where none is named.
final class RunOption {
    @Mixin
    EnvironmentOption environment = new EnvironmentOption();

    @Parameters(arity = "0..1", paramLabel = "RUN", description = "id of the run; may be left out when one is open")
    String run = "";

    String in(Snapshot snapshot) throws Desk.Unusable {
        var known = snapshot.runs().stream().map(RunSummary::run).toList();
        if (!run.isEmpty()) {
            if (!known.contains(run)) {
                throw new Desk.Unusable("environment " + environment.environment + " has no run " + run
                        + (known.isEmpty()
                                ? "; it never had one"
                                : "; its newest are: " + String.join(", ", known.stream().limit(5).toList())));
            }
            return run;
        }
        return snapshot.runs().stream().filter(one -> one.ending() == null).map(RunSummary::run).findFirst()
                .orElseThrow(() -> new Desk.Unusable("no run is open in environment " + environment.environment
                        + snapshot.runs().stream().findFirst().map(RunOption::newest).orElse("; it never had one")));
    }

    /// Who was killed in the very moment of its end hears of it here.
    private static String newest(RunSummary run) {
        var how = run.ending() == null ? "is open" : "ended: " + run.ending().words();
        return "; the newest, " + run.run() + ", " + how + ". Name one to see it";
    }
}
