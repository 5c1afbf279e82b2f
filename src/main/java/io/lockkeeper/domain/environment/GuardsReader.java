package io.lockkeeper.domain.environment;

import io.lockkeeper.domain.doc.Fields;
import io.lockkeeper.domain.doc.Problem;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Reads what an environment asks for before something disruptive is done: its roster, who owns versions, whether control is taken.
final class GuardsReader {
    private enum ControlRule {
        REQUIRED, FREE
    }

    private final List<Problem> problems;

    GuardsReader(List<Problem> problems) {
        this.problems = problems;
    }

    /// @param capacity by node, as far as it is given
    Guards read(Fields top, Tier tier, Map<String, Long> capacity) {
        var rule = top.choice("control", List.of(ControlRule.values()), word -> word.name().toLowerCase(Locale.ROOT))
                .orElse(tier == Tier.PRODUCTION ? ControlRule.REQUIRED : ControlRule.FREE);
        return new Guards(people(top), capacity, top.text("versionsOwnedBy").orElse(null), rule == ControlRule.REQUIRED);
    }

    private List<Person> people(Fields top) {
        var people = new ArrayList<Person>();
        for (var item : top.items("people").orElse(List.of())) {
            Fields.of(item, "a person", problems).flatMap(fields -> person(fields, people)).ifPresent(people::add);
        }
        return people;
    }

    /// @param before those above on the roster
    private Optional<Person> person(Fields fields, List<Person> before) {
        var name = fields.requiredText("name").filter(who -> isName(fields, who));
        var key = fields.requiredText("key").filter(half -> isKey(fields, half));
        fields.required("may");
        var may = new LinkedHashSet<String>();
        fields.names("may").forEach(what -> {
            if (what.text().isBlank()) {
                fields.problem(what.at(), "an item of \"may\" is empty", "approve");
            } else if (!may.add(what.text())) {
                fields.problem(what.at(), "\"" + what.text() + "\" stands here a second time", "remove it");
            }
        });
        fields.done();
        name.flatMap(who -> before.stream().filter(one -> one.name().equalsIgnoreCase(who)).findFirst()).ifPresent(one -> fields
                .problem(fields.at("name"), one.name() + " is on the roster a second time", "remove one of them"));
        key.flatMap(half -> before.stream().filter(one -> isSame(one.key(), half)).findFirst()).ifPresent(one -> fields
                .problem(fields.at("key"), "this is the key of " + one.name() + ", who stands further up",
                        "everybody has a key of their own"));
        return name.flatMap(who -> key.map(half -> new Person(who, half, may)));
    }

    private static boolean isName(Fields fields, String name) {
        boolean good = Person.isName(name);
        if (!good) {
            fields.problem(fields.at("name"), "this cannot be somebody's name", Person.NAME_FORM);
        }
        return good;
    }

    private static boolean isKey(Fields fields, String key) {
        boolean good = RosterKey.of(key).isPresent();
        if (!good) {
            fields.problem(fields.at("key"), "this is not the public half of an Ed25519 key",
                    "`lockkeeper key create NAME` prints the line to put here");
        }
        return good;
    }

    /// Base64 can write the same bytes in several ways.
    private static boolean isSame(String left, String right) {
        return RosterKey.of(left).equals(RosterKey.of(right));
    }
}
