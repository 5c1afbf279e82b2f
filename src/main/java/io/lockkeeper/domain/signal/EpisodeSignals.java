package io.lockkeeper.domain.signal;

import io.lockkeeper.domain.client.ClientRecord;
import io.lockkeeper.domain.client.ClientRole;
import io.lockkeeper.domain.client.Continuity;
import io.lockkeeper.domain.client.Continuity.SessionKept;
import io.lockkeeper.domain.client.Episode;
import io.lockkeeper.domain.client.Episode.Attempt;
import io.lockkeeper.domain.client.Episode.Return;
import io.lockkeeper.domain.client.Failure;
import io.lockkeeper.domain.client.Incident;
import io.lockkeeper.domain.client.LossEvents;
import io.lockkeeper.domain.client.Scenario;
import io.lockkeeper.domain.client.Watch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Signals measured from episodes.
///
/// @param faults times in which the observer was at fault; what falls into one is no sample
public record EpisodeSignals(ClientRecord episodes, List<ObserverFault> faults) implements ClientSignals {
    public EpisodeSignals {
        faults = faults.stream().sorted(Comparator.comparing(ObserverFault::from)).toList();
    }

    @Override
    public Success success(Success.By by, Window window) {
        return success(by, window, _ -> true);
    }

    /// @param of which losses count
    public Success success(Success.By by, Window window, Predicate<Episode> of) {
        return by == Success.By.CLIENT ? byClient(window, of) : byAttempt(window, of);
    }

    private Success byClient(Window window, Predicate<Episode> of) {
        long good = 0;
        var counted = new ArrayList<Episode>();
        Instant newest = null;
        for (var settling : settlings(window, of)) {
            boolean out = settling.stillOut(window.to(), faults);
            if (isIn(settling.good(), window)) {
                good++;
                counted.add(settling.episode());
                newest = later(newest, settling.good());
            } else if (out || isIn(settling.failed(), window)) {
                counted.add(settling.episode());
                newest = later(newest, out ? window.to() : settling.failed());
            }
        }
        return new Success(Success.By.CLIENT, new Ratio(good, counted.size()), LossEvents.among(counted), window, newest);
    }

    private List<Settling> settlings(Window window, Predicate<Episode> of) {
        return episodes.since(window.from()).filter(of).filter(episode -> !episode.lostAt().isAfter(window.to()))
                .map(episode -> Settling.of(episode, faults, window.to())).toList();
    }

    private Success byAttempt(Window window, Predicate<Episode> of) {
        long good = 0;
        long failed = 0;
        Instant newest = null;
        var counted = new ArrayList<Episode>();
        for (var episode : episodes.since(window.from()).filter(of).toList()) {
            var bad = recent(episode.failed(), window).stream().filter(attempt -> counts(attempt.begun(), attempt.at(), window))
                    .toList();
            var back = episode.back();
            boolean came = back != null && counts(back.begun(), back.at(), window);
            failed += bad.size();
            good += came ? 1 : 0;
            newest = bad.isEmpty() ? newest : later(newest, bad.getLast().at());
            newest = came && back != null ? later(newest, back.at()) : newest;
            if (came || !bad.isEmpty()) {
                counted.add(episode);
            }
        }
        return new Success(Success.By.ATTEMPT, new Ratio(good, good + failed), LossEvents.among(counted), window, newest);
    }

    /// Those after the window's beginning; a client that has been out for hours has very many before it.
    private static List<Attempt> recent(List<Attempt> attempts, Window window) {
        int first = attempts.size();
        while (first > 0 && attempts.get(first - 1).at().isAfter(window.from())) {
            first--;
        }
        return attempts.subList(first, attempts.size());
    }

    @Override
    public ReturnTimes times(Scenario scenario, Window window, Predicate<Episode> of) {
        return ReturnTimes.of(scenario, returned(window).filter(episode -> episode.scenario() == scenario).filter(of).toList(),
                window);
    }

    /// Every time behind [#times], in no order.
    public List<Duration> returns(Scenario scenario, Window window) {
        return returned(window).filter(episode -> episode.scenario() == scenario).map(Episode::took).filter(Objects::nonNull)
                .toList();
    }

    @Override
    public Failures failures(Window window) {
        var causes = new HashMap<Failure, Long>();
        var newestOf = new HashMap<Failure, Instant>();
        long failed = 0;
        Instant newest = null;
        var attempts = Stream.concat(episodes.all().flatMap(episode -> episode.failed().stream()),
                episodes.firstConnectionsFailed()).filter(attempt -> counts(attempt.begun(), attempt.at(), window)).toList();
        for (Attempt attempt : attempts) {
            causes.merge(attempt.failure(), 1L, Long::sum);
            newestOf.merge(attempt.failure(), attempt.at(), (one, other) -> one.isAfter(other) ? one : other);
            failed++;
            newest = later(newest, attempt.at());
        }
        long good = 0;
        for (Return landing : episodes.landings().filter(one -> counts(one.begun(), one.at(), window)).toList()) {
            good++;
            newest = later(newest, landing.at());
        }
        return new Failures(causes, newestOf, new Ratio(good, good + failed), window, newest);
    }

    @Override
    public Kept kept(Window window) {
        return kept(window, _ -> true);
    }

