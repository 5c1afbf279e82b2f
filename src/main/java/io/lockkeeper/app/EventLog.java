package io.lockkeeper.app;

import io.lockkeeper.domain.journal.Draft;
import io.lockkeeper.domain.run.RunEvent;
import io.lockkeeper.domain.run.RunState;
import io.lockkeeper.domain.signal.Notice;
import io.lockkeeper.port.Journal;
import io.lockkeeper.port.JournalFailure;
import io.lockkeeper.port.RunEvents;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The engine's way into the journal: what is durable stands in the history at once, and what finds no room is not forgotten. Owned by the
/// engine's thread.
final class EventLog {
    /// Something to be written, once or twice.
    interface Write {
        /// @param first false when the space in reserve was freed for it
        void go(boolean first) throws JournalFailure;
    }

    private final Journal journal;
    private final RunEvents codec;
    private final RunHistory history;
    private final Engine.Observer observer;
    private final Consumer<List<RunEvent>> appended;
    private final Queue<Runnable> unsaved = new ArrayDeque<>();
    private boolean broken;

    /// @param appended told after each append
    EventLog(Journal journal, RunEvents codec, RunHistory history, Engine.Observer observer,
            Consumer<List<RunEvent>> appended) {
        this.journal = journal;
        this.codec = codec;
        this.history = history;
        this.observer = observer;
        this.appended = appended;
    }

    /// Whether the last write failed; nothing is done until one succeeds.
    boolean broken() {
        return broken;
    }

    /// @param run `null` for what is of the environment
    /// @throws JournalFailure when nothing was appended
    void append(@Nullable String run, List<RunEvent> events, boolean anchor) throws JournalFailure {
        var drafts = events.stream().map(event -> {
            var encoded = codec.encode(event);
            return new Draft(event.at(), run, encoded.type(), encoded.version(), encoded.body());
        }).toList();
        journal.append(drafts, anchor).forEach(history::add);
        appended.accept(events);
        broken = false;
        observer.changed();
    }

    /// An urgent write gets the space that is kept in reserve where there is no other.
    void write(boolean urgent, Write write) throws JournalFailure {
        try {
            write.go(true);
        } catch (JournalFailure first) {
            if (!urgent) {
                throw first;
            }
            journal.releaseReserve();
            write.go(false);
        }
    }

    /// @return whether it was written; where not, somebody was told
    boolean record(String run, List<RunEvent> events) {
        try {
            append(run, events, events.stream().anyMatch(event -> event instanceof RunEvent.RunEnded));
            return true;
        } catch (JournalFailure e) {
            if (history.run(run).map(RunState::rollingBack).orElse(false) && !broken) {
                journal.releaseReserve();
            }
            broken = true;
            alarm(e);
            return false;
        }
    }

    /// An outcome must not be lost because the disk is full: it is kept and written as soon as that is possible.
    void keep(String run, RunEvent event) {
        if (broken || !record(run, List.of(event))) {
            unsaved.add(() -> record(run, List.of(event)));
        }
    }

    /// Also when a command has found room meanwhile: an outcome that is never written would leave its order pending for ever.
    void saveWhatIsUnsaved() {
        broken = false;
        while (!broken && !unsaved.isEmpty()) {
            unsaved.peek().run();
            if (!broken) {
                unsaved.remove();
            }
        }
    }

    /// A write of somebody else's failed; said once.
    void failed(JournalFailure e) {
        if (!broken) {
            broken = true;
            alarm(e);
        }
    }

    private void alarm(JournalFailure e) {
        observer.notice(Notice.Severity.ALARM, "nothing more is done until the journal can be written: " + e.why());
    }
}
