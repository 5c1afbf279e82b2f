package io.lockkeeper.app;

import io.lockkeeper.domain.run.Command;
import io.lockkeeper.domain.trigger.Report;
import java.util.Optional;
import java.util.function.Function;

/// Something a person can do now, or cannot, and why. Buttons, menu, palette and help show the same ones.
///
/// @param id stable, for shortcuts and tests
/// @param words the verb and its target, as on the button
/// @param shortcut in the form `Shortcut+B`; empty when there is none
/// @param disabledBecause present when it cannot be done now: one sentence
public record ActionItem(String id, String words, String shortcut, Risk risk, Optional<String> disabledBecause, Act act) {
    public enum Risk {
        /// Done at once.
        SAFE,
        /// Shows target and every parameter first.
        DISRUPTIVE
    }

    public enum Place {
        FLEET, SIGNALS, RUNBOOKS, RUN, HISTORY
    }

    public sealed interface Act {
        record GoTo(Place place) implements Act {}

        /// Gives a command to the run; the function takes the actor.
        record Give(String run, Function<String, Command> command) implements Act {}

        /// Shows the newest lines of a node's log.
        record ShowLog(String node) implements Act {}

        /// Opens the sheet in which a run of this runbook is started.
        record StartRun(String runbook, boolean toKnownGood) implements Act {}

        /// Asks what there is to report, and why.
        record Tell(Report.Kind kind, String trigger) implements Act {}

        /// Needs a reason before it is given; the function takes actor and reason.
        record GiveWithReason(String run, Reasoned command) implements Act {}
    }

    /// Makes a command of actor and reason.
    public interface Reasoned {
        Command of(String actor, String reason);
    }

    public boolean enabled() {
        return disabledBecause.isEmpty();
    }
}
