package io.lockkeeper.app;

import io.lockkeeper.domain.signal.Notice;
import io.lockkeeper.domain.fleet.Fleet;
import io.lockkeeper.domain.link.LinkView;
import io.lockkeeper.domain.environment.Environment;
import io.lockkeeper.domain.metrics.MetricsReading;
import io.lockkeeper.domain.metrics.SignalReadings;
import io.lockkeeper.domain.notify.ChannelReading;
import io.lockkeeper.domain.run.Facts;
import io.lockkeeper.domain.run.RunState;
import io.lockkeeper.domain.watch.Drill;
import io.lockkeeper.domain.watch.Felt;
import io.lockkeeper.domain.watch.WatchReading;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Everything a screen or a terminal needs of one environment at one moment; immutable. At most one every 50 ms.
///
/// @param at when it was made; ages are counted from each part's own time to the reader's now
/// @param holder who owns the environment's runs, in words, e.g. `this window` or `lockkeeper run (pid 4711)`
/// @param following false while there is neither a holder of our own nor a connection to one: everything here is old
/// @param run the open run, else the newest one; `null` when there never was one
/// @param events that run's journal, oldest first
/// @param runs every run, newest first
/// @param watch what clients of ours say of the service and where the triggers stand; `null` where nobody watches and nothing has fired
/// @param history how the keeping of the past is doing at the holder, in words; `null` where it keeps none
/// @param drill whether an alert arrives, while somebody tries that; it may be over
/// @param metrics what the sources of the environment's `metrics` said; `null` where it has none
/// @param channels how the ways to people who look at no console are doing at the holder
/// @param control who may order the environment about; `null` when nobody took control, or needs to
public record Snapshot(Instant at, String holder, boolean following, Fleet fleet, List<LinkView> links, @Nullable RunState run,
        List<Recorded> events, List<RunSummary> runs, @Nullable KnownGood knownGood, @Nullable Control control,
        List<Notice> notices, @Nullable WatchReading watch, @Nullable String history, @Nullable Drill drill,
        @Nullable MetricsReading metrics, List<ChannelReading> channels) {
    public Snapshot {
        links = List.copyOf(links);
        events = List.copyOf(events);
        runs = List.copyOf(runs);
        notices = List.copyOf(notices);
        channels = List.copyOf(channels);
    }

    /// Nobody is told anything elsewhere.
    public Snapshot(Instant at, String holder, boolean following, Fleet fleet, List<LinkView> links, @Nullable RunState run,
            List<Recorded> events, List<RunSummary> runs, @Nullable KnownGood knownGood, @Nullable Control control,
            List<Notice> notices, @Nullable WatchReading watch, @Nullable String history, @Nullable Drill drill,
            @Nullable MetricsReading metrics) {
        this(at, holder, following, fleet, links, run, events, runs, knownGood, control, notices, watch, history, drill, metrics,
                List.of());
    }

    /// Without a history, a drill and metrics.
    public Snapshot(Instant at, String holder, boolean following, Fleet fleet, List<LinkView> links, @Nullable RunState run,
            List<Recorded> events, List<RunSummary> runs, @Nullable KnownGood knownGood, @Nullable Control control,
            List<Notice> notices, @Nullable WatchReading watch) {
        this(at, holder, following, fleet, links, run, events, runs, knownGood, control, notices, watch, null, null, null);
    }

    /// Without a watch.
    public Snapshot(Instant at, String holder, boolean following, Fleet fleet, List<LinkView> links, @Nullable RunState run,
            List<Recorded> events, List<RunSummary> runs, @Nullable KnownGood knownGood, @Nullable Control control,
            List<Notice> notices) {
        this(at, holder, following, fleet, links, run, events, runs, knownGood, control, notices, null);
    }

    /// Every signal with all that is known of it, source by source.
    public SignalReadings signals(Instant now) {
        return SignalReadings.of(fleet, watch, metrics, now);
    }

    /// What there is to judge gates by for display: those that ask what clients of ours felt only the holder can judge.
    public Facts facts(Environment environment, Instant now) {
        var facts = new Facts(environment, fleet, now).withMetrics(metrics);
        return watch == null ? facts : facts.with(new Felt.Told(watch.judged()));
    }
}
