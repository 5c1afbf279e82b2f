package io.lockkeeper.domain.trigger;

import io.lockkeeper.domain.signal.ClientSignals;
import io.lockkeeper.domain.signal.ObserverFault;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// All that an evaluation goes by.
///
/// @param signals measured with the same faults
/// @param faults of the observer, with those that are over
/// @param baselines recorded ones
/// @param started when the process of a node came up, as far as it is known
/// @param reports of people, the oldest first
/// @param versions `null` where there is no second version to compare with
public record Moment(Instant now, ClientSignals signals, List<ObserverFault> faults, List<Baseline> baselines,
        Map<String, Instant> started, List<Report> reports, @Nullable Versions versions) {
    public Moment {
        faults = List.copyOf(faults);
        baselines = List.copyOf(baselines);
        started = Map.copyOf(started);
        reports = List.copyOf(reports);
    }

    /// Why the observer is not to be believed now.
    Optional<String> fault() {
        return faults.stream().filter(fault -> !fault.from().isAfter(now) && !fault.to().isBefore(now)).findFirst()
                .map(fault -> "the observer itself is at fault: " + fault.why());
    }

    /// Why there is nobody to go by.
    Optional<String> nobody() {
        return signals.connected().tried() == 0 ? Optional.of("no client of ours is watching") : Optional.empty();
    }
}
