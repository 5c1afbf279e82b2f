package io.lockkeeper.domain.environment;

/// Where a secret is to be found. The environment file holds this and never the secret itself.
public sealed interface SecretRef {
    /// The value of an environment variable of this program's process.
    record Env(String name) implements SecretRef {
        @Override
        public String words() {
            return "environment variable " + name;
        }
    }

    /// The text of a file that only its owner may read; one newline at its end is not part of it.
    ///
    /// @param path as written: absolute, from `~/`, or relative to the environment file's folder
    record InFile(String path) implements SecretRef {
        @Override
        public String words() {
            return "file " + path;
        }
    }

    /// The place in words, safe to show.
    String words();
}
