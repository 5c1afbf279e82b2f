package io.lockkeeper.domain.trigger;

import io.lockkeeper.domain.client.Scenario;
import io.lockkeeper.domain.signal.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// A [Baseline] with what it was made of, so that it can be made again and judged.
///
/// @param from the first moment that counted, up to `to`
/// @param command what brought the returns about, in words or as typed
/// @param by who recorded it
public record RecordedBaseline(Scenario scenario, Duration mean, Duration p95, long samples, Instant recordedAt, Instant from,
        Instant to, String command, Load load, String by) {
    /// What the service carried meanwhile.
    ///
    /// @param clients of ours
    /// @param cyclesPerMinute closes on purpose, of all of them
    /// @param connections of the service in all; -1 where nobody knows
    public record Load(long clients, long cyclesPerMinute, long connections) {
        public static final long UNKNOWN = -1;

        public String words() {
            return clients + " clients of ours, " + cyclesPerMinute + " cycles a minute, "
                    + (connections == UNKNOWN ? "connections of the service not known" : connections + " connections");
        }
    }

    public Baseline baseline() {
        return new Baseline(scenario, mean, samples, recordedAt);
    }

    /// @param times of the returns, at least one
    public static RecordedBaseline of(Scenario scenario, List<Duration> times, Instant now, Window window, String command,
            Load load, String by) {
        var sorted = times.stream().sorted().toList();
        var mean = sorted.stream().reduce(Duration.ZERO, Duration::plus).dividedBy(sorted.size());
        var p95 = sorted.get((int) Math.ceil(0.95 * sorted.size()) - 1);
        return new RecordedBaseline(scenario, mean, p95, sorted.size(), now, window.from(), window.to(), command, load, by);
    }
}
