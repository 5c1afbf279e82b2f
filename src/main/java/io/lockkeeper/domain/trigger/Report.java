package io.lockkeeper.domain.trigger;

import java.time.Instant;

/// What a person says, with name and reason.
public sealed interface Report {
    Instant at();

    String actor();

    String reason();

    /// Data was lost, or came twice: seen by a person, or by a counter of the application that `actor` names.
    record DataLost(Instant at, String actor, String reason) implements Report {}

    /// @param percent WebSocket-related tickets over their baseline
    record TicketsRose(Instant at, String actor, String reason, int percent) implements Report {}

    record CustomerBreached(Instant at, String actor, String reason, String customer) implements Report {}

    /// Everybody's last vote counts.
    ///
    /// @param rollBack for going back, or against it
    record Voted(Instant at, String actor, String reason, boolean rollBack) implements Report {}
}
