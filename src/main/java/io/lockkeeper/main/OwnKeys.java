package io.lockkeeper.main;

import io.lockkeeper.adapter.keys.KeyFile;
import io.lockkeeper.adapter.keys.Keychain;
import io.lockkeeper.adapter.keys.SigningKey;
import io.lockkeeper.cli.Desk;
import io.lockkeeper.cli.Desk.Unusable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The signing keys of whoever uses this computer, each in a file of its own or in the keychain. A file goes before the keychain.
///
/// @param folder where a key is kept unless another place is named
record OwnKeys(Path folder, Keychain keychain) implements Desk.Keys {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.@-]{0,63}");

    private interface Use<T> {
        T of() throws io.lockkeeper.adapter.keys.Unusable;
    }

    @Override
    public Made create(String name, @Nullable Path file) throws Unusable {
        var at = file == null ? usual(name) : file;
        return use(() -> made(KeyFile.create(at)));
    }

    @Override
    public Made createInKeychain(String name) throws Unusable {
        var file = usual(name);
        if (Files.exists(file)) {
            throw new Unusable("there is a key file " + file + ", which goes before the keychain; move it away first");
        }
        return use(() -> made(keychain.create(name)));
    }

    private static Made made(SigningKey key) {
        return new Made(key.where(), key.publicHalf());
    }

    @Override
    public String publicHalf(String name, @Nullable Path file) throws Unusable {
        return find(name, file).publicHalf();
    }

    @Override
    public String sign(String name, @Nullable Path file, String text) throws Unusable {
        var key = find(name, file);
        return use(() -> key.sign(text));
    }

    private SigningKey find(String name, @Nullable Path file) throws Unusable {
        var at = file == null ? usual(name) : file;
        if (file != null || Files.exists(at)) {
            return use(() -> KeyFile.read(at));
        }
        String keychainSays;
        try {
            var kept = keychain.find(name);
            if (kept.isPresent()) {
                return kept.get();
            }
            keychainSays = "it has none of " + name;
        } catch (io.lockkeeper.adapter.keys.Unusable e) {
            keychainSays = e.why();
        }
        throw new Unusable(
                "there is no key in " + at + "; make one with `lockkeeper key create NAME`, or name one with --key. As to"
                        + " the keychain: " + keychainSays);
    }

    private Path usual(String name) throws Unusable {
        if (!PLAIN.matcher(name).matches()) {
            throw new Unusable("no file can be called after \"" + name + "\"; name the key's file");
        }
        return folder.resolve(name + ".key");
    }

    private static <T> T use(Use<T> use) throws Unusable {
        try {
            return use.of();
        } catch (io.lockkeeper.adapter.keys.Unusable e) {
            throw new Unusable(e.why());
        }
    }
}