    /// @param of which returns count; messages are of all clients
    public Kept kept(Window window, Predicate<Episode> of) {
        long kept = 0;
        long known = 0;
        long unknown = 0;
        Instant newest = null;
        var counted = returned(window).filter(of).toList();
        for (var episode : counted) {
            var continuity = episode.back() == null ? Continuity.UNKNOWN : episode.back().continuity();
            boolean whole = continuity.lost() == 0 && continuity.duplicated() == 0;
            if (continuity.session() == SessionKept.UNKNOWN && whole) {
                unknown++;
            } else {
                known++;
                kept += continuity.session() == SessionKept.SAME && whole ? 1 : 0;
            }
            newest = later(newest, episode.over());
        }
        long lost = 0;
        long duplicated = 0;
        for (var incident : incidents().stream().filter(one -> window.holds(one.at())).toList()) {
            lost += incident.kind() == Incident.Kind.LOST ? incident.messages() : 0;
            duplicated += incident.kind() == Incident.Kind.DUPLICATED ? incident.messages() : 0;
            newest = later(newest, incident.at());
        }
        return new Kept(new Ratio(kept, known), unknown, lost, duplicated, LossEvents.among(counted), window, newest);
    }

    @Override
    public Availability availability(Window window) {
        var sound = soundParts(window);
        var watched = Duration.ZERO;
        for (Watch watch : episodes.watches().filter(one -> one.role() == ClientRole.SENTINEL).toList()) {
            watched = watched.plus(shared(sound, watch.from(), watch.to()));
        }
        var out = Duration.ZERO;
        var planned = Duration.ZERO;
        for (var episode : episodes.since(window.from()).filter(one -> one.role() == ClientRole.SENTINEL).toList()) {
            var part = shared(sound, episode.lostAt(), episode.over());
            out = out.plus(part);
            boolean expected = episode.scenario() == Scenario.HANDOFF || episode.scenario() == Scenario.GRACEFUL;
            planned = expected ? planned.plus(part) : planned;
        }
        return new Availability(watched, out, planned, window);
    }

    /// The window without the observer's faults.
    private List<Window> soundParts(Window window) {
        var parts = new ArrayList<Window>();
        var from = window.from();
        for (var fault : faults) {
            if (fault.from().isAfter(from) && !fault.from().isAfter(window.to())) {
                parts.add(new Window(from, fault.from()));
            }
            from = fault.to().isAfter(from) ? fault.to() : from;
        }
        if (!from.isAfter(window.to())) {
            parts.add(new Window(from, window.to()));
        }
        return parts;
    }

    private static Duration shared(List<Window> parts, Instant from, Instant to) {
        return parts.stream().map(part -> part.shared(from, to)).reduce(Duration.ZERO, Duration::plus);
    }

    @Override
    public Ratio connected() {
        return new Ratio(episodes.watched() - episodes.out(), episodes.watched());
    }

    @Override
    public List<Recovery> recoveries(Instant since, Instant until) {
        var recoveries = new ArrayList<Recovery>();
        for (var episode : episodes.since(since).filter(Episode::abnormal).toList()) {
            var settling = Settling.of(episode, faults, until);
            if (settling.good() != null && settling.good().isAfter(since)) {
                recoveries.add(new Recovery(episode.client(), settling.good(), true));
            }
            for (var at = settling.failed(); at != null && !at.isAfter(until) && at.isBefore(episode.over()); at = at
                    .plus(Episode.LIMIT)) {
                if (at.isAfter(since) && (at.equals(settling.failed()) || settling.stillOut(at, faults))) {
                    recoveries.add(new Recovery(episode.client(), at, false));
                }
            }
        }
        recoveries.sort(Comparator.comparing(Recovery::at).thenComparing(Recovery::good).thenComparing(Recovery::client));
        return recoveries;
    }

    @Override
    public List<Incident> incidents() {
        return episodes.incidents().filter(incident -> sound(incident.from(), incident.at()))
                .sorted(Comparator.comparing(Incident::at).thenComparing(Incident::client)).toList();
    }

    @Override
    public List<AtNode> nodes(Window window) {
        var landed = new TreeMap<String, List<Episode>>();
        returned(window).forEach(episode -> Optional.ofNullable(episode.back())
                .ifPresent(back -> landed.computeIfAbsent(back.node(), _ -> new ArrayList<>()).add(episode)));
        var lost = new TreeMap<String, List<Episode>>();
        episodes.since(window.from()).filter(episode -> counts(episode.lostAt(), episode.lostAt(), window))
                .forEach(episode -> lost.computeIfAbsent(episode.fromNode(), _ -> new ArrayList<>()).add(episode));
        var nodes = new TreeSet<>(landed.keySet());
        episodes.since(window.from()).filter(episode -> !episode.lostAt().isAfter(window.to()))
                .forEach(episode -> nodes.add(episode.fromNode()));
        return nodes.stream()
                .map(node -> AtNode.of(node, landed.getOrDefault(node, List.of()), lost.getOrDefault(node, List.of()),
                        byClient(window, episode -> episode.fromNode().equals(node))))
                .filter(AtNode::anything).toList();
    }

    private Stream<Episode> returned(Window window) {
        return episodes.since(window.from())
                .filter(episode -> episode.back() != null && counts(episode.lostAt(), episode.back().at(), window));
    }

    private boolean counts(Instant begun, Instant at, Window window) {
        return window.holds(at) && sound(begun, at);
    }

    private boolean sound(Instant from, Instant to) {
        return faults.stream().noneMatch(fault -> fault.touches(from, to));
    }

    private static boolean isIn(@Nullable Instant at, Window window) {
        return at != null && window.holds(at);
    }

    private static @Nullable Instant later(@Nullable Instant one, @Nullable Instant other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.isAfter(other) ? one : other;
    }
}
