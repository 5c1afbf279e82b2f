package io.lockkeeper.domain.runbook;

import io.lockkeeper.domain.client.Scenario;
import io.lockkeeper.domain.doc.Durations;
import io.lockkeeper.domain.doc.Fields;
import io.lockkeeper.domain.doc.Marked;
import io.lockkeeper.domain.doc.Problem;
import io.lockkeeper.domain.runbook.Condition.Since;
import io.lockkeeper.domain.signal.Portion;
import io.lockkeeper.domain.signal.Success;
import io.lockkeeper.domain.trigger.TriggerSet;
import io.lockkeeper.domain.trigger.TriggerSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Conditions on what clients of ours felt.
final class FeltCompiler {
    /// How long it is remembered what became of clients.
    static final Duration MEMORY = Duration.ofHours(1);
    /// Evaluations of less rest on nothing.
    private static final Duration SHORTEST = Duration.ofSeconds(10);
    private static final int MOST = 1_000_000;

    private final Values values;
    private final List<Problem> problems;

    FeltCompiler(Values values, List<Problem> problems) {
        this.values = values;
        this.problems = problems;
    }

    /// Empty, with its problem, where the shape's own keys do not fit.
    Optional<Condition> condition(GateSignal.Shape shape) {
        return switch (shape) {
            case SUCCESS -> {
                var by = values.choice("by", Arrays.asList(Success.By.values()), one -> one.name().toLowerCase(Locale.ROOT))
                        .orElse(Success.By.CLIENT);
                var over = over(3);
                yield portion("atLeast").map(limit -> new Condition.Returning(by, limit, over));
            }
            case CONTINUITY -> {
                var over = over(3);
                yield portion("atLeast").map(limit -> new Condition.Continued(limit, over));
            }
            case TIMES -> times();
            case MESSAGES -> {
                var over = over(1);
                yield required("atMost").flatMap(scalar -> Fields.count(scalar, "\"atMost\"", problems))
                        .map(limit -> new Condition.Messages(limit, over));
            }
            case OUT -> out();
            case AVAILABILITY -> {
                if (!values.has("window")) {
                    values.problem("signal", "availability is said of a time", "add window: 5m, or how long it must hold");
                }
                var over = over(1);
                yield portion("atLeast").map(limit -> new Condition.Available(limit, over));
            }
            case TRIGGERS -> Optional.of(new Condition.Quiet(triggers()));
            case TRUTH, TEXT, COUNT, ACCOUNT, PROBE, SHARE, VERSIONS, METRIC -> throw new IllegalArgumentException(shape.name());
        };
    }

    private Optional<Condition> times() {
        var scenarios = List.of(Scenario.GRACEFUL, Scenario.EMERGENCY, Scenario.HANDOFF);
        required("scenario");
        var scenario = values.choice("scenario", scenarios, one -> one.name().toLowerCase(Locale.ROOT));
        var measure = values.choice("measure", Arrays.asList(Condition.Measure.values()), Condition.Measure::key)
                .orElse(Condition.Measure.MEAN);
        var over = over(1);
        var limit = required("lessThan").flatMap(scalar -> Fields.duration(scalar, "\"lessThan\"", problems));
        return scenario.flatMap(which -> limit.map(time -> new Condition.Returned(which, measure, time, over)));
    }

    private Optional<Condition> out() {
        var written = required("atMost");
        if (written.filter(scalar -> scalar.text().endsWith("%")).isPresent()) {
            return portion("atMost").map(share -> new Condition.Out(null, share));
        }
        return written.flatMap(scalar -> Fields.count(scalar, "\"atMost\"", problems))
                .map(count -> new Condition.Out(count, null));
    }

    private Optional<Marked.Scalar> required(String key) {
        return values.required(key);
    }

    private Optional<Portion> portion(String key) {
        return required(key).flatMap(scalar -> {
            var portion = Portion.parse(scalar.text());
            if (portion.isEmpty()) {
                problems.add(Problem.error(scalar.at(),
                        "\"" + key + "\" must be a percentage from 0% to 100%, with two decimals at most, not \"" + scalar.text()
                                + "\"",
                        "write e.g. 95% or 99.9%"));
            }
            return portion;
        });
    }

    private Condition.Over over(int minEvents) {
        var since = values.choice("since", Arrays.asList(Since.values()), Since::key).orElse(Since.GATE);
        var window = values.duration("window")
                .orElseGet(() -> Durations.parse(Grammar.fallback(StepKind.GATE, "window")).orElseThrow());
        if (window.compareTo(SHORTEST) < 0 || window.compareTo(MEMORY) > 0) {
            values.problem("window", "\"window\" must be from 10s to 1h, not " + Durations.words(window),
                    "what became of clients is remembered for an hour");
        }
        return new Condition.Over(since, window, atLeastOne("minSamples", 1), (int) atLeastOne("minEvents", minEvents));
    }

    private long atLeastOne(String key, long otherwise) {
        long count = values.count(key).orElse(otherwise);
        if (count < 1 || count > MOST) {
            values.problem(key, "\"" + key + "\" must be from 1 to " + MOST, "with less than one, silence would pass");
        }
        return Math.clamp(count, 1, MOST);
    }

    private List<String> triggers() {
        var known = TriggerSet.USUAL.specs().stream().map(TriggerSpec::name).toList();
        var value = values.has("triggers") ? values.fields().value("triggers") : Optional.<Marked>empty();
        if (value.isEmpty() || (value.get() instanceof Marked.Scalar scalar && scalar.text().equals("all"))) {
            return List.of();
        }
        var names = new ArrayList<String>();
        for (var name : value.get() instanceof Marked.Scalar one ? List.of(one) : values.fields().names("triggers")) {
            Fields.choice(name, "a trigger", known, word -> word, problems).ifPresent(names::add);
        }
        if (names.isEmpty()) {
            values.problem("triggers", "\"triggers\" names none", "name some, or leave it out for all");
        }
        return List.copyOf(names);
    }
}
