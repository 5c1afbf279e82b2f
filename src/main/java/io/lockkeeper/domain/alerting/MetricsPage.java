package io.lockkeeper.domain.alerting;

import io.lockkeeper.domain.client.Failure;
import io.lockkeeper.domain.client.FleetReading;
import io.lockkeeper.domain.signal.ReturnTimes;
import io.lockkeeper.domain.signal.Success;
import io.lockkeeper.domain.signal.Verdict;
import io.lockkeeper.domain.trigger.Phase;
import io.lockkeeper.domain.trigger.TriggerSet;
import io.lockkeeper.domain.trigger.TriggerSpec;
import io.lockkeeper.domain.watch.Measured;
import io.lockkeeper.domain.watch.TriggerReading;
import io.lockkeeper.domain.watch.WatchReading;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What a watcher shows to a Prometheus, as text in the exposition format 0.0.4. Words of people and of the service are not in it: only numbers, and
/// names from the environment file.
///
/// Where nobody watches, or what was read is older than [#STALE], nothing measured is there: neither an old value nor a zero that nobody counted.
public final class MetricsPage {
    public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    /// Clients are counted once a second.
    public static final Duration STALE = Duration.ofSeconds(15);

    /// The windows that are measured all the time.
    static final Map<Duration, String> WINDOWS = Map.of(Duration.ofMinutes(1), "1m", Duration.ofMinutes(5), "5m");

    private static final List<String> PHASES = List.of("quiet", "holding", "fired", "blind");

    /// @param following whether what is known is of now
    /// @param watch `null` where nobody watches and nothing has fired
    public record Scene(String environment, String version, boolean following, boolean runOpen, boolean drill,
            TriggerSet triggers, @Nullable WatchReading watch, Instant now) {
        /// The reading, where somebody watches now.
        Optional<WatchReading> live() {
            return Optional.ofNullable(watch)
                    .filter(reading -> following && reading.watcher().watching() && !reading.at().plus(STALE).isBefore(now));
        }
    }

    private final Scene scene;
    private final Map<Series, List<String>> samples = new EnumMap<>(Series.class);

    private MetricsPage(Scene scene) {
        this.scene = scene;
    }

    public static String of(Scene scene) {
        var page = new MetricsPage(scene);
        page.fill();
        return page.text();
    }

    private void fill() {
        var live = scene.live();
        add(Series.BUILD, 1, "version", scene.version());
        add(Series.WATCHING, live.isPresent() ? 1 : 0);
        add(Series.DRILL, scene.drill() ? 1 : 0);
        if (scene.following()) {
            add(Series.RUN_OPEN, scene.runOpen() ? 1 : 0);
        }
        live.ifPresent(this::watched);
        phases(live.isPresent());
    }

    private void watched(WatchReading watch) {
        var counts = watch.clients();
        add(Series.READ_AT, watch.at().toEpochMilli() / 1000.0);
        if (counts != null) {
            add(Series.CLIENTS, counts.clients());
            add(Series.CONNECTED, counts.connected());
            add(Series.OUT, counts.out());
        }
        counters(counts);
        measured(watch.minute(), "1m");
        measured(watch.fiveMinutes(), "5m");
    }

    /// Zero before the first count: a series that begins with its first event hides that event from `increase`.
    private void counters(@Nullable FleetReading counts) {
        add(Series.LOST, counts == null ? 0 : counts.lost());
        add(Series.BACK, counts == null ? 0 : counts.back());
        for (var cause : Failure.Cause.values()) {
            add(Series.FAILED, counts == null ? 0 : counts.failuresByCause().getOrDefault(cause, 0L), "cause",
                    cause.name().toLowerCase(Locale.ROOT));
        }
        add(Series.SESSIONS_LOST, counts == null ? 0 : counts.lostSessions());
        add(Series.MESSAGES_LOST, counts == null ? 0 : counts.lostMessages());
        add(Series.MESSAGES_DUPLICATED, counts == null ? 0 : counts.duplicatedMessages());
    }

    private void measured(@Nullable Measured measured, String window) {
        if (measured == null) {
            return;
        }
        success(measured.byClient(), window);
        success(measured.byAttempt(), window);
        measured.times().forEach(times -> returns(times, window));
        if (measured.availability().known() != Verdict.NO_DATA) {
            add(Series.AVAILABILITY, measured.availability().share(), "window", window);
        }
    }

    private void success(Success success, String window) {
        var by = success.by().name().toLowerCase(Locale.ROOT);
        if (!success.noData()) {
            add(Series.SUCCESS, (double) success.ratio().good() / success.ratio().tried(), "by", by, "window", window);
        }
        add(Series.SUCCESS_SAMPLES, success.ratio().tried(), "by", by, "window", window);
    }

    private void returns(ReturnTimes times, String window) {
        var scenario = times.scenario().name().toLowerCase(Locale.ROOT);
        if (times.samples() > 0) {
            add(Series.TIME_MEAN, times.mean().toNanos() / 1e9, "scenario", scenario, "window", window);
        }
        add(Series.TIME_SAMPLES, times.samples(), "scenario", scenario, "window", window);
    }

    /// Whatever was fired stays so; nothing else is known of a trigger that nobody asks.
    private void phases(boolean live) {
        var read = new TreeMap<String, Phase>();
        Optional.ofNullable(scene.watch()).map(WatchReading::triggers).orElse(List.of())
                .forEach((TriggerReading one) -> read.put(one.name(), one.phase()));
        scene.triggers().specs().stream().map(TriggerSpec::name).forEach(name -> read.putIfAbsent(name, unknown()));
        read.forEach((name, phase) -> {
            var shown = (live || phase instanceof Phase.Fired ? phase : unknown()).word().toLowerCase(Locale.ROOT);
            PHASES.forEach(one -> add(Series.TRIGGER_PHASE, one.equals(shown) ? 1 : 0, "trigger", name, "phase", one));
        });
    }

    private Phase unknown() {
        return new Phase.Blind(scene.now(), "nobody is watching");
    }

    private void add(Series series, long value, String... labels) {
        add(series, Long.toString(value), labels);
    }

    private void add(Series series, double value, String... labels) {
        add(series, Double.toString(value), labels);
    }

    private void add(Series series, String value, String... labels) {
        var line = new StringBuilder(series.key()).append("{environment=\"").append(escaped(scene.environment())).append('"');
        for (int i = 0; i < labels.length; i += 2) {
            line.append(',').append(labels[i]).append("=\"").append(escaped(labels[i + 1])).append('"');
        }
        samples.computeIfAbsent(series, _ -> new ArrayList<>()).add(line.append("} ").append(value).toString());
    }

    private static String escaped(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    private String text() {
        var text = new StringBuilder();
        samples.forEach((series, lines) -> {
            text.append("# HELP ").append(series.key()).append(' ').append(series.help()).append('\n');
            text.append("# TYPE ").append(series.key()).append(' ').append(series.type()).append('\n');
            lines.forEach(line -> text.append(line).append('\n'));
        });
        return text.toString();
    }
}
