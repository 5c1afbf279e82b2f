package io.lockkeeper.app.watch;

import io.lockkeeper.domain.history.KeptEpisode;
import io.lockkeeper.domain.trigger.Baseline;
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
        public List<Baseline> baselines() {
            return List.of();
        }
    };

    /// Takes episodes that began or ended; waits for nothing.
    ///
    /// @return false when they were dropped: they will be offered again
    boolean keep(List<KeptEpisode> episodes);

    /// What was recorded. Reads a file, so not for the session's thread.
    List<Baseline> baselines();
}
