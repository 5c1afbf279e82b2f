package io.lockkeeper.adapter.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

/// Where the history of one environment lies. Folder and files are the owner's alone.
///
/// @param natives where SQLite's library is unpacked to, for all environments
public record SignalFiles(Path folder, Path natives) {
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);
    private static final List<String> PARTS = List.of("", "-wal", "-shm");

    /// The usual places under a data folder.
    public static SignalFiles under(Path data, String environment) {
        return new SignalFiles(data.resolve("signals").resolve(environment), data.resolve("natives"));
    }

    public Path database() {
        return folder.resolve("signals.db");
    }

    boolean endedInTheMiddle() {
        return Files.exists(part(database(), "-wal"));
    }

    /// SQLite gives its other files the permissions of this one.
    void create() throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        if (!Files.exists(database())) {
            Files.createFile(database(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
    }

    /// Renames the file and what belongs to it.
    ///
    /// @return the new name
    Path setAside(Instant now) throws IOException {
        var stem = "signals-damaged-" + STAMP.format(now);
        var aside = folder.resolve(stem + ".db");
        for (int i = 2; Files.exists(aside); i++) {
            aside = folder.resolve(stem + "-" + i + ".db");
        }
        for (var part : PARTS) {
            if (Files.exists(part(database(), part))) {
                Files.move(part(database(), part), part(aside, part));
            }
        }
        return aside;
    }

    private static Path part(Path file, String part) {
        return file.resolveSibling(file.getFileName() + part);
    }
}
