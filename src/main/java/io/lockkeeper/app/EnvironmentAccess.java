package io.lockkeeper.app;

import io.lockkeeper.domain.environment.Environment;
import io.lockkeeper.domain.history.KeptEpisode;
import io.lockkeeper.domain.journal.Entry;
import io.lockkeeper.domain.run.Command;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// One environment as window, terminal and watcher reach it, whether this process holds its journal or another one does.
/// Thread-safe.
public interface EnvironmentAccess extends AutoCloseable {
    int MOST_EPISODES = 5_000;

    Environment environment();

    /// Gives a command to whoever holds the environment. Blocks for one durable append and, to another process, its round trip.
    /// A [Command.Start] goes to a new run, every other command to `run`.
    Submitted submit(String run, Command command) throws InterruptedException;

    /// Records versions as known good, on a person's word.
    Submitted setKnownGood(String actor, Map<String, String> versions) throws InterruptedException;

    /// The newest snapshot.
    Snapshot snapshot();

    /// Calls `watcher` with the newest snapshot now and after every change, from one thread at a time, never more often than every
    /// 50 ms. Close to stop.
    Watching watch(Consumer<Snapshot> watcher);

    /// Journal entries from `fromSeq` on, as they stand in the journal; what a follower in another process folds for itself.
    List<Entry> entries(long fromSeq) throws Unavailable, InterruptedException;

    /// The journal of one run, oldest first; empty for a run that is not there. Reads the journal: not for the screen's own thread.
    List<Recorded> events(String run) throws Unavailable, InterruptedException;

    /// The newest lines of a node's log; throws with one sentence when they cannot be had.
    List<String> logTail(String node, int lines) throws Unavailable, InterruptedException;

    /// What whoever watches remembers of clients of ours that lost their connection: the last hour, at most the newest [#MOST_EPISODES], in the
    /// order of time. Empty where nobody watches. Blocks as [#logTail] does.
    List<KeptEpisode> remembered() throws Unavailable, InterruptedException;

    /// Lets go: a run that is open stays open, and whoever holds the environment next goes on with it.
    @Override
    void close();

    interface Watching extends AutoCloseable {
        @Override
        void close();
    }

    final class Unavailable extends Exception {
        private static final long serialVersionUID = 1L;

        public Unavailable(String message) {
            super(message);
        }
    }
}
