package io.lockkeeper.cli;

import io.lockkeeper.app.EnvironmentAccess;
import io.lockkeeper.domain.run.Ending;
import io.lockkeeper.domain.run.RunState;

/// Goes with a run to its end, in the way the options ask for, and says how it came out.
final class Following {
    private final Desk desk;
    private final Terminal terminal;
    private final EnvironmentAccess access;
    private final String run;
    private final AnswerOptions options;

    Following(Desk desk, Terminal terminal, EnvironmentAccess access, String run, AnswerOptions options) {
        this.desk = desk;
        this.terminal = terminal;
        this.access = access;
        this.run = run;
        this.options = options;
    }

    /// @param goal the ending that counts as good
    /// @param environment as the person called it, for the hints
    /// @param since nothing is answered before the journal has been seen up to here
    int toTheEnd(Ending goal, String environment, long since) throws InterruptedException {
        try (var _ = desk.whenInterrupted(
                () -> terminal.leave("Left run " + run + " open. Go on with: lockkeeper resume " + run + " --env "
                        + environment))) {
            var last = new RunWatch(access, run, terminal, desk, options.json).follow(answers(), since);
            return last.map(state -> result(state, goal, environment)).orElse(Exit.UNKNOWN);
        }
    }

    private RunWatch.Answers answers() {
        if (options.yes) {
            return new AutomaticAnswers(access, options.actor(desk), options.stragglers == AnswerOptions.Stragglers.CLOSE,
                    terminal);
        }
        if (terminal.interactive() && !options.json) {
            return new AskedAnswers(access, options.actor(desk), terminal);
        }
        terminal.complain("Nobody can answer here: questions of the run wait for the window or another terminal (or use --yes).");
        return (_, _) -> new RunWatch.Answers.Answer.Nothing();
    }

    private int result(RunState state, Ending goal, String environment) {
        int code = Exit.of(state, goal);
        if (options.json) {
            var ended = state.ended();
            terminal.say("{\"result\":\"" + (ended == null ? "open" : ended.ending().name()) + "\",\"run\":\"" + run
                    + "\",\"exit\":" + code + "}");
        } else if (state.open()) {
            terminal.say(terminal.loud("run " + run + " stopped and is open. ") + "Look at it with `lockkeeper attach " + run
                    + " --env " + environment
                    + "`, or go back with `lockkeeper rollback " + run + " --env " + environment + "`.");
        } else if (code == Exit.UNKNOWN) {
            terminal.say(terminal.loud("the outcome of at least one order is unknown; see the journal"));
        }
        return code;
    }
}
