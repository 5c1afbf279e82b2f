package io.lockkeeper.app;

import io.lockkeeper.domain.run.RunEvent;
import io.lockkeeper.domain.signal.Notice;
import io.lockkeeper.domain.trigger.Action;
import io.lockkeeper.domain.trigger.Said;
import io.lockkeeper.domain.trigger.TriggerSet;
import io.lockkeeper.domain.trigger.TriggerSpec;
import io.lockkeeper.port.JournalFailure;
import io.lockkeeper.port.Time;
import java.util.List;

/// Writes down that a trigger fired and says so once; what follows from it is for people. Owned by the engine's thread.
final class FiredTriggers {
    private final TriggerSet triggers;
    private final RunHistory history;
    private final EventLog log;
    private final Engine.Observer observer;
    private final Time time;
    private Said judged = Said.NOTHING;

    FiredTriggers(TriggerSet triggers, RunHistory history, EventLog log, Engine.Observer observer, Time time) {
        this.triggers = triggers;
        this.history = history;
        this.log = log;
        this.observer = observer;
        this.time = time;
    }

    /// Whatever fires by what people said does so at once, whoever watches or acts; also what a console that was killed did not come to.
    void judgeWhatWasSaid() {
        var all = history.triggers();
        if (!all.said().equals(judged) && !log.broken()) {
            boolean written = true;
            for (var due : all.due(triggers, time.now()).entrySet()) {
                written &= fired(due.getKey(), due.getValue());
            }
            judged = written ? history.triggers().said() : judged;
        }
    }

    /// @return whether it was written
    boolean fired(TriggerSpec trigger, String evidence) {
        try {
            log.append(null, List.of(new RunEvent.TriggerFired(time.now(), trigger.name(), evidence)), true);
            observer.notice(trigger.action() == Action.WARN ? Notice.Severity.WARNING : Notice.Severity.ALARM,
                    "trigger " + trigger.name() + " fired and " + trigger.action().words() + ": " + evidence);
            return true;
        } catch (JournalFailure e) {
            log.failed(e);
            return false;
        }
    }
}
