package io.lockkeeper.domain.doc;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/// Reads the values of one mapping by key, each as the type that is asked for, and collects everything that is wrong. Keys that were
/// never asked for are unknown: [#done] says so.
public final class Fields {
    private static final Pattern NUMBER = Pattern.compile("\\d{1,15}");
    private static final Pattern PERCENT = Pattern.compile("(\\d{1,3})%");

    private final Marked.Mapping mapping;
    private final List<Problem> problems;
    private final Set<String> asked = new LinkedHashSet<>();
    private final Map<String, Marked> values = new LinkedHashMap<>();

    /// @param problems gets whatever is found
    public Fields(Marked.Mapping mapping, List<Problem> problems) {
        this.mapping = mapping;
        this.problems = problems;
        mapping.entries().forEach((key, value) -> values.put(key.text(), value));
    }

    /// Fields of a value that must be a mapping.
    ///
    /// @param what completes "... must be a block of keys"
    public static Optional<Fields> of(Marked value, String what, List<Problem> problems) {
        if (value instanceof Marked.Mapping mapping) {
            return Optional.of(new Fields(mapping, problems));
        }
        problems.add(Problem.error(value.at(), what + " must be a block of keys and values", ""));
        return Optional.empty();
    }

    public Mark at() {
        return mapping.at();
    }

    public Mark at(String key) {
        var value = values.get(key);
        return value == null ? mapping.at() : value.at();
    }

    /// Every key, in the order written.
    public List<Marked.Scalar> keys() {
        return List.copyOf(mapping.entries().keySet());
    }

    public boolean has(String key) {
        return values.containsKey(key);
    }

    public void problem(Mark at, String message, String suggestion) {
        problems.add(Problem.error(at, message, suggestion));
    }

    public Optional<Marked> value(String key) {
        asked.add(key);
        return Optional.ofNullable(values.get(key));
    }

    public Optional<Marked> required(String key) {
        var value = value(key);
        if (value.isEmpty()) {
            problem(mapping.at(), "\"" + key + "\" is missing", "");
        }
        return value;
    }

    public Optional<Marked.Scalar> scalar(String key) {
        return value(key).flatMap(value -> {
            if (value instanceof Marked.Scalar scalar) {
                return Optional.of(scalar);
            }
            problem(value.at(), "\"" + key + "\" must be a single value", "");
            return Optional.empty();
        });
    }

    public Optional<String> text(String key) {
        return scalar(key).flatMap(scalar -> {
            if (scalar.text().isBlank()) {
                problem(scalar.at(), "\"" + key + "\" is empty", "");
                return Optional.empty();
            }
            return Optional.of(scalar.text());
        });
    }

    public Optional<String> requiredText(String key) {
        if (!has(key)) {
            required(key);
            return Optional.empty();
        }
        return text(key);
    }

    public Optional<Fields> fields(String key) {
        return value(key).flatMap(value -> of(value, "\"" + key + "\"", problems));
    }

    /// A sequence; a single mapping or scalar is not taken for one.
    public Optional<List<Marked>> items(String key) {
        return value(key).flatMap(value -> {
            if (value instanceof Marked.Sequence sequence) {
                return Optional.of(sequence.items());
            }
            problem(value.at(), "\"" + key + "\" must be a list", "write [ a, b ] or one item per line after a dash");
            return Optional.empty();
        });
    }

    /// A list of plain texts.
    public List<Marked.Scalar> names(String key) {
        var names = new ArrayList<Marked.Scalar>();
        items(key).ifPresent(items -> items.forEach(item -> {
            if (item instanceof Marked.Scalar scalar) {
                names.add(scalar);
            } else {
                problem(item.at(), "an item of \"" + key + "\" must be a single value", "");
            }
        }));
        return names;
    }

