package io.lockkeeper.adapter.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;

/// SQLite's native library, unpacked once per version into a folder of ours. Left to itself it is unpacked at each start into the system's
/// folder for temporary files, and stays there when the program is killed.
public final class NativeLibrary {
    private static final String PATH = "org.sqlite.lib.path";

    private NativeLibrary() {}

    /// Once per process, before SQLite is first used. A packaged application says by itself where the library is.
    public static synchronized void unpack(Path folder) throws IOException {
        if (System.getProperty(PATH) != null) {
            return;
        }
        var name = LibraryLoaderUtil.getNativeLibName();
        var place = folder.resolve("sqlite-" + SQLiteJDBCLoader.getVersion());
        var library = place.resolve(name);
        if (!Files.exists(library)) {
            var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
            Files.createDirectories(place, owner);
            var part = Files.createTempFile(place, name, ".part");
            try (var packed = SQLiteJDBCLoader.class
                    .getResourceAsStream(LibraryLoaderUtil.getNativeLibResourcePath() + "/" + name)) {
                if (packed == null) {
                    return; // none for this system: SQLite will say so
                }
                Files.copy(packed, part, StandardCopyOption.REPLACE_EXISTING);
                Files.move(part, library, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(part);
            }
        }
        System.setProperty(PATH, place.toString());
    }
}
