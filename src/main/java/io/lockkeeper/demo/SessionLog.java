package io.lockkeeper.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Appends what happens to sessions to a file, one JSON object per line.
final class SessionLog implements SessionNotice.Listener {
    private final Writer file;

    SessionLog(Path path) throws IOException {
        file = Files.newBufferedWriter(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    @Override
    public synchronized void happened(SessionNotice notice) {
        var fields = notice.fields();
        fields.put("type", notice.kind().word());
        fields.put("at", notice.at().toString());
        try {
            file.write(Json.text(fields) + "\n");
            file.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
