package io.lockkeeper.domain.client;

import java.time.Duration;
import java.time.Instant;

/// Something of a client was lost, or came twice.
///
/// @param from when the connection before was lost; the same as `at` where there was no loss
/// @param messages how many; 1 for a session
public record Incident(String client, Instant from, Instant at, Kind kind, long messages) {
    public enum Kind {
        LOST, DUPLICATED, SESSION
    }

    /// How long the client had been away.
    public Duration away() {
        return Duration.between(from, at);
    }

    /// `sentinel-3 lost 2 messages at 2026-11-26T03:00:00Z`.
    public String words() {
        return client + switch (kind) {
            case LOST -> " lost " + messages + (messages == 1 ? " message" : " messages");
            case DUPLICATED -> " got " + messages + (messages == 1 ? " message" : " messages") + " twice";
            case SESSION -> " lost its session after " + away().toMillis() / 1000.0 + " s";
        } + " at " + at;
    }
}
