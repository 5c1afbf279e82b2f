package io.lockkeeper.domain.metrics;

import io.lockkeeper.domain.signal.Ratio;
import io.lockkeeper.domain.signal.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What one page – or one server of queries – said so far, and what that makes of each signal. Immutable: the fold of its answers.
public final class PageTrack {
    private static final int NAMED = 3;

    private final List<MetricSignal> signals;
    private final Map<Ask, CounterTrack> counters;
    private final @Nullable Answer newest;
    private final @Nullable Instant at;
    private final String lost;

    private PageTrack(List<MetricSignal> signals, Map<Ask, CounterTrack> counters, @Nullable Answer newest, @Nullable Instant at,
            String lost) {
        this.signals = signals;
        this.counters = counters;
        this.newest = newest;
        this.at = at;
        this.lost = lost;
    }

    /// @param signals all of one source
    public static PageTrack of(List<MetricSignal> signals) {
        var counters = new HashMap<Ask, CounterTrack>();
        for (var signal : signals) {
            if (!(signal.form() instanceof Form.Level)) {
                signal.form().asks().stream().filter(Ask.Series.class::isInstance)
                        .forEach(ask -> counters.merge(ask, CounterTrack.empty(signal.form().window()),
                                (a, b) -> CounterTrack.longer(a, b)));
            }
        }
        return new PageTrack(List.copyOf(signals), counters, null, null, SourceReading.NOT_YET.why());
    }

    /// @param begunAt when the reading was begun
    public PageTrack on(Answer answer, Instant begunAt) {
        var next = new HashMap<Ask, CounterTrack>();
        counters.forEach((ask, track) -> next.put(ask, answer.failed().containsKey(ask)
                ? track
                : track.on(begunAt, points(answer.samples(ask), labels(ask)))));
        return new PageTrack(signals, next, answer, begunAt, "");
    }

    public PageTrack lost(String why) {
        return new PageTrack(signals, counters, newest, at, why);
    }

    /// Labels by which the nodes of this ask are told; the same for all signals of a source.
    private @Nullable NodeLabel labels(Ask ask) {
        return signals.stream().filter(signal -> signal.form().asks().contains(ask)).findFirst().map(MetricSignal::label)
                .orElse(null);
    }

    private static List<CounterTrack.Point> points(List<Sample> samples, @Nullable NodeLabel label) {
        return samples.stream().map(sample -> new CounterTrack.Point(sample.labels(),
                group(sample, label), sample.value())).toList();
    }

    /// A node; empty for what is of none, or of the whole.
    private static String group(Sample sample, @Nullable NodeLabel label) {
        return label == null ? "" : label.nodes().getOrDefault(sample.labels().getOrDefault(label.label(), ""), "");
    }

    /// What the page says of a signal.
    ///
    /// @param nodes of the environment
    /// @return by node; of the whole under the empty name, alone or as the sum of the nodes
    public Map<String, Datum> read(MetricSignal signal, List<String> nodes) {
        var answer = newest;
        var when = at;
        if (answer == null || when == null) {
            return Map.of("", new Datum.None(lost));
        }
        for (var ask : signal.form().asks()) {
            var failed = answer.failed().get(ask);
            if (failed != null) {
                return Map.of("", new Datum.None(failed));
            }
        }
        var label = signal.label();
        var asks = signal.form().asks();
        boolean byNode = label != null && asks.stream().flatMap(ask -> answer.samples(ask).stream())
                .anyMatch(sample -> sample.labels().containsKey(label.label()));
        if (!byNode || label == null) {
            return Map.of("", datum(signal.form(), answer, when, ""));
        }
        var mapped = new LinkedHashMap<String, Datum>();
        for (var node : nodes) {
            mapped.put(node, datum(signal.form(), answer, when, node));
        }
        if (mapped.values().stream().allMatch(Datum.None.class::isInstance)) {
            var said = asks.stream().flatMap(ask -> answer.samples(ask).stream())
                    .map(sample -> sample.labels().getOrDefault(label.label(), "")).distinct().toList();
            if (said.stream().noneMatch(label.nodes()::containsKey)) {
                return Map.of("", new Datum.None("no series is of a node of this environment: label " + label.label()
                        + " is " + said.stream().limit(NAMED).map(one -> "\"" + one + "\"").collect(Collectors.joining(", "))
                        + (said.size() > NAMED ? " and " + (said.size() - NAMED) + " more" : "")));
            }
        }
        mapped.put("", Totals.of(new LinkedHashMap<>(mapped)));
        return mapped;
    }

