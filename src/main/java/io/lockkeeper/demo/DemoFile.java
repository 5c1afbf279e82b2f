package io.lockkeeper.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `demo.json` in the data folder: where the demo is and its token, for its owner only. One demo per folder, held by a lock.
final class DemoFile {
    private final Path file;
    private final FileChannel lock;

    /// @throws IllegalArgumentException when a demo runs in that folder already
    DemoFile(Path folder) throws IOException {
        Files.createDirectories(folder);
        file = folder.resolve("demo.json");
        lock = FileChannel.open(folder.resolve("demo.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (!held()) {
            lock.close();
            throw new IllegalArgumentException(
                    "a demo runs in " + folder + " already; use it (see demo.json there) or another --data");
        }
        Files.deleteIfExists(file);
    }

    private boolean held() throws IOException {
        try {
            return lock.tryLock() != null;
        } catch (OverlappingFileLockException _) {
            return false; // by this very process
        }
    }

    /// Appears whole, readable by the owner only.
    void write(Map<String, @Nullable Object> fields) throws IOException {
        var fresh = file.resolveSibling("demo.json.new");
        Files.deleteIfExists(fresh);
        if (Files.getFileStore(file.toAbsolutePath().getParent()).supportsFileAttributeView("posix")) {
            Files.createFile(fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        Files.writeString(fresh, Json.text(fields) + "\n");
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    void remove() {
        try {
            Files.deleteIfExists(file);
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
