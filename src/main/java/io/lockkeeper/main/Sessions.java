package io.lockkeeper.main;

import io.lockkeeper.adapter.journal.Disk;
import io.lockkeeper.adapter.journal.FileJournal;
import io.lockkeeper.adapter.journal.JournalFiles;
import io.lockkeeper.adapter.socket.SocketDoorway;
import io.lockkeeper.adapter.sqlite.Limits;
import io.lockkeeper.adapter.sqlite.SignalFiles;
import io.lockkeeper.adapter.sqlite.SqliteSignalStore;
import io.lockkeeper.app.EnvironmentSession;
import io.lockkeeper.app.Guarding;
import io.lockkeeper.app.LiteralOrders;
import io.lockkeeper.app.RunPreparation;
import io.lockkeeper.app.SharedAccess;
import io.lockkeeper.app.WayBackText;
import io.lockkeeper.app.watch.Past;
import io.lockkeeper.app.watch.Watch;
import io.lockkeeper.cli.Desk.Opened;
import io.lockkeeper.cli.Desk.Unusable;
import io.lockkeeper.domain.run.RunEvent;
import io.lockkeeper.domain.trigger.RecordedBaseline;
import io.lockkeeper.port.JournalFailure;
import io.lockkeeper.port.Time;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Opens environments: held by this process, or followed where another one holds them.
///
/// @param anyDisk whether the journal may lie on a disk that is not this computer's own
/// @param user who is responsible where an op names nobody else
record Sessions(Folders folders, Library library, Time time, boolean anyDisk, String user) {
    /// What watches while an environment is held; `null` for nothing.
    interface Eyes {
        Watch.@Nullable Parts of(EnvironmentFiles.Found found, Time time, Past past);
    }

    /// @param acting false to leave an open run where it is
    /// @param role of this process, for whoever is told who holds an environment
    Opened open(EnvironmentFiles.Found found, boolean acting, Eyes eyes, String role) throws Unusable, InterruptedException {
        var contacts = Contacts.of(found, time);
        var environment = contacts.environment();
        var wayBacks = Folders.create(folders.wayBacks());
        try {
            var doorway = new SocketDoorway(folders.data().resolve("run"), environment.name(), new MessageCodec());
            var access = new SharedAccess(
                    new SharedAccess.Parts(environment, () -> hold(found, contacts, wayBacks, acting, eyes, role), doorway,
                            RunCodec.JSON,
                            time,
                            MainDesk.VERSION));
            return new Opened(access,
                    new RunPreparation(environment, library, time, MainDesk.VERSION, Sessions::nonce, guarding(found)),
                    new LiteralOrders(environment, contacts.endpoints()));
        } catch (JournalFailure e) {
            throw new Unusable(e.why());
        } catch (IOException e) {
            throw new Unusable("the folder for talking to other windows and terminals cannot be used: " + e.getMessage());
        }
    }

    private static String nonce() {
        var bytes = new byte[16];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private EnvironmentSession hold(EnvironmentFiles.Found found, Contacts contacts, Path wayBacks, boolean acting,
            Eyes eyes, String role) throws JournalFailure {
        var environment = contacts.environment();
        var journal = FileJournal.open(JournalFiles.under(folders.data(), environment.name()), "lockkeeper",
                anyDisk ? Disk.ANY : Disk.OWN);
        var history = SqliteSignalStore.at(SignalFiles.under(folders.data(), environment.name()), Limits.USUAL,
                environment.name());
        var past = new KeptPast(history, time, BaselineFile.under(folders.data(), environment.name()));
        return new EnvironmentSession(
                new EnvironmentSession.Parts(environment, contacts.endpoints(), journal, RunCodec.JSON, time,
                        started -> keepWayBack(wayBacks, started, contacts), RandomGenerator.getDefault()::nextDouble,
                        role + " (pid " + ProcessHandle.current().pid() + ")", user, eyes.of(found, time, past), history,
                        Contacts.metrics(found, new FirstValuesFile(folders.firstValues(), environment.name()), time),
                        Channels.parts(found, folders, time)),
                acting);
    }

    private static String keepWayBack(Path folder, RunEvent.RunStarted started, Contacts contacts) throws IOException {
        var file = folder.resolve("wayback-" + started.run() + ".txt");
        OwnerFile.write(file, WayBackText.of(started, contacts.environment(), contacts.endpoints()));
        return file.toString();
    }

    private Guarding guarding(EnvironmentFiles.Found found) {
        var clients = found.environment().clients();
        var baselines = BaselineFile.under(folders.data(), found.environment().name());
        return new Guarding(clients != null && clients.watch(), () -> {
            try {
                return baselines.read().baselines().stream().map(RecordedBaseline::baseline).toList();
            } catch (IOException _) {
                return List.of(); // `baseline list` says what is wrong with it
            }
        });
    }
}
