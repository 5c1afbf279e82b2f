package io.lockkeeper.domain.environment;

import java.util.Set;
import java.util.regex.Pattern;

/// Somebody on an environment's roster.
///
/// @param name as it stands in journals; the name somebody works under
/// @param key the public half of an Ed25519 key, X.509 in Base64
/// @param may what the person is entitled to, `approve` among it
public record Person(String name, String key, Set<String> may) {
    /// Completes "... cannot be somebody's name: ".
    public static final String NAME_FORM = "at most 64 letters, digits, spaces and '.', '_', '-', '@'";

    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}_](?:[\\p{L}\\p{N}._@ -]{0,62}[\\p{L}\\p{N}._@-])?");

    public Person {
        may = Set.copyOf(may);
    }

    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    public boolean may(String what) {
        return may.contains(what);
    }
}
