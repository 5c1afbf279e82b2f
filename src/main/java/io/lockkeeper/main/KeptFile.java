package io.lockkeeper.main;

import io.lockkeeper.adapter.sqlite.SignalArchive;
import io.lockkeeper.adapter.sqlite.SignalFiles;
import io.lockkeeper.app.signals.SignalHistory;
import io.lockkeeper.cli.Desk;
import io.lockkeeper.cli.Desk.Unusable;
import io.lockkeeper.domain.history.KeptEpisode;
import io.lockkeeper.domain.history.Sample;
import io.lockkeeper.domain.history.SeriesSpan;
import io.lockkeeper.domain.history.Step;
import io.lockkeeper.domain.history.Stretch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The history of one environment, read by terminals and by a window that opens.
record KeptFile(SignalArchive archive, SignalFiles files, String environment) implements Desk.Kept {
    private static final Logger LOG = LoggerFactory.getLogger(KeptFile.class);

    static KeptFile open(SignalFiles files, String environment) throws Unusable {
        if (!SignalArchive.exists(files)) {
            throw new Unusable("nothing is kept of " + environment + " yet (" + files.database()
                    + " is not there): its history is written by whoever holds it and acts, in the window or in a run");
        }
        try {
            return new KeptFile(SignalArchive.open(files), files, environment);
        } catch (SignalArchive.Unreadable e) {
            throw new Unusable(files.database() + ": " + e.getMessage());
        }
    }

    /// Charts begin with what was kept of the last hour. On a thread of its own, for SQLite pins whatever calls it; where it cannot be read they
    /// begin empty.
    static void refill(SignalHistory history, SignalFiles files, Instant now) {
        if (SignalArchive.exists(files)) {
            Thread.ofPlatform().daemon().name("refill").start(() -> {
                var samples = new ArrayList<Sample>();
                try (var archive = SignalArchive.open(files)) {
                    archive.values(null, Step.RAW, now.minus(SignalHistory.KEPT), now, one -> samples
                            .add(new Sample(one.from(), one.signal(), one.node(), one.source(), one.mean(), one.samples())));
                    history.refill(samples);
                } catch (SignalArchive.Unreadable e) {
                    LOG.warn("charts begin empty: {}", e.getMessage());
                }
            });
        }
    }

    private interface Reading {
        void read() throws SignalArchive.Unreadable;
    }

    private void reading(Reading work) throws Unusable {
        try {
            work.read();
        } catch (SignalArchive.Unreadable e) {
            throw new Unusable(files.database() + ": " + e.getMessage());
        }
    }

    @Override
    public void episodes(Instant from, Instant to, Consumer<KeptEpisode> each) throws Unusable {
        reading(() -> archive.episodes(from, to, each));
    }

    @Override
    public void values(String signal, Step step, Instant from, Instant to, Consumer<Stretch> each) throws Unusable {
        reading(() -> archive.values(signal, step, from, to, each));
    }

    @Override
    public List<SeriesSpan> series() throws Unusable {
        var all = new ArrayList<SeriesSpan>();
        reading(() -> all.addAll(archive.series()));
        return all;
    }

    @Override
    public void close() {
        archive.close();
    }
}
