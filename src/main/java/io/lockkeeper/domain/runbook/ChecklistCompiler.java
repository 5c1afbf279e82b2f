package io.lockkeeper.domain.runbook;

import io.lockkeeper.domain.doc.Fields;
import io.lockkeeper.domain.doc.Problem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The items of a checklist.
final class ChecklistCompiler {
    /// What an answer can be; nodes are fixed when a run begins.
    private static final List<InputType> TYPES = List.of(InputType.VERSION, InputType.DURATION, InputType.COUNT,
            InputType.PERCENT,
            InputType.TEXT);

    private final List<Problem> problems;

    ChecklistCompiler(List<Problem> problems) {
        this.problems = problems;
    }

    Optional<Step> checklist(Fields fields, String path, String title) {
        if (!fields.has("items")) {
            fields.required("items");
            return Optional.empty();
        }
        var items = new ArrayList<Step.Item>();
        Set<String> ids = new HashSet<>();
        var written = fields.items("items").orElse(List.of());
        for (var item : written) {
            Fields.of(item, "an item", problems).flatMap(one -> item(one, ids)).ifPresent(items::add);
        }
        if (written.isEmpty()) {
            fields.problem(fields.at("items"), "a checklist without an item passes by itself", "add an item or remove the step");
        }
        return Optional.of(new Step.Checklist(path, title, List.copyOf(items)));
    }

    private static Optional<Step.Item> item(Fields fields, Set<String> ids) {
        var id = fields.requiredText("id");
        var text = fields.requiredText("text");
        var ask = fields.text("ask");
        var type = fields.choice("type", TYPES, InputType::key);
        if (type.isPresent() && ask.isEmpty()) {
            fields.problem(fields.at("type"), "\"type\" has no meaning without \"ask\"", "add ask: and the name of the value");
        }
        fields.done();
        if (id.isPresent() && !ids.add(id.get())) {
            fields.problem(fields.at("id"), "item \"" + id.get() + "\" stands here a second time",
                    "ticks bind to it; make it unique");
        }
        return id.flatMap(known -> text.map(words -> new Step.Item(known, words, ask.orElse(null), type.orElse(null))));
    }
}
