package io.lockkeeper.domain.trigger;

import io.lockkeeper.domain.client.Incident;

/// What the service promises of its messages, and so what is a data loss.
public enum Delivery {
    EXACTLY_ONCE("exactly-once"), AT_LEAST_ONCE("at-least-once"), AT_MOST_ONCE("at-most-once");

    private final String key;

    Delivery(String key) {
        this.key = key;
    }

    /// As environment files write it.
    public String key() {
        return key;
    }

    /// Whether it breaks the promise. A session is to be kept under each of them.
    public boolean isBrokenBy(Incident.Kind kind) {
        return switch (kind) {
            case LOST -> this != AT_MOST_ONCE;
            case DUPLICATED -> this != AT_LEAST_ONCE;
            case SESSION -> true;
        };
    }
}
