package io.lockkeeper.domain.environment;

import java.util.regex.Pattern;

/// Words of a command line as a person types them into a shell. Lockkeeper itself uses no shell.
final class ShellWords {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:@%+=,-]+");

    private ShellWords() {}

    static String quoted(String word) {
        return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    /// Where a secret comes from; to be put in double quotes.
    static String secret(SecretRef ref) {
        return switch (ref) {
            case SecretRef.Env(var name) -> "$" + name;
            case SecretRef.InFile(var path) ->
                "$(cat " + (path.startsWith("~/") ? "~/" + quoted(path.substring(2)) : quoted(path))
                        + ")";
        };
    }
}
