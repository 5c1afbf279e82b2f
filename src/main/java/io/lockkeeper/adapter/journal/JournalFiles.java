package io.lockkeeper.adapter.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/// Where an environment's journal lives. Folders and files are the owner's alone.
///
/// @param folder holds the journal, its lock, its reserve and what was set aside
/// @param anchors kept apart from the journal, so that who cuts the one has to find the other
public record JournalFiles(Path folder, Path anchors) {
    private static final Set<PosixFilePermission> OWNER_FOLDER = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> OWNER_FILE = PosixFilePermissions.fromString("rw-------");

    /// The usual places under a data folder.
    public static JournalFiles under(Path data, String environment) {
        return new JournalFiles(data.resolve("journals").resolve(environment), data.resolve("anchors").resolve(environment));
    }

    public Path journal() {
        return folder.resolve("journal.jsonl");
    }

    Path lock() {
        return folder.resolve("journal.lock");
    }

    Path reserve() {
        return folder.resolve("reserve");
    }

    public Path anchorFile() {
        return anchors.resolve("anchors.jsonl");
    }

    void create() throws IOException {
        createFolder(folder);
        createFolder(anchors);
        createFile(journal());
        createFile(lock());
        createFile(anchorFile());
    }

    private static void createFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(OWNER_FOLDER));
        }
    }

    /// Makes a file that is the owner's alone, also where the process would leave it open to others.
    static void createFile(Path file) throws IOException {
        if (!Files.exists(file)) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(OWNER_FILE));
        }
    }
}
