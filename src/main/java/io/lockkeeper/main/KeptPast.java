package io.lockkeeper.main;

import io.lockkeeper.app.signals.HistoryFeed;
import io.lockkeeper.app.watch.Past;
import io.lockkeeper.domain.history.KeptEpisode;
import io.lockkeeper.domain.trigger.Baseline;
import io.lockkeeper.domain.trigger.RecordedBaseline;
import io.lockkeeper.port.SignalStore;
import io.lockkeeper.port.Time;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Episodes go to the history, baselines come from their file.
record KeptPast(SignalStore store, Time time, BaselineFile file) implements Past {
    private static final Logger LOG = LoggerFactory.getLogger(KeptPast.class);

    @Override
    public boolean keep(List<KeptEpisode> episodes) {
        return store.add(time.now(), List.of(), episodes);
    }

    @Override
    public boolean retract(Instant from, Instant to) {
        return store.retract(time.now(), HistoryFeed.MEASURED, from, to);
    }

    @Override
    public List<Baseline> baselines() {
        try {
            return file.read().baselines().stream().map(RecordedBaseline::baseline).toList();
        } catch (IOException e) {
            LOG.warn("baselines cannot be read: {}", e.toString());
            return List.of();
        }
    }
}
