package io.lockkeeper.adapter.keys;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;

/// A [SigningKey] in a PEM file that nobody but its owner may read.
public final class KeyFile {
    private static final long LARGEST = 16 * 1024;
    private static final Set<PosixFilePermission> OWNER = PosixFilePermissions.fromString("rwx------");

    private KeyFile() {}

    /// Makes a new pair. Never writes over a file.
    public static SigningKey create(Path file) throws Unusable {
        try {
            var folder = file.toAbsolutePath().getParent();
            if (folder != null && !Files.isDirectory(folder)) {
                Files.createDirectories(folder, owner(folder, "rwx------"));
            }
            var key = SigningKey.create("key file " + file);
            write(file, key.pem());
            return key;
        } catch (FileAlreadyExistsException e) {
            throw new Unusable("there is a file " + file + " already, and it is left as it is; name another one with --file", e);
        } catch (IOException e) {
            throw new Unusable("key file " + file + " cannot be written: " + e.getClass().getSimpleName(), e);
        }
    }

    private static void write(Path file, String text) throws IOException {
        var folder = Objects.requireNonNull(file.toAbsolutePath().getParent());
        try (var channel = FileChannel.open(file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                owner(folder, "rw-------"))) {
            var bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    private static FileAttribute<?>[] owner(Path where, String permissions) {
        return where.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[]{PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))}
                : new FileAttribute<?>[0];
    }

    public static SigningKey read(Path file) throws Unusable {
        try {
            if (Files.isDirectory(file)) {
                throw new Unusable("key file " + file + " is a folder");
            }
            refuseWhatOthersMayRead(file);
            if (Files.size(file) > LARGEST) {
                throw new Unusable("key file " + file + " is larger than 16 KiB: hardly a key");
            }
            return SigningKey.of(Files.readString(file), "key file " + file,
                    "add it with: openssl pkey -in " + file + " -pubout >> " + file);
        } catch (NoSuchFileException e) {
            throw new Unusable(
                    "there is no key in " + file + "; make one with `lockkeeper key create NAME`, or name one with --key",
                    e);
        } catch (CharacterCodingException e) {
            throw new Unusable("key file " + file + " is no PEM text", e);
        } catch (IOException e) {
            throw new Unusable("key file " + file + " cannot be read: " + e.getClass().getSimpleName(), e);
        }
    }

    private static void refuseWhatOthersMayRead(Path file) throws IOException, Unusable {
        if (Files.getFileStore(file).supportsFileAttributeView("posix")
                && !OWNER.containsAll(Files.getPosixFilePermissions(file))) {
            throw new Unusable(
                    "key file " + file + " is open to other users: whoever read it can sign in your name. Close it with"
                            + " chmod 600, and where others could read it make a new key and put that on the roster");
        }
    }
}
