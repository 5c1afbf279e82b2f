package io.lockkeeper.domain.run;

import io.lockkeeper.domain.runbook.Condition;
import io.lockkeeper.domain.runbook.Step;
import io.lockkeeper.domain.signal.Portion;
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

    private static final Pattern LOWER_BOUND = Pattern.compile(": (\\d+) % to ");

    private static final List<Verdict> WORST_FIRST = List.of(Verdict.FAIL, Verdict.NO_DATA, Verdict.STALE, Verdict.INCONCLUSIVE);

    /// The first that is bad decides; else the first that is not known; else the closest to its limit speaks for all.
    public static SoakReading of(Step.Soak soak, RunState state, Facts facts) {
        var all = new ArrayList<SoakReading>();
        for (int number = 0; number < soak.checks().size(); number++) {
            var check = soak.checks().get(number);
            all.add(of(check, GateJudge.judge(check, number, soak.path(), state, facts)));
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
        return new SoakReading(reading, switch (check.condition()) {
            case Condition.Count count when NUMBER.matcher(reading.interval()).matches() ->
                count.margin(Long.parseLong(reading.interval()));
            case Condition.Returning returning -> points(reading, returning.atLeast());
            case Condition.Continued continued -> points(reading, continued.atLeast());
            default -> Double.POSITIVE_INFINITY;
        });
    }

    /// How many points the lower bound is above the limit.
    private static double points(Reading reading, Portion limit) {
        var bound = LOWER_BOUND.matcher(reading.interval());
        return bound.find() ? Double.parseDouble(bound.group(1)) - 100 * limit.share() : Double.POSITIVE_INFINITY;
    }
}
