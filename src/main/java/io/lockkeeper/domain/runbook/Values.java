package io.lockkeeper.domain.runbook;

import io.lockkeeper.domain.doc.Fields;
import io.lockkeeper.domain.doc.Marked;
import io.lockkeeper.domain.doc.Problem;
import io.lockkeeper.domain.environment.Capability;
import io.lockkeeper.domain.environment.Environment;
import io.lockkeeper.domain.metrics.MetricSignal;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The values of one step: references resolved first, then typed.
final class Values {
    private final Fields fields;
    private final StepKind kind;
    private final Scope scope;
    private final Environment environment;
    private final List<Problem> problems;

    Values(Fields fields, StepKind kind, Scope scope, Environment environment, List<Problem> problems) {
        this.fields = fields;
        this.kind = kind;
        this.scope = scope;
        this.environment = environment;
        this.problems = problems;
    }

    /// The same for a mapping within this one.
    Values of(Fields inner, StepKind innerKind) {
        return new Values(inner, innerKind, scope, environment, problems);
    }

    boolean has(String key) {
        return fields.has(key);
    }

    boolean knowsEnvironment() {
        return !environment.nodes().isEmpty();
    }

    boolean can(Capability capability) {
        return environment.can(capability);
    }

    void problem(String key, String message, String suggestion) {
        fields.problem(fields.at(key), message, suggestion);
    }

    /// Reports keys that have no meaning for this verb or signal shape.
    void checkOnly(String variant) {
        for (var field : Grammar.kind(kind).fields()) {
            if (!field.only().isEmpty() && !field.only().contains(variant) && fields.has(field.key())) {
                touch(field.key());
                problem(field.key(), "\"" + field.key() + "\" has no meaning here",
                        "it belongs to " + String.join(", ", field.only().stream()
                                .sorted().toList()).toLowerCase(Locale.ROOT));
            }
        }
    }

    /// Marks a key as known without reading it.
    void touch(String key) {
        fields.value(key);
    }

    void touchAll() {
        Grammar.kind(kind).fields().forEach(field -> touch(field.key()));
    }

    /// The text as written, reference or not.
    Optional<String> plain(String key) {
        return fields.value(key).filter(Marked.Scalar.class::isInstance).map(value -> ((Marked.Scalar) value).text());
    }

    Optional<Marked.Scalar> scalar(String key) {
        return fields.scalar(key).flatMap(scope::resolve);
    }

    Optional<Marked.Scalar> required(String key) {
        if (!fields.has(key)) {
            fields.required(key);
            return Optional.empty();
        }
        return scalar(key);
    }

    Optional<String> text(String key) {
        return required(key).map(Marked.Scalar::text);
    }

    /// A value, or the key of an answer that will be given.
    ///
    /// @param type what the answer must be
    Optional<String> answerOr(String key, @Nullable InputType type, Supplier<Optional<String>> otherwise) {
        var answer = fields.value(key).filter(Marked.Scalar.class::isInstance).map(Marked.Scalar.class::cast)
                .flatMap(scope::answer);
        if (answer.isEmpty()) {
            return otherwise.get();
        }
        if (type != null && answer.get().type() != type) {
            problem(key, "this answer is not asked for as a " + type.key(), "add type: " + type.key() + " where it is asked for");
            return Optional.empty();
        }
        return answer.map(Scope.Answer::key);
    }

    Scope scope() {
        return scope;
    }

    Fields fields() {
        return fields;
    }

    Optional<Duration> duration(String key) {
        return scalar(key).flatMap(scalar -> Fields.duration(scalar, "\"" + key + "\"", problems));
    }

    Optional<Duration> requiredDuration(String key) {
        return required(key).flatMap(scalar -> Fields.duration(scalar, "\"" + key + "\"", problems));
    }

    Optional<Long> count(String key) {
        return scalar(key).flatMap(scalar -> Fields.count(scalar, "\"" + key + "\"", problems));
    }

    /// Limits of a count; empty, with its problem, where none is set.
    Optional<Condition.Count> limits(String missing) {
        var atLeast = limit("atLeast");
        var atMost = limit("atMost");
        var moreThan = limit("moreThan");
        var lessThan = limit("lessThan");
        if (atLeast == null && atMost == null && moreThan == null && lessThan == null) {
            problem("signal", missing, "add atLeast, atMost, moreThan or lessThan");
            return Optional.empty();
        }
        return Optional.of(new Condition.Count(atLeast, atMost, moreThan, lessThan));
    }

    private @Nullable Long limit(String key) {
        return count(key).orElse(null);
    }

    /// What the environment's `metrics` tell.
    List<MetricSignal> metrics() {
        return environment.metrics();
    }

    /// A count, or a percentage of `whole` rounded down; `null` where it is not given.
    @Nullable
    Long countOrShare(String key, int whole) {
        var written = scalar(key);
        if (written.isPresent() && written.get().text().endsWith("%")) {
            return Fields.percent(written.get(), "\"" + key + "\"", problems).map(percent -> (long) whole * percent / 100)
                    .orElse(1L);
        }
        return written.flatMap(scalar -> Fields.count(scalar, "\"" + key + "\"", problems)).orElse(null);
    }

    Optional<Integer> requiredPercent(String key) {
        return required(key).flatMap(scalar -> Fields.percent(scalar, "\"" + key + "\"", problems));
    }

    Optional<String> node(String key) {
        return required(key).flatMap(scalar -> Names.node(scalar, environment, problems));
    }

    Optional<String> requiredVersion(String key) {
        return required(key).flatMap(scalar -> Names.version(scalar, environment, problems));
    }

    <T> Optional<T> choice(String key, Collection<T> choices, Function<T, String> name) {
        boolean needed = Grammar.kind(kind).fields().stream().anyMatch(field -> field.key().equals(key) && field.required());
        var scalar = needed ? required(key) : scalar(key);
        return scalar.flatMap(one -> Fields.choice(one, "\"" + key + "\"", choices, name, problems));
    }

    /// `all`, a reference to nodes, a name, or a list of names.
    List<String> nodes(String key) {
        var value = fields.required(key);
        if (value.isEmpty()) {
            return List.of();
        }
        if (value.get() instanceof Marked.Sequence) {
            return fields.names(key).stream().flatMap(name -> scope.resolve(name).stream())
                    .flatMap(name -> Names.nodes(name, environment, problems).stream()).distinct().toList();
        }
        return scalar(key).map(scalar -> Names.nodes(scalar, environment, problems)).orElse(List.of());
    }
}
