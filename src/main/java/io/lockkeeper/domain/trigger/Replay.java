package io.lockkeeper.domain.trigger;

import io.lockkeeper.domain.client.ClientEvent;
import io.lockkeeper.domain.client.ClientRole;
import io.lockkeeper.domain.client.Episodes;
import io.lockkeeper.domain.signal.EpisodeSignals;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Walks a recording through triggers, evaluation by evaluation, as if it happened now: nothing is known before its time, except that a fault of
/// the observer and the work of a run are known from their beginning on.
public final class Replay {
    /// Longer recordings are refused: evaluations every 10 s for years help nobody.
    public static final Duration LONGEST = Duration.ofDays(31);

    /// A trigger entered another phase.
    ///
    /// @param before the phase it left, as it was at its last evaluation
    public record Change(Instant at, TriggerSpec trigger, Phase before, Phase phase) {}

    /// @param changes in the order of time
    /// @param last where each trigger stands at the end
    public record Replayed(Instant from, Instant to, int evaluations, long clients, List<Change> changes, Triggers last) {}

    private final Recording recording;
    private final List<ClientEvent> events;
    private final Episodes episodes = new Episodes();
    private final List<Change> changes = new ArrayList<>();
    private Triggers triggers;
    private int next;

    private Replay(Recording recording, TriggerSet set) {
        this.recording = recording;
        events = recording.events().stream().filter(event -> event.role() != ClientRole.PROBE)
                .sorted(Comparator.comparing(ClientEvent::at)).toList();
        triggers = Triggers.of(set);
        recording.planned().forEach(episodes::on);
    }

    /// @throws IllegalArgumentException when the recording has no events or lasts longer than [#LONGEST]
    public static Replayed of(Recording recording, TriggerSet set) {
        if (recording.events().isEmpty() || Duration.between(recording.first(), recording.last()).compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("no events, or too long");
        }
        return new Replay(recording, set).walk();
    }

    private Replayed walk() {
        int evaluations = 0;
        var before = recording.first();
        while (before.isBefore(recording.last()) || evaluations == 0) {
            var now = before.plus(TriggerSpec.EVERY);
            while (next < events.size() && !events.get(next).at().isAfter(now)) {
                episodes.on(events.get(next++));
            }
            acknowledge(before, now, evaluations == 0);
            advance(triggers.at(moment(now)), now);
            before = now;
            evaluations++;
        }
        long clients = events.stream().map(ClientEvent::client).distinct().count();
        return new Replayed(recording.first(), before, evaluations, clients, List.copyOf(changes), triggers);
    }

    private void acknowledge(Instant after, Instant now, boolean first) {
        recording.acknowledged().stream().filter(one -> (first || one.at().isAfter(after)) && !one.at().isAfter(now))
                .forEach(one -> advance(triggers.acknowledged(one.trigger(), one.at()), one.at()));
    }

    private void advance(Triggers to, Instant now) {
        for (int i = 0; i < to.states().size(); i++) {
            var was = triggers.states().get(i).phase();
            var is = to.states().get(i);
            if (!was.word().equals(is.phase().word())) {
                changes.add(new Change(now, is.spec(), was, is.phase()));
            }
        }
        triggers = to;
    }

    private Moment moment(Instant now) {
        var faults = recording.faults().stream().filter(fault -> !fault.from().isAfter(now)).toList();
        Map<String, Instant> started = new HashMap<>();
        recording.started().stream().filter(one -> !one.at().isAfter(now))
                .forEach(
                        one -> started.merge(one.node(), one.at(), (earlier, later) -> later.isAfter(earlier) ? later : earlier));
        var reports = recording.reports().stream().filter(one -> !one.at().isAfter(now)).sorted(Comparator.comparing(Report::at))
                .toList();
        return new Moment(now, new EpisodeSignals(episodes, faults), faults, recording.baselines(), started, reports,
                versions(now));
    }

    /// As the recording says; else the version that was seen first, and the newest one.
    private @Nullable Versions versions(Instant now) {
        var said = recording.compared().stream().filter(one -> !one.at().isAfter(now))
                .max(Comparator.comparing(Recording.Compared::at));
        if (said.isPresent()) {
            return new Versions(said.get().from(), said.get().to());
        }
        var seen = new LinkedHashMap<String, Instant>();
        episodes.landings().filter(one -> !one.version().isEmpty())
                .forEach(one -> seen.merge(one.version(), one.at(), (left, right) -> left.isBefore(right) ? left : right));
        var inOrder = seen.entrySet().stream().sorted(Map.Entry.comparingByValue()).map(Map.Entry::getKey).toList();
        return inOrder.size() < 2 ? null : new Versions(inOrder.getFirst(), inOrder.getLast());
    }
}
