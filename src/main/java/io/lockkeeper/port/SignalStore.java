package io.lockkeeper.port;

import io.lockkeeper.domain.history.HistoryState;
import io.lockkeeper.domain.history.KeptEpisode;
import io.lockkeeper.domain.history.Sample;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/// Keeps the past of one environment. One holder writes. Nothing here waits, neither for a disk nor for another thread, but [#close]; nothing here
/// fails: what cannot be kept is dropped and counted.
public interface SignalStore extends AutoCloseable {
    /// Keeps nothing and says nothing of it.
    SignalStore NONE = new SignalStore() {
        @Override
        public boolean add(Instant now, List<Sample> samples, List<KeptEpisode> episodes) {
            return true;
        }

        @Override
        public boolean retract(Instant now, Set<String> signals, Instant from, Instant to) {
            return true;
        }

        @Override
        public HistoryState state() {
            return HistoryState.STARTING;
        }

        @Override
        public void close() {
            // nothing is open
        }
    };

    /// Hands values and episodes over. Of a series one value a second is kept, the newest that came; an episode that came before, by its client
    /// and the time of its loss, is written anew.
    ///
    /// @param now wall time, from which ages are counted
    /// @return false when all of them were dropped
    boolean add(Instant now, List<Sample> samples, List<KeptEpisode> episodes);

    /// What was handed over of some signals from one time up to and with another says nothing after all: it goes, also from what was drawn
    /// together of it. Nothing goes that is older than an hour.
    ///
    /// @return false when that was dropped
    boolean retract(Instant now, Set<String> signals, Instant from, Instant to);

    HistoryState state();

    /// Writes what was handed over, for a few seconds at most, and lets go.
    @Override
    void close();
}
