package io.lockkeeper.domain.runbook;

import io.lockkeeper.domain.doc.Marked;
import io.lockkeeper.domain.doc.Nearest;
import io.lockkeeper.domain.doc.Problem;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// The names a step can refer to. A reference is a whole plain scalar `$name`; `$$name` is the text `$name`; everything else is literal.
final class Scope {
    private final Map<String, String> values;
    private final Set<String> used;
    private final List<Problem> problems;

    private Scope(Map<String, String> values, Set<String> used, List<Problem> problems) {
        this.values = values;
        this.used = used;
        this.problems = problems;
    }

    static Scope of(Map<String, String> inputs, List<Problem> problems) {
        return new Scope(new TreeMap<>(inputs), new HashSet<>(), problems);
    }

    Scope with(String name, String value) {
        var more = new TreeMap<>(values);
        more.put(name, value);
        return new Scope(more, used, problems);
    }

    Set<String> used() {
        return used;
    }

    boolean knows(String name) {
        return values.containsKey(name);
    }

    /// The scalar with its reference replaced; empty when it refers to nothing.
    Optional<Marked.Scalar> resolve(Marked.Scalar scalar) {
        var text = scalar.text();
        if (scalar.quoted() || !text.startsWith("$")) {
            return Optional.of(scalar);
        }
        if (text.startsWith("$$")) {
            return Optional.of(new Marked.Scalar(text.substring(1), scalar.quoted(), scalar.at()));
        }
        var name = text.substring(1);
        var value = values.get(name);
        if (value == null) {
            var known = values.keySet().stream().map(one -> "$" + one).toList();
            problems.add(Problem.error(scalar.at(), "nothing is called " + text, known.isEmpty()
                    ? "this runbook has no inputs"
                    : Nearest.suggestion(text, known)));
            return Optional.empty();
        }
        used.add(name);
        return Optional.of(new Marked.Scalar(value, scalar.quoted(), scalar.at()));
    }
}
