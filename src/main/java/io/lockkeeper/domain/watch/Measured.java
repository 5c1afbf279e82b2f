package io.lockkeeper.domain.watch;

import io.lockkeeper.domain.client.Scenario;
import io.lockkeeper.domain.signal.AtNode;
import io.lockkeeper.domain.signal.Availability;
import io.lockkeeper.domain.signal.ClientSignals;
import io.lockkeeper.domain.signal.Failures;
import io.lockkeeper.domain.signal.Kept;
import io.lockkeeper.domain.signal.ReturnTimes;
import io.lockkeeper.domain.signal.Success;
import io.lockkeeper.domain.signal.Window;
import java.util.List;
import java.util.stream.Stream;

/// All signals of our clients over one window.
///
/// @param times of graceful, emergency and handoff, in this order
/// @param nodes at which anything happened, by name
public record Measured(Success byClient, Success byAttempt, List<ReturnTimes> times, Failures failures, Kept kept,
        Availability availability, List<AtNode> nodes) {
    public Measured {
        times = List.copyOf(times);
        nodes = List.copyOf(nodes);
    }

    public static Measured of(ClientSignals signals, Window window) {
        return new Measured(signals.success(Success.By.CLIENT, window), signals.success(Success.By.ATTEMPT, window),
                Stream.of(Scenario.GRACEFUL, Scenario.EMERGENCY, Scenario.HANDOFF)
                        .map(scenario -> signals.times(scenario, window, _ -> true)).toList(),
                signals.failures(window), signals.kept(window), signals.availability(window),
                signals.nodes(window));
    }
}
