package io.lockkeeper.domain.runbook;

import io.lockkeeper.domain.doc.Durations;
import io.lockkeeper.domain.doc.Fields;
import io.lockkeeper.domain.doc.Mark;
import io.lockkeeper.domain.doc.Marked;
import io.lockkeeper.domain.doc.Nearest;
import io.lockkeeper.domain.doc.Problem;
import io.lockkeeper.domain.environment.Environment;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Typed inputs: what a person gave, else the default, checked against type, bounds and environment. Values stay text in one canonical
/// form (nodes: names with commas).
final class InputValues {
    private final Environment environment;
    private final List<Problem> problems;

    InputValues(Environment environment, List<Problem> problems) {
        this.environment = environment;
        this.problems = problems;
    }

    Map<String, String> of(Runbook runbook, Map<String, String> given) {
        var values = new LinkedHashMap<String, String>();
        var names = runbook.inputs().stream().map(Input::name).toList();
        given.keySet().stream().filter(name -> !names.contains(name))
                .forEach(name -> problems.add(Problem.error(new Mark(runbook.id(), 1, 1),
                        "runbook " + runbook.id() + " has no input \"" + name + "\"", Nearest.suggestion(name, names))));
        for (var input : runbook.inputs()) {
            var text = Optional.ofNullable(given.get(input.name())).filter(value -> !value.isBlank())
                    .or(() -> Optional.ofNullable(input.fallback()));
            if (text.isEmpty()) {
                problems.add(
                        Problem.error(input.at(), "input \"" + input.name() + "\" is needed", "give "
                                + (input.type() == InputType.NODES ? "one node or more" : "a " + input.type().key())));
            } else {
                check(input, text.get().strip()).ifPresent(value -> values.put(input.name(), value));
            }
        }
        return values;
    }

    private Optional<String> check(Input input, String text) {
        var scalar = new Marked.Scalar(text, true, input.at());
        var what = "input \"" + input.name() + "\"";
        return switch (input.type()) {
            case TEXT -> Optional.of(text);
            case NODE -> Names.node(scalar, environment, problems);
            case NODES -> nodes(scalar, what);
            case VERSION -> Names.version(scalar, environment, problems);
            case DURATION ->
                Fields.duration(scalar, what, problems).filter(value -> within(input, value, bound -> Durations.parse(bound)))
                        .map(_ -> text);
            case COUNT ->
                Fields.count(scalar, what, problems).filter(value -> within(input, value, InputValues::number)).map(_ -> text);
            case PERCENT -> Fields.percent(scalar, what, problems)
                    .filter(value -> within(input, value.longValue(), bound -> number(bound.replace("%", "")))).map(_ -> text);
        };
    }

    private static Optional<Long> number(String text) {
        return text.matches("\\d{1,15}") ? Optional.of(Long.parseLong(text)) : Optional.empty();
    }

    private Optional<String> nodes(Marked.Scalar scalar, String what) {
        var names = Names.nodes(scalar, environment, problems);
        if (names.isEmpty()) {
            problems.add(Problem.error(scalar.at(), what + " names no node", "write all, or names with commas"));
            return Optional.empty();
        }
        return Optional.of(String.join(",", names));
    }

    private interface Bound<T> {
        Optional<T> parse(String text);
    }

    private <T extends Comparable<T>> boolean within(Input input, T value, Bound<T> bound) {
        boolean low = beyond(input, input.atLeast(), bound, limit -> value.compareTo(limit) < 0, "at least");
        boolean high = beyond(input, input.atMost(), bound, limit -> value.compareTo(limit) > 0, "at most");
        return !low && !high;
    }

    private <T> boolean beyond(Input input, @Nullable String limit, Bound<T> bound, Predicate<T> out,
            String words) {
        if (limit == null) {
            return false;
        }
        var parsed = bound.parse(limit);
        if (parsed.isEmpty()) {
            problems.add(Problem.error(input.at(),
                    "the limit \"" + limit + "\" of input \"" + input.name() + "\" is no " + input.type().key(), ""));
            return true;
        }
        if (out.test(parsed.get())) {
            problems.add(Problem.error(input.at(), "input \"" + input.name() + "\" must be " + words + " " + limit, ""));
            return true;
        }
        return false;
    }

    static List<String> split(String text) {
        return Arrays.stream(text.replace("[", "").replace("]", "").split(",", -1)).map(String::strip)
                .filter(name -> !name.isEmpty())
                .distinct().toList();
    }
}