    private Datum datum(Form form, Answer answer, Instant when, String group) {
        return switch (form) {
            case Form.Level(var value) -> level(answer, value, when, group);
            case Form.Count(var count, var window) -> {
                var one = counted(answer, count, window, when, group);
                yield one == null ? none(answer, count, group) : new Datum.Count(one.amount, window, one.covered, one.at);
            }
            case Form.Share(var good, var all, var window) -> share(answer, good, all, window, when, group);
            case Form.Mean(var sum, var count, var window) -> mean(answer, sum, count, window, when, group);
        };
    }

    private record Counted(double amount, Duration covered, Instant at) {}

    private @Nullable Counted counted(Answer answer, Ask ask, Duration window, Instant when, String group) {
        if (ask instanceof Ask.Query) {
            return level(answer, ask, when, group) instanceof Datum.Level(double value, var read)
                    ? new Counted(value, window, read)
                    : null;
        }
        var track = counters.get(ask);
        return track == null
                ? null
                : track.over(Window.last(window, when), group)
                        .map(one -> new Counted(one.amount(), one.covered(), one.newest())).orElse(null);
    }

    private Datum level(Answer answer, Ask ask, Instant when, String group) {
        double sum = 0;
        Instant oldest = when;
        boolean any = false;
        for (var sample : answer.samples(ask)) {
            if (sample.isValue() && group.equals(group(sample, labels(ask)))) {
                any = true;
                sum += sample.value();
                oldest = sample.at() != null && sample.at().isBefore(oldest) ? sample.at() : oldest;
            }
        }
        return any ? new Datum.Level(sum, oldest) : none(answer, ask, group);
    }

    private Datum share(Answer answer, Ask good, Ask all, Duration window, Instant when, String group) {
        var tried = counted(answer, all, window, when, group);
        if (tried == null) {
            return none(answer, all, group);
        }
        var well = counted(answer, good, window, when, group);
        if (well == null) {
            return none(answer, good, group);
        }
        long of = Math.round(tried.amount);
        long kept = Math.round(well.amount);
        if (of < 0 || kept < 0) {
            return new Datum.None("a count is negative: " + DatumWords.number(well.amount) + " good of "
                    + DatumWords.number(tried.amount));
        }
        if (kept > of + 1 + of / 100) { // the two are not read at the very same moment, and queries extrapolate
            return new Datum.None("more good ones than there were at all, " + kept + " of " + of
                    + ": good and all do not belong together");
        }
        var covered = tried.covered.compareTo(well.covered) < 0 ? tried.covered : well.covered;
        return new Datum.Share(new Ratio(Math.min(kept, of), of), window, covered,
                tried.at.isBefore(well.at) ? tried.at : well.at);
    }

    private Datum mean(Answer answer, Ask sum, Ask count, Duration window, Instant when, String group) {
        var samples = counted(answer, count, window, when, group);
        if (samples == null) {
            return none(answer, count, group);
        }
        var seconds = counted(answer, sum, window, when, group);
        if (seconds == null && samples.amount > 0) {
            return none(answer, sum, group);
        }
        long number = Math.max(0, Math.round(samples.amount));
        return new Datum.Mean(number == 0 || seconds == null ? 0 : seconds.amount / samples.amount, number, window,
                samples.covered, samples.at);
    }

    /// Why there is nothing.
    private Datum none(Answer answer, Ask ask, String group) {
        var of = group.isEmpty() ? "" : " of this node";
        var all = answer.samples(ask).stream().filter(sample -> group.equals(group(sample, labels(ask)))).toList();
        if (all.stream().anyMatch(Sample::isValue)) {
            var track = counters.get(ask);
            return new Datum.None(track != null && !track.groups().contains(group)
                    ? "no counter" + of + " can be used: " + ask.words()
                    : "too few readings: counters take two in the window");
        }
        if (!all.isEmpty()) {
            return new Datum.None("the value" + of + " is NaN or infinite, which is no value");
        }
        var hints = answer.hints().getOrDefault(ask, List.of());
        return new Datum.None((ask instanceof Ask.Query ? "the query gives nothing" : "no series") + of
                + (ask instanceof Ask.Query ? "" : " fits " + ask.words())
                + (hints.isEmpty() ? "" : "; there is " + String.join(", ", hints)));
    }

    /// Warnings of the source, once each.
    public String note() {
        var answer = newest;
        Set<String> warnings = answer == null ? Set.of() : new LinkedHashSet<>(answer.warnings());
        return warnings.isEmpty() ? "" : "the source warns: " + String.join("; ", new ArrayList<>(warnings));
    }
}
