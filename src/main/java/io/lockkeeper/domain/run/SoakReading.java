package io.lockkeeper.domain.run;

import io.lockkeeper.domain.runbook.Condition;
import io.lockkeeper.domain.runbook.Step;
import io.lockkeeper.domain.signal.Reading;
import io.lockkeeper.domain.signal.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// All checks of a soak at one moment.
///
/// @param margin how far the closest counted check is from its limit; infinite where nothing is counted
public record SoakReading(Reading reading, double margin) {
    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,18}");

    private static final List<Verdict> WORST_FIRST = List.of(Verdict.FAIL, Verdict.NO_DATA, Verdict.STALE, Verdict.INCONCLUSIVE);

    /// The first that is bad decides; else the first that is not known; else the closest to its limit speaks for all.
    public static SoakReading of(Step.Soak soak, RunState state, Facts facts) {
        var all = new ArrayList<SoakReading>();
        for (var check : soak.checks()) {
            all.add(of(check, GateJudge.judge(check, soak.path(), state, facts)));
        }
        if (all.isEmpty()) {
            return new SoakReading(new Reading(Verdict.NO_DATA, 0, "", null, "there is no gate to watch"), 0);
        }
        for (var verdict : WORST_FIRST) {
            for (var one : all) {
                if (one.reading.verdict() == verdict) {
                    return one;
                }
            }
        }
        return allHold(all);
    }

    private static SoakReading allHold(List<SoakReading> all) {
        var closest = all.getFirst();
        Instant oldest = null;
        for (var one : all) {
            closest = one.margin < closest.margin ? one : closest;
            var newest = one.reading.newest();
            oldest = oldest == null || (newest != null && newest.isBefore(oldest)) ? newest : oldest;
        }
        return new SoakReading(new Reading(Verdict.PASS, all.size(), closest.reading.interval(), oldest,
                (all.size() == 1 ? "" : "all " + all.size() + " gates hold; closest: ") + closest.reading.why()),
                closest.margin);
    }

    private static SoakReading of(Step.Check check, Reading reading) {
        return new SoakReading(reading,
                check.condition() instanceof Condition.Count count && NUMBER.matcher(reading.interval()).matches()
                        ? count.margin(Long.parseLong(reading.interval()))
                        : Double.POSITIVE_INFINITY);
    }
}
