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

    /// Why it cannot be loaded. That does not change while this program runs, and each try would leave a file in the system's temporary folder.
    private static String failed = "";

    private NativeLibrary() {}

    /// Unpacks and loads it.
    static synchronized void load(Path folder) throws IOException, Trouble {
        if (failed.isEmpty()) {
            unpack(folder);
            try {
                SQLiteJDBCLoader.initialize();
            } catch (Exception e) {
                failed = words(String.valueOf(System.getProperty(PATH)), e);
            }
        }
        if (!failed.isEmpty()) {
            throw new Trouble(Trouble.Kind.NO_LIBRARY, failed);
        }
    }

    private static String words(String place, Exception e) {
        return "SQLite's library cannot be loaded, neither from " + place + " (" + reason(Path.of(place), e) + ") nor by way of "
                + System.getProperty("java.io.tmpdir")
                + "; nothing is kept until one of the two may hold programs (is writable, and not mounted noexec) and this console was started anew."
                + " Runs and their journal go on without it";
    }

    /// SQLite's own loader does not tell.
    @SuppressWarnings("restricted")
    private static String reason(Path place, Exception e) {
        try {
            System.load(place.resolve(LibraryLoaderUtil.getNativeLibName()).toAbsolutePath().toString());
            return String.valueOf(e.getMessage());
        } catch (UnsatisfiedLinkError why) {
            var words = String.valueOf(why.getMessage());
            return words.substring(words.lastIndexOf(": ") < 0 ? 0 : words.lastIndexOf(": ") + 2);
        }
    }

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
