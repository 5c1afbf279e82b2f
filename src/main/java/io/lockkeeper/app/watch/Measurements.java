package io.lockkeeper.app.watch;

import io.lockkeeper.domain.client.Episodes;
import io.lockkeeper.domain.run.RunState;
import io.lockkeeper.domain.signal.EpisodeSignals;
import io.lockkeeper.domain.signal.ObserverFault;
import io.lockkeeper.domain.signal.Window;
import io.lockkeeper.domain.watch.Measured;
import io.lockkeeper.domain.watch.RunSpent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What was measured of the clients as of the newest count, and measured anew where a fault comes to light that had begun by then. Owned by the
/// session's thread; times are those of the watch's steady clock.
final class Measurements {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);

    private final Episodes episodes;
    private final Hindsight hindsight;
    private final SteadyClock clock;
    private @Nullable Measured minute;
    private @Nullable Measured fiveMinutes;
    private @Nullable RunSpent spent;
    private Instant since = Instant.MAX;

    Measurements(Episodes episodes, Past past, SteadyClock clock) {
        this.episodes = episodes;
        this.hindsight = new Hindsight(past);
        this.clock = clock;
    }

    /// @param at from when on the clients are there to be measured
    void begin(Instant at) {
        since = at;
    }

    /// @param run whose share of the budget is asked for; `null` for none
    void measure(Instant at, List<ObserverFault> faults, @Nullable RunState run) {
        var signals = new EpisodeSignals(episodes, faults);
        minute = Measured.of(signals, Window.last(MINUTE, at));
        fiveMinutes = Measured.of(signals, Window.last(FIVE_MINUTES, at));
        spent = run == null ? null : spent(at, run, signals);
    }

    private @Nullable RunSpent spent(Instant now, RunState run, EpisodeSignals signals) {
        var ahead = clock.ahead();
        var ended = run.ended();
        var remembered = now.minus(Watch.MEMORY);
        return RunSpent.of(run.run(), run.start().at().plus(ahead), ended == null ? Instant.MAX : ended.at().plus(ahead),
                remembered.isBefore(since) ? since : remembered, now, signals).orElse(null);
    }

    /// What was measured before a fault came to light that had begun by then is measured anew, and what is kept of that time goes.
    ///
    /// @param countedAt of the newest count, by the wall clock
    /// @param ahead how far the steady clock was ahead of that one then
    /// @return whether something was
    boolean lookBack(List<ObserverFault> faults, @Nullable RunState run, Instant countedAt, Duration ahead) {
        var measured = minute;
        if (measured == null) {
            return false;
        }
        var at = measured.byClient().window().to();
        var since = hindsight.look(faults, at);
        since.ifPresent(from -> {
            measure(at, faults, run);
            var begun = from.minus(ahead);
            hindsight.retract(new Window(begun, begun.isAfter(countedAt) ? begun : countedAt));
        });
        hindsight.pay();
        return since.isPresent();
    }

    @Nullable
    Measured minute() {
        return minute;
    }

    @Nullable
    Measured fiveMinutes() {
        return fiveMinutes;
    }

    @Nullable
    RunSpent spent() {
        return spent;
    }
}
