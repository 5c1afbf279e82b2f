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
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// One person's Ed25519 key pair in a PEM file: the private half as PKCS#8, the public half as X.509 below it.
public final class KeyFile {
    private static final long LARGEST = 16 * 1024;
    private static final String ALGORITHM = "Ed25519";
    private static final Set<PosixFilePermission> OWNER = PosixFilePermissions.fromString("rwx------");
    private static final Pattern BLOCK = Pattern.compile("-----BEGIN ([A-Z ]+)-----([A-Za-z0-9+/=\\s]*)-----END \\1-----");

    private final Path file;
    private final KeyPair pair;

    private KeyFile(Path file, KeyPair pair) {
        this.file = file;
        this.pair = pair;
    }

    /// A key that cannot be made or used; the sentence says what to do.
    public static final class Unusable extends Exception {
        private static final long serialVersionUID = 1L;

        Unusable(String why, Throwable cause) {
            super(why, cause);
        }

        Unusable(String why) {
            super(why);
        }

        public String why() {
            return Objects.requireNonNull(getMessage());
        }
    }

    /// Makes a new pair. Never writes over a file.
    public static KeyFile create(Path file) throws Unusable {
        try {
            var folder = file.toAbsolutePath().getParent();
            if (folder != null && !Files.isDirectory(folder)) {
                Files.createDirectories(folder, owner(folder, "rwx------"));
            }
            var pair = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
            write(file, block("PRIVATE KEY", pair.getPrivate().getEncoded())
                    + block("PUBLIC KEY", pair.getPublic().getEncoded()));
            return new KeyFile(file, pair);
        } catch (FileAlreadyExistsException e) {
            throw new Unusable("there is a file " + file + " already, and it is left as it is; name another one with --file", e);
        } catch (IOException e) {
            throw new Unusable("key file " + file + " cannot be written: " + e.getClass().getSimpleName(), e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has Ed25519", e);
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

    private static String block(String what, byte[] encoded) {
        return "-----BEGIN " + what + "-----\n" + Base64.getMimeEncoder(64, new byte[]{'\n'}).encodeToString(encoded)
                + "\n-----END " + what + "-----\n";
    }

    public static KeyFile read(Path file) throws Unusable {
        try {
            if (Files.isDirectory(file)) {
                throw new Unusable("key file " + file + " is a folder");
            }
            refuseWhatOthersMayRead(file);
            if (Files.size(file) > LARGEST) {
                throw new Unusable("key file " + file + " is larger than 16 KiB: hardly a key");
            }
            return new KeyFile(file, pair(file, Files.readString(file)));
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

    private static KeyPair pair(Path file, String text) throws Unusable {
        var hidden = block(text, "PRIVATE KEY").orElseThrow(() -> new Unusable("key file " + file
                + " has no block \"PRIVATE KEY\" (PKCS#8, without a passphrase)"));
        var open = block(text, "PUBLIC KEY").orElseThrow(() -> new Unusable("key file " + file
                + " has no block \"PUBLIC KEY\"; add it with: openssl pkey -in " + file + " -pubout >> " + file));
        try {
            var factory = KeyFactory.getInstance(ALGORITHM);
            var pair = new KeyPair(factory.generatePublic(new X509EncodedKeySpec(Base64.getMimeDecoder().decode(open))),
                    factory.generatePrivate(new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(hidden))));
            if (!belongTogether(pair)) {
                throw new Unusable("the two halves in key file " + file + " do not belong together");
            }
            return pair;
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new Unusable("key file " + file + " holds no Ed25519 key", e);
        }
    }

    private static boolean belongTogether(KeyPair pair) throws GeneralSecurityException {
        var text = "do both halves belong together?".getBytes(StandardCharsets.US_ASCII);
        var verifier = Signature.getInstance(ALGORITHM);
        verifier.initVerify(pair.getPublic());
        verifier.update(text);
        return verifier.verify(sign(pair, text));
    }

    private static byte[] sign(KeyPair pair, byte[] text) throws GeneralSecurityException {
        var signer = Signature.getInstance(ALGORITHM);
        signer.initSign(pair.getPrivate());
        signer.update(text);
        return signer.sign();
    }

    private static Optional<String> block(String text, String what) {
        return BLOCK.matcher(text).results().filter(found -> found.group(1).equals(what)).map(found -> found.group(2))
                .findFirst();
    }

    public Path file() {
        return file;
    }

    /// X.509 in Base64, as it stands on a roster.
    public String publicHalf() {
        return Base64.getEncoder().encodeToString(pair.getPublic().getEncoded());
    }

    /// @return Base64
    public String sign(String text) throws Unusable {
        try {
            return Base64.getEncoder().encodeToString(sign(pair, text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new Unusable("key file " + file + " cannot sign", e);
        }
    }
}
