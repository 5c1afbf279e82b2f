package io.lockkeeper.cli;

import io.lockkeeper.app.EnvironmentAccess;
import io.lockkeeper.app.Recorded;
import io.lockkeeper.app.Snapshot;
import io.lockkeeper.domain.run.RunEvent;
import io.lockkeeper.domain.run.RunMachine;
import io.lockkeeper.domain.run.RunState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Follows one run in the terminal, event by event, and lets somebody answer what it asks, until it ends or nobody here can answer. Where
/// the terminal can, a line at the bottom says twice a second where the run stands.
final class RunWatch {
    /// Answers for the person: commands to give, or empty to leave it to others.
    interface Answers {
        sealed interface Answer {
            /// Something was given, and the journal has it up to `seq`: what was seen before that is no ground for the next answer.
            record Given(long seq) implements Answer {}

            /// Nothing to answer now.
            record Nothing() implements Answer {}

            /// This needs a decision that is not made here: stop watching.
            record Stop() implements Answer {}
        }

        Answer answer(RunState run, Snapshot snapshot) throws InterruptedException;
    }

    private static final Duration BETWEEN_DRAWINGS = Duration.ofMillis(500);

    private final EnvironmentAccess access;
    private final String run;
    private final Terminal terminal;
    private final Desk desk;
    private final boolean json;
    private Instant drawnAt = Instant.EPOCH;
    private long printed;
    private boolean wasFollowing = true;

    RunWatch(EnvironmentAccess access, String run, Terminal terminal, Desk desk, boolean json) {
        this.access = access;
        this.run = run;
        this.terminal = terminal;
        this.desk = desk;
        this.json = json;
    }

    /// @param since nothing is answered before the journal has been seen up to here
    /// @return the run as it was last seen; ended, or open when `answers` stopped
    Optional<RunState> follow(Answers answers, long since) throws InterruptedException {
        var news = new LinkedBlockingQueue<Snapshot>();
        long answered = since;
        try (var _ = access.watch(news::add)) {
            while (true) {
                var snapshot = newest(news);
                var state = snapshot.run();
                connection(snapshot);
                if (state == null || !state.run().equals(run)) {
                    if (snapshot.runs().stream().anyMatch(one -> one.run().equals(run) && one.ending() != null)) {
                        return fromJournal();
                    }
                    continue;
                }
                snapshot.events().stream().filter(event -> event.seq() > printed).forEach(this::print);
                if (!state.open()) {
                    return Optional.of(state);
                }
                progress(snapshot);
                boolean current = !snapshot.events().isEmpty() && snapshot.events().getLast().seq() >= answered;
                if (snapshot.following() && current) {
                    switch (answers.answer(state, snapshot)) {
                        case Answers.Answer.Given(long seq) -> answered = seq;
                        case Answers.Answer.Nothing() -> {
                            // others may answer
                        }
                        case Answers.Answer.Stop() -> {
                            return Optional.of(state);
                        }
                    }
                }
            }
        } finally {
            terminal.progress(Progress.NONE);
        }
    }

    /// The run has ended and another one is the newest: the rest of it stands in the journal.
    private Optional<RunState> fromJournal() throws InterruptedException {
        @Nullable
        RunState state = null;
        try {
            for (var entry : access.entries(1)) {
                if (run.equals(entry.run())) {
                    var event = desk.records().decode(entry);
                    if (event instanceof RunEvent.RunStarted started) {
                        state = RunMachine.begin(started);
                    } else if (state != null) {
                        state = RunMachine.evolve(state, event);
                    }
                    if (entry.seq() > printed) {
                        print(new Recorded(entry.seq(), entry.at(), run, event));
                    }
                }
            }
        } catch (EnvironmentAccess.Unavailable | Desk.Unusable e) {
            terminal.complain("run " + run + " has ended, and its journal cannot be read: " + e.getMessage());
            return Optional.empty();
        }
        return Optional.ofNullable(state);
    }

    private void progress(Snapshot snapshot) {
        if (!terminal.live() || json) {
            return;
        }
        var now = desk.now();
        if (Duration.between(drawnAt, now).abs().compareTo(BETWEEN_DRAWINGS) >= 0) {
            drawnAt = now;
            terminal.progress(ProgressWords.of(snapshot, access.environment(), now));
        }
    }

    private Snapshot newest(LinkedBlockingQueue<Snapshot> news) throws InterruptedException {
        var snapshot = news.poll(BETWEEN_DRAWINGS.toMillis(), TimeUnit.MILLISECONDS);
        for (var next = news.poll(); next != null; next = news.poll()) {
            snapshot = next;
        }
        return snapshot == null ? access.snapshot() : snapshot;
    }

    private void connection(Snapshot snapshot) {
        if (wasFollowing && !snapshot.following() && !json) {
            terminal.say(terminal.loud("nobody is reading this environment now; taking over as soon as that is possible"));
        }
        wasFollowing = snapshot.following();
    }

    private void print(Recorded recorded) {
        printed = recorded.seq();
        if (json) {
            terminal.say(desk.json(recorded.seq(), recorded.run(), recorded.event()));
            return;
        }
        var time = recorded.at().toString().substring(11, 19);
        terminal.say(terminal.dim(time) + " " + EventPaint.of(terminal, recorded.event()));
    }
}
