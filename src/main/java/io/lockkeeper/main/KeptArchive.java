package io.lockkeeper.main;

import io.lockkeeper.adapter.sqlite.SignalFiles;
import io.lockkeeper.app.EnvironmentAccess.Unavailable;
import io.lockkeeper.app.signals.Archive;
import io.lockkeeper.app.signals.HistoryFeed;
import io.lockkeeper.cli.Desk.Unusable;
import io.lockkeeper.domain.history.KeptEpisode;
import io.lockkeeper.domain.history.MonthSpent;
import io.lockkeeper.domain.history.Step;
import io.lockkeeper.domain.history.Stretch;
import io.lockkeeper.domain.signal.Availability;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/// Opens the history for each question, on a thread of the platform: SQLite pins whatever calls it.
record KeptArchive(SignalFiles files, String environment) implements Archive {
    @Override
    public List<KeptEpisode> episodes(Instant from, Instant to, int most) throws Unavailable, InterruptedException {
        return apart(() -> {
            var newest = new ArrayDeque<KeptEpisode>();
            try (var kept = KeptFile.open(files, environment)) {
                kept.episodes(from, to, episode -> {
                    newest.addLast(episode);
                    if (newest.size() > most) {
                        newest.removeFirst();
                    }
                });
            }
            return List.copyOf(newest);
        });
    }

    @Override
    public MonthSpent month(Instant now) throws Unavailable, InterruptedException {
        return apart(() -> {
            var availability = new ArrayList<Stretch>();
            var planned = new ArrayList<Stretch>();
            var from = now.minus(Availability.MONTH);
            try (var kept = KeptFile.open(files, environment)) {
                kept.values(HistoryFeed.AVAILABILITY, Step.MINUTE, from, now, availability::add);
                kept.values(HistoryFeed.PLANNED, Step.MINUTE, from, now, planned::add);
            }
            return MonthSpent.of(availability, planned, now);
        });
    }

    private static <T> T apart(Callable<T> work) throws Unavailable, InterruptedException {
        var task = new FutureTask<>(work);
        Thread.ofPlatform().daemon().name("history").start(task);
        try {
            return task.get();
        } catch (ExecutionException e) {
            throw new Unavailable(e.getCause() instanceof Unusable unusable ? unusable.why() : String.valueOf(e.getCause()));
        }
    }
}
