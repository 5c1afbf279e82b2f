package io.lockkeeper.main;

import io.lockkeeper.adapter.json.JsonBaselines;
import io.lockkeeper.domain.trigger.RecordedBaseline;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The baselines of one environment: a line for each, added at the end and never changed. A file apart, so that they outlive the history of
/// signals. Thread-safe.
final class BaselineFile {
    private final Path file;
    private @Nullable FileTime readAt;
    private JsonBaselines.Read known = new JsonBaselines.Read(List.of(), List.of());

    private BaselineFile(Path file) {
        this.file = file;
    }

    static BaselineFile under(Path data, String environment) {
        return new BaselineFile(data.resolve("baselines").resolve(environment + ".jsonl"));
    }

    Path file() {
        return file;
    }

    /// Anew only where the file has changed.
    synchronized JsonBaselines.Read read() throws IOException {
        if (!Files.exists(file)) {
            return new JsonBaselines.Read(List.of(), List.of());
        }
        var changed = Files.getLastModifiedTime(file);
        if (!changed.equals(readAt)) {
            known = JsonBaselines.read(Files.readString(file).lines().toList());
            readAt = changed;
        }
        return known;
    }

    /// On disk when it returns.
    synchronized void add(RecordedBaseline baseline) throws IOException {
        var folder = file.getParent();
        if (folder != null && !Files.isDirectory(folder)) {
            Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        // the line before may have been cut short by a full disk: it must not take this one with it
        var begin = !Files.exists(file) || Files.size(file) == 0 || Files.readString(file).endsWith("\n") ? "" : "\n";
        try (var channel = FileChannel.open(file,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            var line = ByteBuffer.wrap((begin + JsonBaselines.encode(baseline) + "\n").getBytes(StandardCharsets.UTF_8));
            while (line.hasRemaining()) {
                channel.write(line);
            }
            channel.force(true);
        }
    }
}
