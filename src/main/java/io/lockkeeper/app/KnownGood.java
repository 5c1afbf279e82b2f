package io.lockkeeper.app;

import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;

/// The versions, by node, of the last run that ended well or as set by a person.
public record KnownGood(Map<String, String> versions, String actor, Instant since) {
    public String words() {
        return words(versions);
    }

    /// `ws-1 v1, ws-2 v2`.
    static String words(Map<String, String> versions) {
        return versions.entrySet().stream().sorted(Map.Entry.comparingByKey()).map(one -> one.getKey() + " " + one.getValue())
                .collect(Collectors.joining(", "));
    }
}
