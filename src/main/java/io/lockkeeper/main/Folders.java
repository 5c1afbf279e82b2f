package io.lockkeeper.main;

import io.lockkeeper.cli.Desk.Unusable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/// Where things are kept. Data (journals, way-back files, logs, the demo) is the owner's alone.
///
/// @param data `LOCKKEEPER_HOME`, else the place for data of the user's system
/// @param config environments and runbooks of the user
record Folders(Path data, Path config) {
    static Folders of(Map<String, String> environment, Path home) {
        var own = environment.get("LOCKKEEPER_HOME");
        if (own != null && !own.isBlank()) {
            return new Folders(Path.of(own).toAbsolutePath(), Path.of(own).toAbsolutePath().resolve("config"));
        }
        return new Folders(xdg(environment, "XDG_DATA_HOME", home.resolve(".local/share")), xdg(environment, "XDG_CONFIG_HOME",
                home.resolve(".config")));
    }

    private static Path xdg(Map<String, String> environment, String name, Path otherwise) {
        var value = environment.get(name);
        return (value == null || value.isBlank() ? otherwise : Path.of(value)).resolve("lockkeeper");
    }

    Path demo() {
        return data.resolve("demo");
    }

    Path wayBacks() {
        return data.resolve("wayback");
    }

    Path firstValues() {
        return data.resolve("first-values");
    }

    Path notified() {
        return data.resolve("notified");
    }

    /// Makes a folder that only its owner can read.
    static Path create(Path folder) throws Unusable {
        try {
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(folder,
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
            return folder;
        } catch (IOException e) {
            throw new Unusable("folder " + folder + " cannot be made (" + e.getClass().getSimpleName()
                    + "): make it writable, or set LOCKKEEPER_HOME to another place");
        }
    }
}
