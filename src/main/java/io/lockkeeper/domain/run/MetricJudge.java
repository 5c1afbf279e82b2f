package io.lockkeeper.domain.run;

import io.lockkeeper.domain.metrics.Datum;
import io.lockkeeper.domain.metrics.DatumWords;
import io.lockkeeper.domain.metrics.SignalReadings;
import io.lockkeeper.domain.metrics.SourceReading;
import io.lockkeeper.domain.runbook.Condition;
import io.lockkeeper.domain.runbook.Step;
import io.lockkeeper.domain.signal.Reading;
import io.lockkeeper.domain.signal.Verdict;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;

/// What a condition on a number of another system is worth at this moment. It passes on nothing that was read before the step began, on no window that
/// reaches back before it, in no shadow, and not while sources disagree.
final class MetricJudge {
    private final Facts facts;
    private final Instant since;

    /// @param since when the step began
    MetricJudge(Facts facts, Instant since) {
        this.facts = facts;
        this.since = since;
    }

    Reading judge(Step.Check check, Condition.Metric wanted) {
        var what = wanted.name() + " from " + wanted.source() + (check.node() == null ? "" : " of " + check.node());
        if (facts.metrics() == null) {
            return nothing(what + " is not read here");
        }
        var signals = SignalReadings.of(facts.fleet(), null, facts.metrics(), facts.now());
        var reading = signals.of(wanted.name(), check.node()).stream().filter(one -> one.source().equals(wanted.source()))
                .findFirst();
        if (reading.isEmpty()) {
            return nothing(what + " is not told");
        }
        var disagreements = signals.signals().stream().filter(one -> one.name().equals(wanted.name()))
                .flatMap(one -> one.disagreements().stream()).toList();
        return judge(reading.get(), wanted, what, disagreements);
    }

    private Reading judge(SourceReading reading, Condition.Metric wanted, String what, List<String> disagreements) {
        var datum = reading.datum();
        var at = datum.readAt();
        return switch (reading.state(facts.now())) {
            case STALE -> new Reading(Verdict.STALE, 0, "", at, what + " is "
                    + Age.words(Objects.requireNonNull(at), facts.now()));
            case NO_DATA -> new Reading(Verdict.NO_DATA, 0, "", at, what + ": " + DatumWords.basis(datum));
            case HERE -> here(reading, wanted, what, disagreements);
        };
    }

    private Reading here(SourceReading reading, Condition.Metric wanted, String what, List<String> disagreements) {
        var datum = reading.datum();
        var at = Objects.requireNonNull(datum.readAt());
        var value = value(datum, what);
        if (at.isBefore(since)) {
            return nothing(what + " has not been read since the gate began");
        }
        if (reading.inShadow(facts.now())) {
            var until = Objects.requireNonNull(reading.shadow()).until();
            return unsure(datum, value + ", in shadow until "
                    + (until == null ? "it had a value for long enough" : until.truncatedTo(ChronoUnit.SECONDS)));
        }
        if (!disagreements.isEmpty()) {
            return unsure(datum, value + "; sources disagree: " + String.join("; ", disagreements));
        }
        if (datum.seen().multipliedBy(10).compareTo(datum.over().multipliedBy(9)) < 0) {
            return unsure(datum, value);
        }
        if (at.minus(datum.over()).isBefore(since)) {
            return unsure(datum, value + ", which reaches back before the step began");
        }
        return judged(datum, wanted, value);
    }

    private static Reading judged(Datum datum, Condition.Metric wanted, String value) {
        var verdict = switch (datum) {
            case Datum.Level(double number, _) -> counted(wanted, number);
            case Datum.Count(double number, _, _, _) -> counted(wanted, number);
            case Datum.Share(var ratio, _, _, _) when wanted.atLeast() != null ->
                ratio.atLeast(wanted.atLeast().share(), wanted.minSamples());
            case Datum.Mean(double seconds, long samples, _, _, _) when wanted.lessThan() != null ->
                samples < wanted.minSamples()
                        ? Verdict.INCONCLUSIVE
                        : seconds * 1000 < wanted.lessThan().toMillis() ? Verdict.PASS : Verdict.FAIL;
            default -> Verdict.NO_DATA; // the file tells another kind than when the run was planned
        };
        return new Reading(verdict, samples(datum), DatumWords.value(datum), datum.readAt(),
                value + (verdict == Verdict.PASS ? "" : ", wanted " + wanted.words()));
    }

    private static Verdict counted(Condition.Metric wanted, double number) {
        return wanted.count() == null ? Verdict.NO_DATA : wanted.count().holds(number) ? Verdict.PASS : Verdict.FAIL;
    }

    private static Reading unsure(Datum datum, String why) {
        return new Reading(Verdict.INCONCLUSIVE, samples(datum), DatumWords.value(datum), datum.readAt(), why);
    }

    private static Reading nothing(String why) {
        return new Reading(Verdict.NO_DATA, 0, "", null, why);
    }

    private static String value(Datum datum, String what) {
        var basis = DatumWords.basis(datum);
        return what + ": " + DatumWords.value(datum) + (basis.isEmpty() ? "" : " (" + basis + ")");
    }

    private static int samples(Datum datum) {
        return switch (datum) {
            case Datum.Share(var ratio, _, _, _) -> (int) Math.min(Integer.MAX_VALUE, ratio.tried());
            case Datum.Mean(_, long samples, _, _, _) -> (int) Math.min(Integer.MAX_VALUE, samples);
            case Datum.None _ -> 0;
            case Datum.Level _,Datum.Count _ -> 1;
        };
    }
}
