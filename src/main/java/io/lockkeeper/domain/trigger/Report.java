package io.lockkeeper.domain.trigger;

import io.lockkeeper.domain.trigger.TriggerSpec.ByHand;
import io.lockkeeper.domain.trigger.TriggerSpec.DataLoss;
import java.time.Instant;
import java.util.Optional;

/// What a person says, with name and reason.
public sealed interface Report {
    /// A share above this is a slip of the hand.
    int MOST_PERCENT = 100_000;

    /// What a report is about, and so which triggers go by it.
    enum Kind {
        DATA_LOSS("a data loss"), TICKETS("a rise of tickets"), CUSTOMER("a breached SLA"), VOTE("votes");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        /// Completes "somebody reports ...".
        public String words() {
            return words;
        }

        /// Which reports a trigger goes by; empty for one that only measures.
        public static Optional<Kind> of(TriggerSpec spec) {
            return switch (spec) {
                case DataLoss _ -> Optional.of(DATA_LOSS);
                case ByHand hand -> Optional.of(switch (hand.about()) {
                    case TICKETS -> TICKETS;
                    case CUSTOMER -> CUSTOMER;
                    case CONSENSUS -> VOTE;
                });
                default -> Optional.empty();
            };
        }
    }

    Instant at();

    String actor();

    String reason();

    /// One sentence without its full stop.
    String words();

    Kind kind();

    /// The same at another time: whoever writes it down says when that was.
    Report at(Instant time);

    /// Why it cannot be taken; empty where it can.
    default Optional<String> objection(TriggerSet triggers) {
        if (reason().isBlank()) {
            return Optional.of("say why: a report needs a reason");
        }
        if (this instanceof TicketsRose(_, _, _, int percent) && (percent < 0 || percent > MOST_PERCENT)) {
            return Optional.of("a rise of tickets is from 0 to " + MOST_PERCENT + " percent");
        }
        if (this instanceof CustomerBreached(_, _, _, var customer) && customer.isBlank()) {
            return Optional.of("say whose SLA is breached");
        }
        return triggers.specs().stream().anyMatch(spec -> Kind.of(spec).filter(kind()::equals).isPresent())
                ? Optional.empty()
                : Optional.of("no trigger of this environment goes by " + kind().words() + ": its file switches it off");
    }

    /// Data was lost, or came twice: seen by a person, or by a counter of the application that `actor` names.
    record DataLost(Instant at, String actor, String reason) implements Report {
        @Override
        public String words() {
            return actor + " reports a data loss: " + reason;
        }

        @Override
        public Kind kind() {
            return Kind.DATA_LOSS;
        }

        @Override
        public Report at(Instant time) {
            return new DataLost(time, actor, reason);
        }
    }

    /// Everybody's last figure counts.
    ///
    /// @param percent WebSocket-related tickets over their baseline
    record TicketsRose(Instant at, String actor, String reason, int percent) implements Report {
        @Override
        public String words() {
            return actor + " reports tickets " + percent + " % over their baseline: " + reason;
        }

        @Override
        public Kind kind() {
            return Kind.TICKETS;
        }

        @Override
        public Report at(Instant time) {
            return new TicketsRose(time, actor, reason, percent);
        }
    }

    record CustomerBreached(Instant at, String actor, String reason, String customer) implements Report {
        @Override
        public String words() {
            return actor + " reports that the SLA of " + customer + " is breached: " + reason;
        }

        @Override
        public Kind kind() {
            return Kind.CUSTOMER;
        }

        @Override
        public Report at(Instant time) {
            return new CustomerBreached(time, actor, reason, customer);
        }
    }

    /// Everybody's last vote counts.
    ///
    /// @param rollBack for going back, or against it
    record Voted(Instant at, String actor, String reason, boolean rollBack) implements Report {
        @Override
        public String words() {
            return actor + " votes " + (rollBack ? "for" : "against") + " going back: " + reason;
        }

        @Override
        public Kind kind() {
            return Kind.VOTE;
        }

        @Override
        public Report at(Instant time) {
            return new Voted(time, actor, reason, rollBack);
        }
    }
}
