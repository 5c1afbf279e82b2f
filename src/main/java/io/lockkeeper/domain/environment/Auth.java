package io.lockkeeper.domain.environment;

/// How to introduce oneself to an HTTP endpoint.
public sealed interface Auth {
    record Basic(String user, SecretRef password) implements Auth {}

    record Bearer(SecretRef token) implements Auth {}
}
