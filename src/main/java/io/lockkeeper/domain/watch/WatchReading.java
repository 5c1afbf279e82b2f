package io.lockkeeper.domain.watch;

import io.lockkeeper.domain.client.FleetReading;
import io.lockkeeper.domain.signal.ProbeReading;
import io.lockkeeper.domain.signal.Reading;
import io.lockkeeper.domain.trigger.Action;
import io.lockkeeper.domain.trigger.Phase;
import io.lockkeeper.domain.trigger.Report;
import io.lockkeeper.domain.trigger.TriggerSet;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What is known from watching, at one moment; immutable.
///
/// @param at when the newest part of it was read
/// @param clients counted since they were started; `null` before the first count, and where nobody watches
/// @param minute the last minute, likewise
/// @param fiveMinutes the last five minutes, likewise
/// @param triggers as the environment file has them, and behind them those that fired and that it has no longer
/// @param observer how far the one who watches trusts itself; `null` where nobody watches
/// @param judged by [Felt#key]: gates and soaks that are under way and ask what clients of ours felt, as whoever watches judges them
/// @param ofRun what the run has spent of the error budget; `null` where there was none in what is remembered, and where nobody watches
/// @param probes what those of single nodes have met, node by node; none where none are probed, and where nobody watches
public record WatchReading(Instant at, Watcher watcher, @Nullable FleetReading clients, @Nullable Measured minute,
        @Nullable Measured fiveMinutes, List<TriggerReading> triggers, @Nullable ObserverReading observer,
        Map<String, Reading> judged, @Nullable RunSpent ofRun, List<ProbeReading> probes) {
    public WatchReading {
        probes = List.copyOf(probes);
        triggers = List.copyOf(triggers);
        judged = Map.copyOf(judged);
    }

    /// Nothing is under way that asks.
    public WatchReading(Instant at, Watcher watcher, @Nullable FleetReading clients, @Nullable Measured minute,
            @Nullable Measured fiveMinutes, List<TriggerReading> triggers, @Nullable ObserverReading observer) {
        this(at, watcher, clients, minute, fiveMinutes, triggers, observer, Map.of(), null, List.of());
    }

    public WatchReading judging(Map<String, Reading> known) {
        return new WatchReading(at, watcher, clients, minute, fiveMinutes, triggers, observer, known, ofRun, probes);
    }

    public WatchReading spending(@Nullable RunSpent spent) {
        return new WatchReading(at, watcher, clients, minute, fiveMinutes, triggers, observer, judged, spent, probes);
    }

    public WatchReading probing(List<ProbeReading> met) {
        return new WatchReading(at, watcher, clients, minute, fiveMinutes, triggers, observer, judged, ofRun, met);
    }

    /// What the probe of a node has met; empty where none is probed, and where nobody watches.
    public Optional<ProbeReading> probe(String node) {
        return probes.stream().filter(one -> one.node().equals(node)).findFirst();
    }

    /// Nothing is said of the one who watches.
    public WatchReading(Instant at, Watcher watcher, @Nullable FleetReading clients, @Nullable Measured minute,
            @Nullable Measured fiveMinutes, List<TriggerReading> triggers) {
        this(at, watcher, clients, minute, fiveMinutes, triggers, null);
    }

    /// Nobody watches; what has fired and was not acknowledged stays so.
    public static WatchReading nobody(Instant at, String why, Collection<Latch> latches) {
        return new WatchReading(at, new Watcher.Nobody(why), null, null, null,
                latches.stream().map(latch -> TriggerReading.latched(latch, Action.OFFER, "")).toList());
    }

    /// Nobody watches: what people report stands as ever, and what has fired and was not acknowledged stays so.
    ///
    /// @param set those of them that people may report to are there whether they have fired or not
    public static WatchReading nobody(Instant at, String why, TriggerRecord recorded, TriggerSet set) {
        var watcher = new Watcher.Nobody(why);
        return new WatchReading(at, watcher, null, null, null,
                recorded.readings(set, spec -> Report.Kind.of(spec).isEmpty()
                        ? Optional.empty()
                        : Optional.of(new Phase.Blind(at, watcher.words())), at));
    }

    /// The one who watched is gone: what was measured says nothing of now, and what has fired stays so.
    public WatchReading gone(Instant now, String why) {
        return new WatchReading(now, new Watcher.Nobody(why), null, null, null,
                triggers.stream().map(one -> one.fired()
                        ? one
                        : one.in(new Phase.Blind(now, why)))
                        .toList());
    }

    public List<TriggerReading> fired() {
        return triggers.stream().filter(TriggerReading::fired).toList();
    }

    /// What the one who watches doubts of itself, and since when.
    public Optional<String> doubted() {
        return observer == null ? Optional.empty() : observer.doubted();
    }

    /// The first that offers to go back.
    public Optional<TriggerReading> offer() {
        return triggers.stream().filter(TriggerReading::offers).findFirst();
    }
}