    /// Keys and single values of a mapping, in the order written.
    public Map<Marked.Scalar, Marked.Scalar> scalars(String key) {
        var scalars = new LinkedHashMap<Marked.Scalar, Marked.Scalar>();
        value(key).ifPresent(value -> {
            if (value instanceof Marked.Mapping inner) {
                inner.entries().forEach((name, one) -> {
                    if (one instanceof Marked.Scalar scalar) {
                        scalars.put(name, scalar);
                    } else {
                        problem(one.at(), "\"" + name.text() + "\" must be a single value", "");
                    }
                });
            } else {
                problem(value.at(), "\"" + key + "\" must be a block of keys and values", "");
            }
        });
        return scalars;
    }

    public <T> Optional<T> choice(String key, Collection<T> choices, Function<T, String> name) {
        return scalar(key).flatMap(scalar -> choice(scalar, "\"" + key + "\"", choices, name, problems));
    }

    public static <T> Optional<T> choice(Marked.Scalar scalar, String what, Collection<T> choices, Function<T, String> name,
            List<Problem> problems) {
        var found = choices.stream().filter(one -> name.apply(one).equals(scalar.text())).findFirst();
        if (found.isEmpty()) {
            problems.add(Problem.error(scalar.at(), what + " cannot be \"" + scalar.text() + "\"",
                    Nearest.suggestion(scalar.text(), choices.stream().map(name).toList())));
        }
        return found;
    }

    public Optional<Duration> duration(String key) {
        return scalar(key).flatMap(scalar -> duration(scalar, "\"" + key + "\"", problems));
    }

    public static Optional<Duration> duration(Marked.Scalar scalar, String what, List<Problem> problems) {
        var parsed = Durations.parse(scalar.text());
        if (parsed.isEmpty()) {
            boolean bare = NUMBER.matcher(scalar.text()).matches();
            problems.add(
                    Problem.error(scalar.at(), what + (bare ? " needs a unit" : " is no duration: \"" + scalar.text() + "\""),
                            bare
                                    ? "write " + scalar.text() + "s, " + scalar.text() + "m or " + scalar.text() + "h"
                                    : "write it like 500ms, 90s, 5m or 48h"));
        }
        return parsed;
    }

    public Optional<Long> count(String key) {
        return scalar(key).flatMap(scalar -> count(scalar, "\"" + key + "\"", problems));
    }

    public static Optional<Long> count(Marked.Scalar scalar, String what, List<Problem> problems) {
        if (NUMBER.matcher(scalar.text()).matches()) {
            return Optional.of(Long.parseLong(scalar.text()));
        }
        problems.add(Problem.error(scalar.at(), what + " must be a whole number, not \"" + scalar.text() + "\"", ""));
        return Optional.empty();
    }

    public static Optional<Integer> percent(Marked.Scalar scalar, String what, List<Problem> problems) {
        var match = PERCENT.matcher(scalar.text());
        if (match.matches() && Integer.parseInt(match.group(1)) <= 100) {
            return Optional.of(Integer.parseInt(match.group(1)));
        }
        problems.add(Problem.error(scalar.at(), what + " must be a percentage from 0% to 100%, not \"" + scalar.text() + "\"",
                NUMBER.matcher(scalar.text()).matches() ? "write " + scalar.text() + "%" : ""));
        return Optional.empty();
    }

    public Optional<Boolean> truth(String key) {
        return scalar(key).flatMap(scalar -> truth(scalar, "\"" + key + "\"", problems));
    }

    public static Optional<Boolean> truth(Marked.Scalar scalar, String what, List<Problem> problems) {
        return switch (scalar.text()) {
            case "true" -> Optional.of(true);
            case "false" -> Optional.of(false);
            default -> {
                problems.add(Problem.error(scalar.at(), what + " must be true or false, not \"" + scalar.text() + "\"", ""));
                yield Optional.empty();
            }
        };
    }

    /// Reports every key that nobody asked for. Call last.
    public void done() {
        mapping.entries().keySet().stream().filter(key -> !asked.contains(key.text())).forEach(key -> problem(key.at(),
                "unknown key \"" + key.text() + "\"", key.text().contains(" ")
                        ? "put a text with a comma in quotes"
                        : Nearest.suggestion(key.text(), asked)));
    }
}
