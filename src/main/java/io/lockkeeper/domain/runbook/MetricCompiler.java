package io.lockkeeper.domain.runbook;

import io.lockkeeper.domain.doc.Fields;
import io.lockkeeper.domain.doc.Marked;
import io.lockkeeper.domain.doc.Nearest;
import io.lockkeeper.domain.doc.Problem;
import io.lockkeeper.domain.metrics.MetricSignal;
import io.lockkeeper.domain.signal.Portion;
import io.lockkeeper.domain.signal.Shape;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A condition on a signal as one source of the environment's `metrics` tells it.
final class MetricCompiler {
    private static final int MOST = 1_000_000;

    private final Values values;
    private final List<Problem> problems;
    private final String name;
    private final String source;
    private final @Nullable MetricSignal known;
    private @Nullable String leftOut;

    MetricCompiler(Values values, List<Problem> problems) {
        this.values = values;
        this.problems = problems;
        name = values.text("signal").orElse("");
        source = values.text("from").orElse("");
        boolean onlyWhereTold = values.choice("where", List.of("everywhere", "metrics"), word -> word).filter("metrics"::equals)
                .isPresent();
        known = values.metrics().stream().filter(one -> one.signal().equals(name) && one.source().equals(source)).findFirst()
                .orElse(null);
        if (known == null && values.knowsEnvironment() && !name.isEmpty() && !source.isEmpty()) {
            if (onlyWhereTold) {
                leftOut = name + ": no " + source + " in this environment tells it";
            } else {
                unknown();
            }
        }
    }

    private void unknown() {
        var sources = values.metrics().stream().map(MetricSignal::source).distinct().toList();
        var ofIt = values.metrics().stream().filter(one -> one.source().equals(source)).map(MetricSignal::signal).toList();
        if (sources.contains(source)) {
            values.problem("signal", source + " does not tell " + name + " in this environment", Nearest.suggestion(name, ofIt));
        } else {
            values.problem("from", "this environment has no source " + source + " of metrics", sources.isEmpty()
                    ? "add \"metrics\" to its file, see docs/environments.md, or leave the gate out there with where: metrics"
                    : Nearest.suggestion(source, sources));
        }
    }

    /// Why the gate is left out where it was asked for only with metrics; empty where it is not.
    Optional<String> leftOut() {
        return Optional.ofNullable(leftOut);
    }

    /// How much of the past each of its values is about; zero where that is not known.
    Duration window() {
        return known == null ? Duration.ZERO : known.form().window();
    }

    /// Empty, with its problem, where its keys do not fit the kind of the signal. Where the environment is not known the keys say which kind it is.
    Optional<Condition> condition() {
        long samples = samples();
        return switch (known == null ? written() : known.shape()) {
            case SHARE -> values.required("atLeast").flatMap(this::portion)
                    .map(limit -> new Condition.Metric(name, source, null, limit, null, samples));
            case TIME -> values.required("lessThan").flatMap(scalar -> Fields.duration(scalar, "\"lessThan\"", problems))
                    .map(limit -> new Condition.Metric(name, source, null, null, limit, samples));
            case LEVEL, COUNT, TRUTH, TEXT -> values.limits(name + " needs a limit")
                    .map(limits -> new Condition.Metric(name, source, limits, null, null, 1));
        };
    }

    private Shape written() {
        if (values.plain("atLeast").filter(text -> text.endsWith("%")).isPresent()) {
            return Shape.SHARE;
        }
        return values.plain("lessThan").filter(text -> !text.matches("\\d+")).isPresent() ? Shape.TIME : Shape.LEVEL;
    }

    private Optional<Portion> portion(Marked.Scalar written) {
        var portion = Portion.parse(written.text());
        if (portion.isEmpty()) {
            problems.add(Problem.error(written.at(),
                    name + " is a share: \"atLeast\" must be a percentage, not \"" + written.text() + "\"",
                    "write e.g. 95% or 99.9%"));
        }
        return portion;
    }

    private long samples() {
        long count = values.count("minSamples").orElse(1L);
        if (count < 1 || count > MOST) {
            values.problem("minSamples", "\"minSamples\" must be from 1 to " + MOST, "with less than one, silence would pass");
        }
        return Math.clamp(count, 1, MOST);
    }
}
