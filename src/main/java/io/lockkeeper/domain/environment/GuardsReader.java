package io.lockkeeper.domain.environment;

import io.lockkeeper.domain.doc.Fields;
import io.lockkeeper.domain.doc.Problem;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

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
        Set<String> names = new LinkedHashSet<>();
        for (var item : top.items("people").orElse(List.of())) {
            Fields.of(item, "a person", problems).ifPresent(fields -> {
                var name = fields.requiredText("name");
                var key = fields.requiredText("key");
                var may = new LinkedHashSet<String>();
                fields.names("may").forEach(what -> may.add(what.text()));
                fields.done();
                if (name.isPresent() && !names.add(name.get())) {
                    fields.problem(fields.at("name"), name.get() + " is on the roster a second time", "remove one of them");
                }
                if (key.isPresent() && !isPublicKey(key.get())) {
                    fields.problem(fields.at("key"), "this is not the public half of an Ed25519 key",
                            "`lockkeeper key create` prints the line to put here");
                }
                name.ifPresent(who -> key.ifPresent(half -> people.add(new Person(who, half, may))));
            });
        }
        return people;
    }

    private static boolean isPublicKey(String text) {
        try {
            KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(text)));
            return true;
        } catch (IllegalArgumentException | GeneralSecurityException _) {
            return false;
        }
    }
}
