package io.lockkeeper.cli;

import io.lockkeeper.app.AlertPath;
import io.lockkeeper.app.EnvironmentAccess;
import io.lockkeeper.app.LiteralOrders;
import io.lockkeeper.app.LiveClients;
import io.lockkeeper.app.RunDesk;
import io.lockkeeper.app.RunbookLibrary;
import io.lockkeeper.app.Snapshot;
import io.lockkeeper.app.notify.NotifyTest;
import io.lockkeeper.domain.client.ClientEvent;
import io.lockkeeper.domain.doc.Problem;
import io.lockkeeper.domain.environment.Environment;
import io.lockkeeper.domain.history.KeptEpisode;
import io.lockkeeper.domain.history.SeriesSpan;
import io.lockkeeper.domain.history.Step;
import io.lockkeeper.domain.history.Stretch;
import io.lockkeeper.domain.journal.Entry;
import io.lockkeeper.domain.journal.Verification;
import io.lockkeeper.domain.run.RunEvent;
import io.lockkeeper.domain.runbook.Runbook;
import io.lockkeeper.domain.trigger.RecordedBaseline;
import io.lockkeeper.domain.trigger.Recording;
import io.lockkeeper.domain.trigger.TriggerSet;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What the commands need of the rest of the program; `main` hands it in.
public interface Desk {
    /// An environment that was opened, with what prepares its runs.
    ///
    /// @param literals what would be sent for an action
    record Opened(EnvironmentAccess access, RunDesk desk, LiteralOrders literals) implements AutoCloseable {
        @Override
        public void close() {
            access.close();
        }
    }

    /// Something the person has to mend; the message says where, what and what to do.
    final class Unusable extends Exception {
        private static final long serialVersionUID = 1L;
        private final String why;

        public Unusable(String why) {
            super(why);
            this.why = why;
        }

        public String why() {
            return why;
        }
    }

    /// @param name `demo`, the name of an environment file at hand, or the path of one
    Opened open(String name) throws Unusable, InterruptedException;

    /// The same without moving a run that is open and held by nobody: for those who look, or give one order and leave.
    Opened look(String name) throws Unusable, InterruptedException;

    /// As [#open], and what holds it watches with clients of ours even where the file says `watch: false`.
    Opened watch(String name) throws Unusable, InterruptedException;

    /// For the team's own Prometheus, Alertmanager and Grafana.
    interface Alerting {
        /// A rule file for Prometheus. Starts nothing, as `dashboard`.
        String rules(String environment) throws Unusable;

        /// JSON for Grafana.
        String dashboard(String environment) throws Unusable;

        /// @param address of the page
        /// @param loopback whether only this computer reaches it
        record Served(String address, boolean loopback, Closing closing) {}

        /// Serves a page for a Prometheus.
        ///
        /// @param port 0 for any that is free
        /// @param page called for each request, from any thread
        Served serve(String host, int port, Supplier<String> page) throws Unusable;

        /// How an alert of the environment arrives, as its file says.
        AlertPath path(String environment) throws Unusable, InterruptedException;

        /// Whole or not at all, in place of what is there.
        void write(Path file, String text) throws Unusable;
    }

    Alerting alerting();

    /// Tries the channels of an environment; throws where its file names none.
    NotifyTest notifyTest(String environment) throws Unusable, InterruptedException;

    RunbookLibrary library();

    /// Keys with which people sign, each in a file of its own. `file` is `null` for the usual place of that name.
    interface Keys {
        /// @param where it is kept, as a person would say it
        record Made(String where, String publicHalf) {}

        /// Never writes over a file.
        Made create(String name, @Nullable Path file) throws Unusable;

        /// Never replaces a key.
        Made createInKeychain(String name) throws Unusable;

        /// As it stands on a roster.
        String publicHalf(String name, @Nullable Path file) throws Unusable;

        /// @return Base64
        String sign(String name, @Nullable Path file, String text) throws Unusable;
    }

