package io.lockkeeper.domain.link;

import java.time.Instant;

/// One supervised connection of Lockkeeper's own to one endpoint.
public sealed interface LinkState {
    record Offline() implements LinkState {}

    /// @param attempt 1 for the first try since the link was last live
    record Connecting(int attempt, Instant since) implements LinkState {}

    record Live(Instant since, Instant lastHeard) implements LinkState {}

    /// Connected as far as the socket knows, but silent for too long: shown, never acted upon.
    record Stale(Instant since, Instant lastHeard) implements LinkState {}

    /// Lost; the next try is at `retryAt`.
    record Waiting(int attempt, Instant retryAt, String cause) implements LinkState {}

    /// Trying again cannot help (wrong password, wrong certificate, wrong address): stopped until a person changes something.
    record Refused(String cause, Instant since) implements LinkState {}
}
