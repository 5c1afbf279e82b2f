package io.lockkeeper.adapter.secrets;

import io.lockkeeper.domain.environment.SecretRef;
import io.lockkeeper.port.LinkFault;
import io.lockkeeper.port.Secret;
import io.lockkeeper.port.Secrets;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Map;
import java.util.Set;

/// Secrets of this machine: environment variables and files that only their owner may read.
public final class LocalSecrets implements Secrets {
    private static final long LARGEST = 64 * 1024;
    private static final Set<PosixFilePermission> OTHERS = Set.of(PosixFilePermission.GROUP_READ, PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE);

    private final Path folder;
    private final Path home;
    private final Map<String, String> variables;

    /// @param folder what relative file names are relative to: the environment file's folder
    /// @param home what `~/` means
    /// @param variables the process environment
    public LocalSecrets(Path folder, Path home, Map<String, String> variables) {
        this.folder = folder;
        this.home = home;
        this.variables = Map.copyOf(variables);
    }

    @Override
    public Secret read(SecretRef ref) throws LinkFault {
        var text = switch (ref) {
            case SecretRef.Env(var name) -> variable(name);
            case SecretRef.InFile(var path) -> inFile(path);
        };
        if (text.isEmpty()) {
            throw LinkFault.permanent("the secret in " + ref.words() + " is empty");
        }
        if (text.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
            throw LinkFault.permanent("the secret in " + ref.words() + " has more than one line or control characters");
        }
        return new Secret(text);
    }

    private String variable(String name) throws LinkFault {
        var text = variables.get(name);
        if (text == null) {
            throw LinkFault.permanent("environment variable " + name + " is not set; set it and start Lockkeeper again");
        }
        return text;
    }

    private String inFile(String written) throws LinkFault {
        try {
            var file = written.startsWith("~/") ? home.resolve(written.substring(2)) : folder.resolve(written);
            if (Files.isDirectory(file)) {
                throw LinkFault.permanent("secret file " + written + " is a folder");
            }
            refuseWhatOthersMayRead(file, written);
            if (Files.size(file) > LARGEST) {
                throw LinkFault.permanent("secret file " + written + " is larger than 64 KiB: hardly a secret");
            }
            return withoutFinalNewline(Files.readString(file));
        } catch (InvalidPathException _) {
            throw LinkFault.permanent("secret file " + written + " is not a file name");
        } catch (NoSuchFileException _) {
            throw LinkFault.permanent("secret file " + written + " does not exist");
        } catch (CharacterCodingException _) {
            throw LinkFault.permanent("secret file " + written + " is not text in UTF-8");
        } catch (IOException e) {
            throw LinkFault.permanent("secret file " + written + " cannot be read: " + e.getClass().getSimpleName(), e);
        }
    }

    private static void refuseWhatOthersMayRead(Path file, String written) throws IOException, LinkFault {
        if (!Files.getFileStore(file).supportsFileAttributeView("posix")) {
            return; // no such permissions to judge by
        }
        var permissions = Files.getPosixFilePermissions(file);
        if (permissions.stream().anyMatch(OTHERS::contains)) {
            throw LinkFault.permanent(
                    "secret file " + written + " is open to other users; close it with: chmod 600 " + written);
        }
    }

    private static String withoutFinalNewline(String text) {
        if (text.endsWith("\r\n")) {
            return text.substring(0, text.length() - 2);
        }
        return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    }
}
