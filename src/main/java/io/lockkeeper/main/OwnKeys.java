package io.lockkeeper.main;

import io.lockkeeper.adapter.keys.KeyFile;
import io.lockkeeper.cli.Desk;
import io.lockkeeper.cli.Desk.Unusable;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The signing keys of whoever uses this computer, each in a file of its own.
///
/// @param folder where a key is kept unless another place is named
record OwnKeys(Path folder) implements Desk.Keys {
    private static final Pattern FILE_NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.@-]{0,63}");

    private interface Use<T> {
        T of(Path file) throws KeyFile.Unusable;
    }

    @Override
    public Made create(String name, @Nullable Path file) throws Unusable {
        return use(name, file, at -> {
            var key = KeyFile.create(at);
            return new Made(key.file(), key.publicHalf());
        });
    }

    @Override
    public String publicHalf(String name, @Nullable Path file) throws Unusable {
        return use(name, file, at -> KeyFile.read(at).publicHalf());
    }

    @Override
    public String sign(String name, @Nullable Path file, String text) throws Unusable {
        return use(name, file, at -> KeyFile.read(at).sign(text));
    }

    private <T> T use(String name, @Nullable Path file, Use<T> use) throws Unusable {
        if (file == null && !FILE_NAME.matcher(name).matches()) {
            throw new Unusable("no file can be called after \"" + name + "\"; name the key's file");
        }
        try {
            return use.of(file == null ? folder.resolve(name + ".key") : file);
        } catch (KeyFile.Unusable e) {
            throw new Unusable(e.why());
        }
    }
}
