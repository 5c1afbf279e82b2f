package io.lockkeeper.cli;

import io.lockkeeper.app.Submitted;
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
            return switch (opened.access().submit("", command)) {
                case Submitted.Taken _ -> {
                    terminal.say(done);
                    yield Exit.GOOD;
                }
                case Submitted.Refused(var why) -> {
                    terminal.complain(why);
                    yield Exit.BAD;
                }
                case Submitted.Unknown(var why) -> {
                    terminal.complain(why);
                    yield Exit.UNKNOWN;
                }
            };
        }
    }
}
