package io.lockkeeper.app;

import io.lockkeeper.domain.run.Command;
import io.lockkeeper.domain.run.Decision;
import io.lockkeeper.domain.run.RunEvent;
import io.lockkeeper.domain.trigger.Report;
import io.lockkeeper.domain.trigger.TriggerSet;
import io.lockkeeper.domain.watch.Drill;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Commands of an environment, not of a run: who has control, what fired, what people say, drills. It decides and changes nothing.
///
/// @param now when the command is taken
record EnvironmentCommands(TriggerSet triggers, RunHistory history, Instant now) {
    private static final Duration SHORTEST_CONTROL = Duration.ofSeconds(10);
    private static final Duration LONGEST_CONTROL = Duration.ofHours(12);
    private static final Duration SHORTEST_DRILL = Duration.ofSeconds(10);
    private static final Duration LONGEST_DRILL = Duration.ofHours(1);

    /// Empty for a command of a run.
    Optional<Decision> decide(Command command) {
        return switch (command) {
            case Command.TakeControl take -> Optional.of(takeControl(take));
            case Command.GiveBackControl(var actor) -> Optional.of(giveBackControl(actor));
            case Command.AcknowledgeTrigger acknowledge -> Optional.of(acknowledge(acknowledge));
            case Command.Tell(var report) -> Optional.of(tell(report));
            case Command.BeginDrill begin -> Optional.of(beginDrill(begin));
            case Command.EndDrill(var actor) -> Optional.of(endDrill(actor));
            default -> Optional.empty();
        };
    }

    /// Who has control now.
    Optional<Control> control() {
        return history.control().filter(control -> control.holds(now));
    }

    /// What goes on now.
    Optional<Drill> drill() {
        return history.drill().filter(drill -> drill.lasts(now));
    }

    private Decision takeControl(Command.TakeControl take) {
        if (take.duration().compareTo(SHORTEST_CONTROL) < 0 || take.duration().compareTo(LONGEST_CONTROL) > 0) {
            return new Decision.Refused("control is taken for at least 10s and at most 12h");
        }
        var other = control().filter(control -> !control.actor().equals(take.actor()));
        if (other.isPresent() && take.reason().isBlank()) {
            return new Decision.Refused(other.get().actor() + " has control; taking it over needs a reason");
        }
        return Decision.of(new RunEvent.ControlTaken(now, take.actor(), take.reason(), now.plus(take.duration())));
    }

    private Decision giveBackControl(String actor) {
        var who = control().orElse(null);
        if (who == null) {
            return new Decision.Refused("nobody has control");
        }
        return who.actor().equals(actor)
                ? Decision.of(new RunEvent.ControlGivenBack(now, actor))
                : new Decision.Refused(who.actor() + " has control; take it over, with a reason, before you give it back");
    }

    private Decision acknowledge(Command.AcknowledgeTrigger command) {
        if (!history.latches().containsKey(command.trigger())) {
            var fired = history.latches().keySet();
            return new Decision.Refused("trigger \"" + command.trigger() + "\" has not fired"
                    + (fired.isEmpty() ? "; none has" : "; what has fired: " + String.join(", ", fired)));
        }
        return command.reason().isBlank()
                ? new Decision.Refused("say why it is all right: an acknowledgement needs a reason")
                : Decision.of(new RunEvent.TriggerAcknowledged(now, command.trigger(), command.actor(), command.reason()));
    }

    private Decision tell(Report report) {
        return report.objection(triggers).<Decision>map(Decision.Refused::new)
                .orElseGet(() -> Decision.of(new RunEvent.Reported(report.at(now))));
    }

    private Decision beginDrill(Command.BeginDrill begin) {
        if (begin.duration().compareTo(SHORTEST_DRILL) < 0 || begin.duration().compareTo(LONGEST_DRILL) > 0) {
            return new Decision.Refused("a drill lasts at least 10s and at most 1h");
        }
        return drill().<Decision>map(one -> new Decision.Refused("a drill by " + one.actor() + " goes on until " + one.until()))
                .orElseGet(() -> Decision.of(
                        new RunEvent.DrillBegan(now, begin.actor(), begin.reason(), now.plus(begin.duration()))));
    }

    private Decision endDrill(String actor) {
        return drill().isEmpty() ? new Decision.Refused("there is no drill") : Decision.of(new RunEvent.DrillEnded(now, actor));
    }
}
