package io.lockkeeper.domain.trigger;

import java.time.Instant;
import io.lockkeeper.domain.doc.Durations;
import java.time.Duration;

/// A trigger as the environment file configures it.
public sealed interface TriggerSpec {
    /// How often triggers are evaluated.
    Duration EVERY = Duration.ofSeconds(10);

    String name();

    Action action();

    /// Its condition, one sentence.
    String words();

    /// The state before the first evaluation.
    TriggerState begin();

    /// The success of reconnections, by client or by attempt, is below a limit at every evaluation for a time.
    ///
    /// @param percent below which
    /// @param window that each evaluation looks at
    /// @param holds zero: the first evaluation fires
    /// @param pause how long there may be no data, in all, before the trigger is blind and its clock back to zero
    record SuccessBelow(String name, Action action, int percent, Duration window, Duration holds, Duration pause)
            implements
                TriggerSpec {
        @Override
        public String words() {
            return "reconnections succeed less than " + percent + " % over " + Durations.words(window)
                    + ", by client or by attempt" + (holds.isZero() ? "" : ", at every evaluation for " + Durations.words(holds));
        }

        @Override
        public TriggerState begin() {
            return new SuccessState(this);
        }
    }

    /// Recoveries from abnormal closes fail in a row, in the order in which they settle.
    ///
    /// @param moreThan how many in a row are not enough yet
    /// @param clients from how many clients at least
    record FailuresInARow(String name, Action action, int moreThan, int clients) implements TriggerSpec {
        @Override
        public String words() {
            return "more than " + moreThan + " recoveries from abnormal closes fail in a row, of at least " + clients
                    + (clients == 1 ? " client" : " clients");
        }

        @Override
        public TriggerState begin() {
            return new RowState(this);
        }
    }

    /// Returns of one scenario take longer than their baseline, on average.
    ///
    /// @param percent more than the baseline
    /// @param atLeast and slower by this at least
    /// @param samples that both means need
    /// @param evaluations in a row
    /// @param window that each evaluation looks at: "the same minutes"
    /// @param young returns to nodes that are up for less than this do not count
    /// @param oldest age of a recorded baseline
    record Slower(String name, Action action, int percent, Duration atLeast, int samples, int evaluations, Duration window,
            Duration young,
            Duration oldest) implements TriggerSpec {
        @Override
        public String words() {
            return "reconnections take over " + percent + " % longer than their baseline and at least " + Durations.words(atLeast)
                    + " longer, " + samples + " samples each, " + evaluations + " evaluations running";
        }

        @Override
        public TriggerState begin() {
            return new SlowerState(this);
        }

        /// Whether a recorded baseline may be compared with.
        public boolean counts(Baseline recorded, Instant now) {
            return recorded.samples() >= samples && !recorded.recordedAt().isAfter(now)
                    && !recorded.recordedAt().plus(oldest).isBefore(now);
        }
    }

    /// A message or a session was lost, or a message came twice, as far as the delivery promised says that it must not.
    ///
    /// @param resume how long the service keeps the session of a client that is away
    record DataLoss(String name, Action action, Delivery delivery, Duration resume) implements TriggerSpec {
        @Override
        public String words() {
            return "any data loss under " + delivery.key() + ", or a session lost within " + Durations.words(resume);
        }

        @Override
        public TriggerState begin() {
            return new LossState(this);
        }
    }

    /// People say so.
    ///
    /// @param limit percent over the baseline for tickets, votes for a consensus; without meaning for a customer's SLA
    record ByHand(String name, Action action, About about, int limit) implements TriggerSpec {
        public enum About {
            TICKETS, CUSTOMER, CONSENSUS
        }

        @Override
        public String words() {
            return switch (about) {
                case TICKETS ->
                    "WebSocket-related tickets are more than " + limit + " % over their baseline, as somebody reports";
                case CUSTOMER -> "the SLA of an enterprise customer is breached, as somebody reports";
                case CONSENSUS ->
                    "the team agrees: at least " + limit + (limit == 1 ? " vote" : " votes") + " for it and none against";
            };
        }

        @Override
        public TriggerState begin() {
            return new HandState(this);
        }
    }
}
