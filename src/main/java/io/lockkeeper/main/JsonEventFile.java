package io.lockkeeper.main;

import io.lockkeeper.adapter.json.JsonRecordings;
import io.lockkeeper.cli.Desk;
import io.lockkeeper.cli.Desk.Unusable;
import io.lockkeeper.domain.client.ClientEvent;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/// A recording as it grows, `docs/signals.md`.
final class JsonEventFile implements Desk.EventFile {
    private final Path file;
    private final BufferedWriter lines;

    private JsonEventFile(Path file, BufferedWriter lines) {
        this.file = file;
        this.lines = lines;
    }

    static JsonEventFile create(Path file) throws Unusable {
        try {
            return new JsonEventFile(file,
                    Files.newBufferedWriter(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
        } catch (FileAlreadyExistsException _) {
            throw new Unusable(file + " is there already; name another file for the recording");
        } catch (IOException e) {
            throw cannotBeWritten(file, e);
        }
    }

    private static Unusable cannotBeWritten(Path file, IOException e) {
        return new Unusable("recording " + file + " cannot be written: " + e.getMessage());
    }

    @Override
    public void write(List<ClientEvent> events) throws Unusable {
        try {
            for (var event : events) {
                lines.write(JsonRecordings.encode(event));
                lines.write('\n');
            }
            lines.flush();
        } catch (IOException e) {
            throw cannotBeWritten(file, e);
        }
    }

    @Override
    public void close() throws Unusable {
        try {
            lines.close();
        } catch (IOException e) {
            throw cannotBeWritten(file, e);
        }
    }
}
