package io.lockkeeper.app.signals;

import io.lockkeeper.app.EnvironmentAccess.Unavailable;
import io.lockkeeper.domain.history.KeptEpisode;
import io.lockkeeper.domain.history.MonthSpent;
import java.time.Instant;
import java.util.List;

/// What was kept of one environment, for whoever looks at it. It lies on this computer, so that followers read it as the holder does. Blocks.
public interface Archive {
    /// Of an environment of which nothing is kept.
    Archive NONE = new Archive() {
        @Override
        public List<KeptEpisode> episodes(Instant from, Instant to, int most) throws Unavailable {
            throw new Unavailable("nothing is kept");
        }

        @Override
        public MonthSpent month(Instant now) throws Unavailable {
            throw new Unavailable("nothing is kept");
        }
    };

    /// Lost from `from` up to and with `to`, in the order of time; the newest where there are more.
    List<KeptEpisode> episodes(Instant from, Instant to, int most) throws Unavailable, InterruptedException;

    MonthSpent month(Instant now) throws Unavailable, InterruptedException;
}
