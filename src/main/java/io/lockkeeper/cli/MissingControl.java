package io.lockkeeper.cli;

import io.lockkeeper.app.Snapshot;
import io.lockkeeper.domain.environment.Environment;
import java.util.Optional;

/// What to do before an environment can be ordered about.
final class MissingControl {
    private MissingControl() {}

    /// Empty where `actor` can go ahead.
    ///
    /// @param called what the person calls the environment
    static Optional<String> words(Snapshot snapshot, Environment environment, String called, String actor) {
        var run = snapshot.run();
        boolean leaving = run != null && run.open() && run.leaving();
        var who = snapshot.control();
        if (!environment.guards().control() || leaving || (who != null && who.actor().equals(actor))) {
            return Optional.empty();
        }
        var take = "lockkeeper control take --env " + called;
        return Optional.of(who == null
                ? environment.name() + " is read-only: nobody has control. Take it with: " + take
                : who.actor() + " has control of " + environment.name() + ". Take it over with: " + take + " --reason TEXT");
    }
}
