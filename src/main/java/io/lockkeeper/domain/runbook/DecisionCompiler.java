package io.lockkeeper.domain.runbook;

import io.lockkeeper.domain.doc.Fields;
import io.lockkeeper.domain.doc.Marked;
import io.lockkeeper.domain.doc.Problem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A decision: its choices, where each leads, and what is done when it was taken.
final class DecisionCompiler {
    /// Compiles the steps of a choice.
    interface Inner {
        List<Step> steps(List<Marked.Mapping> written, String prefix);
    }

    private final List<Problem> problems;
    private final Inner inner;

    DecisionCompiler(List<Problem> problems, Inner inner) {
        this.problems = problems;
        this.inner = inner;
    }

    Optional<Step> decision(Values values, String path, String title) {
        long votes = values.count("votes").orElse(1L);
        if (votes < 1 || votes > 100) {
            values.problem("votes", "\"votes\" must be from 1 to 100", "");
        }
        if (!values.has("choices")) {
            values.fields().required("choices");
            return Optional.empty();
        }
        var choices = new ArrayList<Step.Choice>();
        Set<String> ids = new HashSet<>();
        var written = values.fields().items("choices").orElse(List.of());
        for (var item : written) {
            Fields.of(item, "a choice", problems).flatMap(fields -> choice(fields, path, ids)).ifPresent(choices::add);
        }
        if (written.size() < 2) {
            values.problem("choices", "a decision needs at least two choices", "with one it is a note or a checklist");
        }
        return Optional.of(new Step.Decision(path, title, List.copyOf(choices), Math.clamp(votes, 1, 100)));
    }

    private Optional<Step.Choice> choice(Fields fields, String path, Set<String> ids) {
        var id = fields.requiredText("id");
        var text = fields.requiredText("text");
        var then = fields.choice("then", Arrays.asList(ChoiceExit.values()), ChoiceExit::key).orElse(ChoiceExit.CONTINUE);
        if (id.isPresent() && !RunbookReader.ID.matcher(id.get()).matches()) {
            fields.problem(fields.at("id"), "\"" + id.get() + "\" is no id",
                    "use lower-case letters, digits and dashes, beginning with a letter");
        }
        if (id.isPresent() && !ids.add(id.get())) {
            fields.problem(fields.at("id"), "choice \"" + id.get() + "\" stands here a second time", "make it unique here");
        }
        var steps = inner.steps(RunbookReader.mappings(fields.items("steps").orElse(List.of()), problems),
                path + "[" + id.orElse("?") + "]/");
        fields.done();
        return id.flatMap(known -> text.map(words -> new Step.Choice(known, words, then, steps)));
    }
}
