package io.lockkeeper.main;

import io.lockkeeper.adapter.journal.FileJournal;
import io.lockkeeper.adapter.journal.JournalFiles;
import io.lockkeeper.adapter.json.JsonRecordings;
import io.lockkeeper.adapter.sqlite.SignalFiles;
import io.lockkeeper.cli.Desk;
import io.lockkeeper.cli.Desk.Baselines;
import io.lockkeeper.cli.Desk.Kept;
import io.lockkeeper.cli.Desk.RecordingFile;
import io.lockkeeper.cli.Desk.Unusable;
import io.lockkeeper.domain.journal.Entry;
import io.lockkeeper.domain.journal.Verification;
import io.lockkeeper.domain.run.RunEvent;
import io.lockkeeper.domain.trigger.RecordedBaseline;
import io.lockkeeper.port.JournalFailure;
import io.lockkeeper.port.RunEvents;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// What stands on this computer's disk of environments, whoever holds them now. Starts nothing.
record OwnRecords(Folders folders, EnvironmentFiles environments) implements Desk.Records {
    /// A file is called one thing and the environment in it another, and a journal outlives its file.
    private JournalFiles journal(String name) throws Unusable {
        try {
            return JournalFiles.under(folders.data(), environments.nameIn(name));
        } catch (Unusable e) {
            var left = JournalFiles.under(folders.data(), name);
            if (!name.contains("/") && Files.exists(left.anchors())) {
                return left;
            }
            throw e;
        }
    }

    @Override
    public Verification verify(String environment) throws Unusable {
        try {
            return FileJournal.verify(journal(environment));
        } catch (JournalFailure e) {
            throw new Unusable(e.why());
        }
    }

    @Override
    public List<Entry> entries(String environment) throws Unusable {
        try {
            return FileJournal.entries(journal(environment), 1);
        } catch (JournalFailure e) {
            throw new Unusable(e.why());
        }
    }

    @Override
    public RunEvent decode(Entry entry) throws Unusable {
        try {
            return RunCodec.JSON.decode(new RunEvents.Encoded(entry.type(), entry.version(), entry.body()));
        } catch (RunEvents.UnknownEvent e) {
            throw new Unusable(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public String wayBack(String environment, String run) throws Unusable {
        var file = folders.wayBacks().resolve("wayback-" + run + ".txt");
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new Unusable("the way back of run " + run + " is not in " + file + ": it was never armed, or was moved");
        }
    }

    @Override
    public Kept kept(String environment) throws Unusable {
        var name = journal(environment).folder().getFileName().toString();
        return KeptFile.open(SignalFiles.under(folders.data(), name), name);
    }

    private BaselineFile baselineFile(String environment) throws Unusable {
        return BaselineFile.under(folders.data(), journal(environment).folder().getFileName().toString());
    }

    @Override
    public Baselines baselines(String environment) throws Unusable {
        var file = baselineFile(environment);
        try {
            var read = file.read();
            return new Baselines(read.baselines(), read.unusable(), file.file());
        } catch (IOException e) {
            throw new Unusable("baselines in " + file.file() + " cannot be read: " + e.getMessage());
        }
    }

    @Override
    public void keep(String environment, RecordedBaseline baseline) throws Unusable {
        var file = baselineFile(environment);
        try {
            file.add(baseline);
        } catch (IOException e) {
            throw new Unusable("the baseline cannot be written to " + file.file() + ": " + e.getMessage());
        }
    }

    @Override
    public RecordingFile recording(Path file) throws Unusable {
        try (var lines = Files.newBufferedReader(file)) {
            var read = JsonRecordings.read(file.toString(), lines);
            return new RecordingFile(read.recording(), read.problems());
        } catch (CharacterCodingException e) {
            throw new Unusable("recording " + file + " is no text in UTF-8");
        } catch (IOException e) {
            throw new Unusable("recording " + file + " cannot be read: " + e.getClass().getSimpleName());
        }
    }
}
