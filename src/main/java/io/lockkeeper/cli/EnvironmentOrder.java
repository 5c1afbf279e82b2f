package io.lockkeeper.cli;

import io.lockkeeper.domain.run.Command;

/// One order to an environment, not to a run, whoever holds it.
record EnvironmentOrder(Desk desk, Terminal terminal) {
    /// @param actor as it was given; empty for the user of this computer
    String who(String actor) {
        return actor.isEmpty() ? desk.user() : actor;
    }

    /// @param done what is said once it was taken
    int give(EnvironmentOption environment, Command command, String done) throws Desk.Unusable, InterruptedException {
        try (var opened = desk.look(environment.environment)) {
            return Exit.of(opened.access().submit("", command), terminal, _ -> {
                terminal.say(done);
                return Exit.GOOD;
            });
        }
    }
}
