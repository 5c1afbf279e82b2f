package io.lockkeeper.domain.signal;

import io.lockkeeper.domain.client.Episode;
import io.lockkeeper.domain.client.LossEvents;
import io.lockkeeper.domain.client.Scenario;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// `reconnect.time` of one scenario: from the loss, as the client noticed it, to the new session. Who is still out has no time yet and is not in
/// here; [Success] has it.
///
/// @param mean zero without samples, like `p95` and `max`
/// @param p95 the smallest time that at least 95 % of the returns kept to
/// @param within how many kept to the scenario's own limit
/// @param events how many events the losses behind it were
public record ReturnTimes(Scenario scenario, long samples, Duration mean, Duration p95, Duration max, Ratio within, int events,
        Window window,
        @Nullable Instant newest) {
    static ReturnTimes of(Scenario scenario, List<Episode> returned, Window window) {
        var times = new ArrayList<Duration>();
        returned.stream().map(Episode::took).filter(Objects::nonNull).forEach(times::add);
        times.sort(Comparator.naturalOrder());
        if (times.isEmpty()) {
            return new ReturnTimes(scenario, 0, Duration.ZERO, Duration.ZERO, Duration.ZERO, new Ratio(0, 0), 0, window, null);
        }
        var sum = times.stream().reduce(Duration.ZERO, Duration::plus);
        long kept = times.stream().filter(time -> time.compareTo(limit(scenario)) < 0).count();
        return new ReturnTimes(scenario, times.size(), sum.dividedBy(times.size()),
                times.get((int) Math.ceil(0.95 * times.size()) - 1),
                times.getLast(), new Ratio(kept, times.size()), LossEvents.among(returned), window,
                returned.stream().map(Episode::over).max(Comparator.naturalOrder()).orElse(null));
    }

    /// What returns of the scenario should stay below: 10 s, 30 s and 5 s for graceful, emergency and handoff.
    public static Duration limit(Scenario scenario) {
        return switch (scenario) {
            case GRACEFUL -> Duration.ofSeconds(10);
            case HANDOFF -> Duration.ofSeconds(5);
            case EMERGENCY, PROBE -> Duration.ofSeconds(30);
        };
    }
}
