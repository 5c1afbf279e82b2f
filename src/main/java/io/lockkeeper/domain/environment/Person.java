package io.lockkeeper.domain.environment;

import java.util.Set;

/// Somebody on an environment's roster.
///
/// @param name as it stands in journals; the name somebody works under
/// @param key the public half of an Ed25519 key, X.509 in Base64
/// @param may what the person is entitled to, `approve` among it
public record Person(String name, String key, Set<String> may) {
    public Person {
        may = Set.copyOf(may);
    }

    public boolean may(String what) {
        return may.contains(what);
    }
}
