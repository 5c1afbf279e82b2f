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
import org.jspecify.annotations.Nullable;

/// The names a step can refer to. A reference is a whole plain scalar `$name`; `$$name` is the text `$name`; everything else is literal.
final class Scope {
    /// What is only known once a person has given it.
    ///
    /// @param key where the run keeps it: `$path#item`, or `$path` of a decision
    record Answer(String key, @Nullable InputType type) {}

    private final Map<String, String> values;
    private final Map<String, Answer> answers;
    private final Set<String> used;
    private final List<Problem> problems;

    private Scope(Map<String, String> values, Map<String, Answer> answers, Set<String> used, List<Problem> problems) {
        this.values = values;
        this.answers = answers;
        this.used = used;
        this.problems = problems;
    }

    static Scope of(Map<String, String> inputs, List<Problem> problems) {
        return new Scope(new TreeMap<>(inputs), Map.of(), new HashSet<>(), problems);
    }

    Scope with(String name, String value) {
        var more = new TreeMap<>(values);
        more.put(name, value);
        return new Scope(more, answers, used, problems);
    }

    /// The scope of what comes after an answer.
    Scope withAnswer(String name, Answer answer) {
        var more = new TreeMap<>(answers);
        more.put(name, answer);
        return new Scope(values, more, used, problems);
    }

    /// The answer that a reference names; empty for everything else.
    Optional<Answer> answer(Marked.Scalar scalar) {
        boolean reference = !scalar.quoted() && scalar.text().startsWith("$") && !scalar.text().startsWith("$$");
        return reference ? Optional.ofNullable(answers.get(scalar.text().substring(1))) : Optional.empty();
    }

    Set<String> used() {
        return used;
    }

    boolean knows(String name) {
        return values.containsKey(name) || answers.containsKey(name);
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
        if (value == null && answers.containsKey(name)) {
            problems.add(Problem.error(scalar.at(), text + " is known only once a person has answered",
                    "answers can be used for a version, for the text of a note and for \"is\" of node.version"));
            return Optional.empty();
        }
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
