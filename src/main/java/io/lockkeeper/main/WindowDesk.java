package io.lockkeeper.main;

import io.lockkeeper.adapter.sqlite.SignalFiles;
import io.lockkeeper.app.RunbookLibrary;
import io.lockkeeper.app.signals.SignalHistory;
import io.lockkeeper.cli.Desk;
import io.lockkeeper.cli.Desk.Unusable;
import io.lockkeeper.domain.doc.Problem;
import io.lockkeeper.domain.environment.EnvironmentFile;
import io.lockkeeper.domain.environment.Tier;
import io.lockkeeper.port.Time;
import io.lockkeeper.ui.EnvironmentChoice;
import io.lockkeeper.ui.UiSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// What the window needs of the rest of the program.
///
/// @param sessions opens an environment by its name
record WindowDesk(Folders folders, EnvironmentFiles environments, RunbookLibrary library, Time time, String user, Open sessions) {
    interface Open {
        Desk.Opened open(String name) throws Unusable, InterruptedException;
    }

    UiSettings settings() {
        return new WindowSettings(folders.data().resolve("window.properties"));
    }

    /// Into a folder of its own in the data folder.
    String export(String name, String text) throws IOException {
        try {
            var file = Folders.create(folders.data().resolve("exports")).resolve(name);
            OwnerFile.write(file, text);
            return file.toString();
        } catch (Unusable e) {
            throw new IOException(e.why(), e);
        }
    }

    String ownFiles() {
        return folders.config().resolve("environments") + " or the folder environments beside where Lockkeeper is started";
    }

    /// What the window offers to open: the demo first, then every environment file at hand.
    List<EnvironmentChoice> choices() {
        var choices = new ArrayList<EnvironmentChoice>();
        choices.add(new EnvironmentChoice("demo", Tier.SANDBOX,
                "A service to try everything on: three nodes, a balancer and 60 clients in a process of their own on this computer.",
                List.of(),
                () -> opened("demo")));
        environments.all()
                .forEach((name,
                        read) -> choices.add(new EnvironmentChoice(name, read.file().map(EnvironmentFile::tier).orElse(null),
                                read.file().map(file -> file.nodes().size() + " nodes").orElse("This file cannot be used."),
                                read.problems().stream().filter(problem -> problem.severity() == Problem.Severity.ERROR)
                                        .map(Problem::toString).toList(),
                                () -> opened(name))));
        return choices;
    }

    private EnvironmentChoice.Opened opened(String name) throws Unusable, InterruptedException {
        var opened = sessions.open(name);
        var history = new SignalHistory(opened.access().environment(), time.now());
        var environment = opened.access().environment().name();
        var files = SignalFiles.under(folders.data(), environment);
        KeptFile.refill(history, files, time.now());
        return new EnvironmentChoice.Opened(opened.access(), opened.desk(), history, new KeptArchive(files, environment));
    }
}