    Keys keys();

    /// @param runbook empty when the file cannot be used
    record RunbookFile(Optional<Runbook> runbook, List<Problem> problems) {}

    /// Reads one runbook file; everything said against it by itself is in the problems.
    RunbookFile runbook(Path file);

    /// JSON schema of runbook files.
    String runbookSchema();

    /// The environment of a name without reaching out to it.
    Environment environment(String name) throws Unusable, InterruptedException;

    /// The triggers of an environment; starts nothing.
    TriggerSet triggers(String environment) throws Unusable;

    /// @param recording without the lines that are among the problems
    record RecordingFile(Recording recording, List<Problem> problems) {}

    /// One event as a JSON line.
    String json(long seq, String run, RunEvent event);

    /// Everything known of an environment as one JSON object on one line.
    String json(Environment environment, Snapshot snapshot);

    /// Clients of ours on an environment that has a section for them, started.
    ///
    /// @param listener called on their own threads for everything that happens to one of them; must return at once
    /// @param sentinels how many; empty for as many as the environment's file says, as for `cyclers`
    LiveClients clients(String environment, OptionalInt sentinels, OptionalInt cyclers, Consumer<ClientEvent> listener)
            throws Unusable, InterruptedException;

    /// A recording that is being written. One thread.
    interface EventFile extends AutoCloseable {
        void write(List<ClientEvent> events) throws Unusable;

        @Override
        void close() throws Unusable;
    }

    /// Begins a recording in a new file.
    EventFile record(Path file) throws Unusable;

    /// What was kept of an environment, beside whoever keeps it. One thread.
    interface Kept extends AutoCloseable {
        /// As the environment calls itself.
        String environment();

        /// Lost from `from` up to and with `to`, in the order of time.
        void episodes(Instant from, Instant to, Consumer<KeptEpisode> each) throws Unusable;

        /// Of one signal, in the order of time.
        void values(String signal, Step step, Instant from, Instant to, Consumer<Stretch> each) throws Unusable;

        List<SeriesSpan> series() throws Unusable;

        @Override
        void close();
    }

    /// @param unusable lines of the file that are no baselines
    record Baselines(List<RecordedBaseline> baselines, List<Integer> unusable, Path file) {}

    /// What stands on this computer's disk, whoever holds the environments now. Starts nothing.
    interface Records {
        Verification verify(String environment) throws Unusable;

        /// A journal that somebody else may hold.
        List<Entry> entries(String environment) throws Unusable;

        RunEvent decode(Entry entry) throws Unusable;

        /// The way back of a run, as it was written down when it was armed.
        String wayBack(String environment, String run) throws Unusable;

        /// Starts nothing; throws where nothing was ever kept.
        Kept kept(String environment) throws Unusable;

        Baselines baselines(String environment) throws Unusable;

        /// On disk when it returns.
        void keep(String environment, RecordedBaseline baseline) throws Unusable;

        RecordingFile recording(Path file) throws Unusable;
    }

    Records records();

    /// Names and values as one JSON object on one line.
    String json(Map<String, ? extends @Nullable Object> object);

    /// Starts or attaches to the demo and says where it is.
    String demo() throws Unusable, InterruptedException;

    /// Opens the window; returns the exit code when it is closed.
    int window(boolean demo, boolean smoke) throws Unusable, InterruptedException;

    /// Empty when a window can be opened here, else why not.
    Optional<String> noDisplay();

    /// Says something when the program is interrupted (Ctrl-C) before this is closed.
    Closing whenInterrupted(Runnable then);

    /// Does something when the program is told to end (Ctrl-C, SIGTERM) before this is closed. The program then ends with 0 as soon as it is
    /// closed; what takes longer than 10 s is cut off.
    Closing whenStopped(Runnable then);

    interface Closing extends AutoCloseable {
        @Override
        void close();
    }

    Instant now();

    String user();

    String version();
}
