package io.lockkeeper.domain.trigger;

import io.lockkeeper.domain.client.Episode;
import io.lockkeeper.domain.client.Scenario;
import io.lockkeeper.domain.signal.ReturnTimes;
import io.lockkeeper.domain.signal.Window;
import io.lockkeeper.domain.trigger.TriggerSpec.Slower;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// T3: each scenario against its own baseline.
///
/// @param slow by scenario: at how many evaluations running it was too slow
/// @param since when the first of those was; `null` while none is
/// @param last the last evaluation; `null` before the first
public record SlowerState(Slower spec, Phase phase, Map<Scenario, Integer> slow, @Nullable Instant since,
        @Nullable Instant last) implements TriggerState {
    private static final List<Scenario> TIMED = List.of(Scenario.GRACEFUL, Scenario.EMERGENCY, Scenario.HANDOFF);

    /// What a mean is held against.
    ///
    /// @param what completes "2.0 s ..."
    private record Against(Duration mean, String what) {}

    public SlowerState {
        slow = Map.copyOf(slow);
    }

    SlowerState(Slower spec) {
        this(spec, new Phase.Quiet("not evaluated yet"), Map.of(), null, null);
    }

    @Override
    public SlowerState at(Moment moment) {
        var now = moment.now();
        if (fired() || (last != null && !now.isAfter(last))) {
            return this;
        }
        var blind = moment.fault().or(moment::nobody);
        return blind.isPresent()
                ? new SlowerState(spec, Phase.blind(phase, now, blind.get()), Map.of(), null, now)
                : compared(moment);
    }

    private SlowerState compared(Moment moment) {
        var now = moment.now();
        var rows = new EnumMap<Scenario, Integer>(Scenario.class);
        var unseen = new ArrayList<String>();
        var said = new ArrayList<String>();
        boolean judged = false;
        for (var scenario : TIMED) {
            var times = moment.signals().times(scenario, Window.last(spec.window(), now), episode -> isNew(moment, episode));
            var against = against(moment, scenario);
            judged |= against.isPresent();
            if (against.isEmpty() && times.samples() > 0) {
                unseen.add(name(scenario));
            }
            if (against.isPresent() && times.samples() >= spec.samples()) {
                said.add(words(times, against.get()));
                if (isSlower(times.mean(), against.get().mean())) {
                    int row = slow.getOrDefault(scenario, 0) + 1;
                    rows.put(scenario, row);
                    if (row >= spec.evaluations()) {
                        return new SlowerState(spec, new Phase.Fired(now, words(times, against.get())), rows, since, now);
                    }
                }
            }
        }
        var from = rows.isEmpty() ? null : since == null ? now : since;
        return new SlowerState(spec, phase(moment, rows, from, unseen, said, judged), rows, from, now);
    }

    private Phase phase(Moment moment, Map<Scenario, Integer> rows, @Nullable Instant from, List<String> unseen,
            List<String> said,
            boolean judged) {
        var now = moment.now();
        if (from != null) {
            int most = rows.values().stream().max(Comparator.naturalOrder()).orElse(0);
            return new Phase.Holding(from, now.plus(TriggerSpec.EVERY.multipliedBy(spec.evaluations() - most)),
                    most + " of " + spec.evaluations() + " evaluations; " + String.join("; ", said));
        }
        if (!judged || !unseen.isEmpty()) {
            return Phase.blind(phase, now, "no baseline" + (unseen.isEmpty() ? "" : " for " + String.join(" and ", unseen)) + ": "
                    + missing(moment, unseen) + ", and too few clients on the version before");
        }
        return new Phase.Quiet(said.isEmpty() ? "less than " + spec.samples() + " returns to compare" : String.join("; ", said));
    }

    private String missing(Moment moment, List<String> unseen) {
        var newest = moment.baselines().stream().filter(one -> unseen.isEmpty() || unseen.contains(name(one.scenario())))
                .max(Comparator.comparing(Baseline::recordedAt));
        if (newest.isEmpty() || newest.get().recordedAt().isAfter(moment.now())) {
            return "none recorded in the last " + spec.oldest().toDays() + " days";
        }
        var age = Duration.between(newest.get().recordedAt(), moment.now());
        return "the newest, of " + name(newest.get().scenario()) + " returns, "
                + (age.compareTo(spec.oldest()) > 0
                        ? "is " + age.toDays() + " days old and counted for " + spec.oldest().toDays()
                        : "rests on " + newest.get().samples() + " returns and it takes " + spec.samples());
    }

    private boolean isSlower(Duration mean, Duration baseline) {
        return mean.multipliedBy(100).compareTo(baseline.multipliedBy(100L + spec.percent())) > 0
                && mean.minus(baseline).compareTo(spec.atLeast()) >= 0;
    }

    private Optional<Against> against(Moment moment, Scenario scenario) {
        var versions = moment.versions();
        if (versions != null) {
            var old = moment.signals().times(scenario, Window.last(spec.window(), moment.now()),
                    episode -> landed(episode).equals(versions.from()) && !isYoung(moment, episode));
            if (old.samples() >= spec.samples()) {
                return Optional
                        .of(new Against(old.mean(), "on " + versions.from() + " in the same minutes (" + old.samples() + ")"));
            }
        }
        return moment.baselines().stream()
                .filter(one -> one.scenario() == scenario && spec.counts(one, moment.now()))
                .max(Comparator.comparing(Baseline::recordedAt))
                .map(one -> new Against(one.mean(), "as recorded at " + one.recordedAt() + " (" + one.samples() + ")"));
    }

    private boolean isNew(Moment moment, Episode episode) {
        var versions = moment.versions();
        return (versions == null || landed(episode).equals(versions.to())) && !isYoung(moment, episode);
    }

    private static String landed(Episode episode) {
        return episode.back() == null ? "" : episode.back().version();
    }

    private boolean isYoung(Moment moment, Episode episode) {
        var back = episode.back();
        var up = back == null ? null : moment.started().get(back.node());
        return up != null && back != null && back.at().isBefore(up.plus(spec.young()));
    }

    private static String words(ReturnTimes times, Against against) {
        return name(times.scenario()) + " returns take " + seconds(times.mean()) + " (" + times.samples() + "), "
                + seconds(against.mean()) + " " + against.what();
    }

    private static String name(Scenario scenario) {
        return scenario.name().toLowerCase(Locale.ROOT);
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
    }

    @Override
    public SlowerState acknowledged(Instant at) {
        return fired() ? new SlowerState(spec, new Phase.Quiet("acknowledged at " + at), Map.of(), null, last) : this;
    }
}
