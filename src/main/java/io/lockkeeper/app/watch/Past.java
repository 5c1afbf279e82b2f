package io.lockkeeper.app.watch;

import io.lockkeeper.domain.history.KeptEpisode;
import io.lockkeeper.domain.trigger.Baseline;
import java.time.Instant;
import java.util.List;

/// What a watch leaves to later ones, and what earlier ones left to it.
public interface Past {
    /// Nothing is kept and nothing was.
    Past NONE = new Past() {
        @Override
        public boolean keep(List<KeptEpisode> episodes) {
            return true;
        }

        @Override
        public boolean retract(Instant from, Instant to) {
            return true;
        }

        @Override
        public List<Baseline> baselines() {
            return List.of();
        }
    };

    /// Takes episodes that began or ended; waits for nothing.
    ///
    /// @return false when they were dropped: they will be offered again
    boolean keep(List<KeptEpisode> episodes);

    /// What was measured of our clients from one time up to and with another says nothing after all; waits for nothing.
    ///
    /// @param from wall time, as `to` is
    /// @return false when that was dropped: it will be said again
    boolean retract(Instant from, Instant to);

    /// What was recorded. Reads a file, so not for the session's thread.
    List<Baseline> baselines();
}
