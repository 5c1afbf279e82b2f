package io.lockkeeper.adapter.keys;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// The keychain of whoever uses this computer, reached by the system's own command: `secret-tool` for the Secret Service of a Linux desktop
/// (GNOME Keyring, KWallet, KeePassXC), `security` on macOS. Nothing secret is an argument of a process. The keychain may ask its owner to
/// unlock it, and is waited for meanwhile.
public final class Keychain {
    private static final long PATIENCE_SECONDS = 120;
    private static final String SERVICE = "lockkeeper-signing-key";
    private static final int NOT_FOUND_ON_MACOS = 44;

    private final boolean macOs;

    /// @param system the name of the operating system, as Java gives it
    public Keychain(String system) {
        this.macOs = system.toLowerCase(Locale.ROOT).startsWith("mac");
    }

    private record Ended(int code, String out, String err) {}

    /// Makes a new pair. Never writes over a key.
    ///
    /// @param name letters, digits and `_.@-`
    public SigningKey create(String name) throws Unusable {
        if (find(name).isPresent()) {
            throw new Unusable("there is a key of " + name + " in the keychain already, and it is left as it is");
        }
        var key = SigningKey.create(where(name));
        var kept = Base64.getEncoder().encodeToString(key.pem().getBytes(StandardCharsets.US_ASCII));
        var end = macOs
                ? run(List.of("security", "-i"), "add-generic-password -a " + name + " -s " + SERVICE + " -w " + kept + "\n")
                : run(List.of("secret-tool", "store", "--label=Lockkeeper: signing key of " + name, "service", SERVICE, "account",
                        name), kept);
        var read = find(name);
        if (read.isEmpty() || !read.get().publicHalf().equals(key.publicHalf())) {
            throw new Unusable("the keychain did not keep the key: " + complaint(end));
        }
        return key;
    }

    /// @return empty where the keychain has none of that name
    public Optional<SigningKey> find(String name) throws Unusable {
        var end = macOs
                ? run(List.of("security", "find-generic-password", "-a", name, "-s", SERVICE, "-w"), "")
                : run(List.of("secret-tool", "lookup", "service", SERVICE, "account", name), "");
        if (end.code() == 0 && !end.out().isBlank()) {
            return Optional.of(SigningKey.of(text(end.out(), name), where(name), "remove it there, and make a new one"));
        }
        if (macOs ? end.code() == NOT_FOUND_ON_MACOS : end.err().isBlank()) {
            return Optional.empty();
        }
        throw new Unusable("the keychain does not open: " + complaint(end));
    }

    private static String text(String kept, String name) throws Unusable {
        try {
            return new String(Base64.getDecoder().decode(kept.strip()), StandardCharsets.US_ASCII);
        } catch (IllegalArgumentException e) {
            throw new Unusable(where(name) + " is none that Lockkeeper made", e);
        }
    }

    private static String where(String name) {
        return "the key of " + name + " in the keychain";
    }

    private static String complaint(Ended end) {
        var line = end.err().lines().filter(one -> !one.isBlank()).findFirst().orElse("exit code " + end.code()).strip();
        return line.length() > 200 ? line.substring(0, 200) : line;
    }

    private static Ended run(List<String> command, String input) throws Unusable {
        try {
            var process = new ProcessBuilder(command).start();
            var out = read(process.getInputStream());
            var err = read(process.getErrorStream());
            try (var in = process.getOutputStream()) {
                in.write(input.getBytes(StandardCharsets.US_ASCII));
            } catch (IOException _) {
                // it ended without reading; its exit code says more
            }
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new Unusable("the keychain was not unlocked within " + PATIENCE_SECONDS + " s");
            }
            return new Ended(process.exitValue(), out.join(), err.join());
        } catch (IOException e) {
            throw new Unusable("there is no keychain that can be used here: " + command.getFirst()
                    + " does not start; use a key file", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unusable("interrupted while the keychain was asked", e);
        }
    }

    private static CompletableFuture<String> read(InputStream stream) {
        return CompletableFuture.supplyAsync(() -> {
            try (stream) {
                return new String(stream.readNBytes(64 * 1024), StandardCharsets.UTF_8);
            } catch (IOException _) {
                return "";
            }
        });
    }
}
