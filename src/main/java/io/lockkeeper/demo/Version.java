package io.lockkeeper.demo;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// What a node runs. All of them report themselves healthy; what is wrong with the last four shows only to clients, or after a while.
public enum Version {
    V1, V2,
    /// Refuses to resume sessions; new ones work.
    BAD,
    /// Takes 8 seconds for each handshake.
    SLOW,
    /// Forgets sessions: answers a resume with a new one.
    LOSS,
    /// Exits 1.5 seconds after its start.
    CRASH;

    /// The name in arguments and in the API.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static List<String> words() {
        return Arrays.stream(values()).map(Version::word).toList();
    }

    /// @throws IllegalArgumentException that lists what was expected
    static Version of(String word) {
        return Arrays.stream(values()).filter(version -> version.word().equals(word)).findFirst().orElseThrow(
                () -> new IllegalArgumentException("version '" + word + "' is not known; expected one of " + words()));
    }
}
