package io.lockkeeper.domain.run;

import io.lockkeeper.domain.runbook.Condition;
import io.lockkeeper.domain.runbook.Step;
import io.lockkeeper.domain.signal.Reading;
import io.lockkeeper.domain.signal.Verdict;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/// All checks of a soak at one moment.
///
/// @param margin how far the closest counted check is from its limit; infinite where nothing is counted
public record SoakReading(Reading reading, double margin) {
    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,18}");

    private record One(Step.Check check, Reading reading) {
        double margin() {
            return check.condition() instanceof Condition.Count count && NUMBER.matcher(reading.interval()).matches()
                    ? count.margin(Long.parseLong(reading.interval()))
                    : Double.POSITIVE_INFINITY;
        }
    }

    /// The first that is bad decides; else the first that is not known; else the closest to its limit speaks for all.
    public static SoakReading of(Step.Soak soak, RunState state, Facts facts) {
        var all = soak.checks().stream().map(check -> new One(check, GateJudge.judge(check, soak.path(), state, facts))).toList();
        for (var verdict : List.of(Verdict.FAIL, Verdict.NO_DATA, Verdict.STALE, Verdict.INCONCLUSIVE)) {
            var one = all.stream().filter(each -> each.reading().verdict() == verdict).findFirst();
            if (one.isPresent()) {
                return new SoakReading(one.get().reading(), one.get().margin());
            }
        }
        if (all.isEmpty()) {
            return new SoakReading(new Reading(Verdict.NO_DATA, 0, "", null, "there is no gate to watch"), 0);
        }
        var closest = all.stream().min(Comparator.comparingDouble(One::margin)).orElseThrow();
        var oldest = all.stream().map(one -> one.reading().newest()).filter(at -> at != null).min(Instant::compareTo)
                .orElse(null);
        return new SoakReading(new Reading(Verdict.PASS, all.size(), closest.reading().interval(), oldest,
                (all.size() == 1 ? "" : "all " + all.size() + " gates hold; closest: ") + closest.reading().why()),
                closest.margin());
    }
}
