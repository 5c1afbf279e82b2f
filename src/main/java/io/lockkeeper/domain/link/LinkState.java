package io.lockkeeper.domain.link;

import java.time.Instant;
import java.util.Optional;

/// One supervised connection of Lockkeeper's own to one endpoint.
public sealed interface LinkState {
    record Offline() implements LinkState {}

    /// @param attempt 1 for the first try since the link was last live
    /// @param cause why the try before failed; empty on the first
    record Connecting(int attempt, Instant since, String cause) implements LinkState {}

    record Live(Instant since, Instant lastHeard) implements LinkState {}

    /// Connected as far as the socket knows, but silent for too long: shown, never acted upon.
    record Stale(Instant since, Instant lastHeard) implements LinkState {}

    /// Lost; the next try is at `retryAt`.
    record Waiting(int attempt, Instant retryAt, String cause) implements LinkState {}

    /// Trying again cannot help (wrong password, wrong certificate, wrong address): stopped until a person changes something.
    record Refused(String cause, Instant since) implements LinkState {}

    /// Why it was lost, all the time until it is live again; empty where it was not.
    default Optional<String> lost() {
        return switch (this) {
            case Waiting(_, _, var cause) -> Optional.of(cause);
            case Connecting(int attempt, _, var cause) when attempt > 1 -> Optional.of(cause);
            default -> Optional.empty();
        };
    }
}
