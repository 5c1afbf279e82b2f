package io.lockkeeper.domain.watch;

import io.lockkeeper.domain.client.ClientRecord;
import io.lockkeeper.domain.signal.ObserverFault;
import io.lockkeeper.domain.signal.Reading;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What is known of clients of ours when a gate asks; immutable.
public sealed interface Felt {
    Felt NOBODY = new Nobody("this console has no clients of its own");

    /// @param why nobody watches, one sentence
    record Nobody(String why) implements Felt {}

    /// As whoever watches last took it.
    ///
    /// @param at when that was, by the wall clock
    /// @param ahead what is to be added to a time of the wall clock to have one of the record
    /// @param clients how many there should be, those included that never had a session
    /// @param evaluatedAt when the triggers were last asked, by the wall clock; `null` before that
    /// @param faults times in which Lockkeeper itself was at fault, by the record's clock
    record Watched(Watcher watcher, Instant at, Duration ahead, int clients, ClientRecord.Frozen record,
            List<ObserverFault> faults, List<TriggerReading> triggers, @Nullable Instant evaluatedAt) implements Felt {
        public Watched {
            faults = List.copyOf(faults);
            triggers = List.copyOf(triggers);
        }

        /// The same moment by the record's clock.
        public Instant to() {
            return at.plus(ahead);
        }

        /// What makes this moment no evidence.
        public Optional<ObserverFault> fault() {
            return faults.stream().filter(fault -> !fault.from().isAfter(to()) && !fault.to().isBefore(to())).findFirst();
        }
    }

    /// For whoever only looks on: as the one who watches has judged it.
    ///
    /// @param judged by path of a step and number of its check, `felt#0`
    record Told(Map<String, Reading> judged) implements Felt {
        public Told {
            judged = Map.copyOf(judged);
        }
    }

    /// How a check is called there.
    static String key(String path, int check) {
        return path + "#" + check;
    }
}
