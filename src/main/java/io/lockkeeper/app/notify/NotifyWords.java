package io.lockkeeper.app.notify;

import io.lockkeeper.app.EventWords;
import io.lockkeeper.domain.environment.Environment;
import io.lockkeeper.domain.environment.Occasion;
import io.lockkeeper.domain.notify.Notification;
import io.lockkeeper.domain.run.Ending;
import io.lockkeeper.domain.run.OpRun;
import io.lockkeeper.domain.run.RunEvent;
import io.lockkeeper.domain.run.RunState;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Notifications in the words that journal, window and terminal use. Pure.
final class NotifyWords {
    private final Environment environment;

    NotifyWords(Environment environment) {
        this.environment = environment;
    }

    /// @param run as the event left it; `null` where the event is of no run that is known
    /// @return empty where the event is nothing to be told
    Optional<Notification> of(RunEvent event, @Nullable RunState run) {
        return switch (event) {
            case RunEvent.TriggerFired(_, var trigger, _) ->
                Optional.of(ofTrigger(event, Occasion.TRIGGER_FIRED, true, trigger, "TRIGGER " + trigger + " FIRED"));
            case RunEvent.TriggerAcknowledged(_, var trigger, var actor, _) -> Optional.of(ofTrigger(event,
                    Occasion.TRIGGER_ACKNOWLEDGED, false, trigger, "trigger " + trigger + " acknowledged by " + actor));
            default -> run == null ? Optional.empty() : ofRun(event, run);
        };
    }

    private Optional<Notification> ofRun(RunEvent event, RunState run) {
        var title = run.start().plan().title();
        return switch (event) {
            case RunEvent.RunStarted started -> Optional.of(ofRun(event, run, Occasion.RUN_STARTED, false,
                    title + " started by " + started.actor()));
            case RunEvent.RollbackOrdered order -> Optional.of(ofRun(event, run, Occasion.WAY_BACK, true,
                    title + ": ROLL BACK ordered by " + order.actor()));
            case RunEvent.AbortOrdered order -> Optional.of(ofRun(event, run, Occasion.WAY_BACK, true,
                    title + ": ABORT ordered by " + order.actor()));
            case RunEvent.RunEnded ended -> Optional.of(ended(event, run, ended.ending()));
            default -> Optional.empty();
        };
    }

    /// An end does not hide what nobody knows.
    private Notification ended(RunEvent event, RunState run, Ending ending) {
        long unknown = run.ops().values().stream().filter(op -> op.is(OpRun.Status.UNKNOWN) && op.op().order().disruptive())
                .count();
        var words = unknown == 0 ? "" : "; OUTCOME UNKNOWN of " + unknown + (unknown == 1 ? " order" : " orders");
        var one = ofRun(event, run, Occasion.RUN_ENDED, ending != Ending.SUCCEEDED || unknown > 0,
                run.start().plan().title() + " " + ending.words() + words);
        return unknown == 0
                ? one
                : new Notification(one.id(), one.occasion(), one.urgent(), one.environment(), one.tier(), one.run(), one.at(),
                        one.title(), one.text() + " The outcome of " + unknown + (unknown == 1 ? " order" : " orders")
                                + " is UNKNOWN.");
    }

    private Notification ofRun(RunEvent event, RunState run, Occasion occasion, boolean urgent, String title) {
        return notification(run.run() + "/" + occasion.key(), occasion, urgent, run.run(), event.at(), title,
                EventWords.of(event) + ".");
    }

    private Notification ofTrigger(RunEvent event, Occasion occasion, boolean urgent, String trigger, String title) {
        return notification("trigger/" + trigger + "/" + occasion.key(), occasion, urgent, null, event.at(), title,
                EventWords.of(event) + ".");
    }

    Notification of(Needs.Need need, RunState run) {
        return notification(run.run() + "/" + need.key(), Occasion.NEEDS_PERSON, true, run.run(), need.since(),
                run.start().plan().title() + ": " + need.title(), need.text());
    }

    /// @param subject the same for the beginning and the end of one thing
    Notification ofWatch(Occasion occasion, String subject, boolean urgent, Instant at, String title, String text) {
        return notification("watch/" + subject, occasion, urgent, null, at, title, text);
    }

    Notification test(String channel, Instant at, String actor) {
        return notification("test/" + channel, Occasion.TEST, false, null, at,
                "TEST, nothing has happened", actor + " tries whether notifications to channel " + channel
                        + " arrive. This is a test: nobody has to do anything.");
    }

    private Notification notification(String id, Occasion occasion, boolean urgent, @Nullable String run, Instant at,
            String title, String text) {
        return new Notification(environment.name() + "/" + id + "@" + at, occasion, urgent, environment.name(),
                environment.tier(), run, at, environment.name() + ": " + title, text);
    }
}
