package io.lockkeeper.domain.environment;

import io.lockkeeper.domain.doc.Fields;
import io.lockkeeper.domain.doc.Nearest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads `lifecycle`.
final class LifecycleReader {
    private static final Duration SETTLES = Duration.ofSeconds(90);
    private static final Pattern PROGRAM = Pattern.compile("[A-Za-z0-9_.{}-]+");

    private interface Kind {
        Optional<LifecycleSpec> read(Fields fields);
    }

    private final Section section;
    private final Map<String, Kind> kinds = Map.of("supervisor", this::supervisor);

    LifecycleReader(Section section) {
        this.section = section;
    }

    Optional<LifecycleSpec> read(Fields top) {
        return top.fields("lifecycle").flatMap(fields -> {
            var kind = kinds.entrySet().stream().filter(entry -> fields.has(entry.getKey())).map(Map.Entry::getValue).findFirst();
            if (kind.isEmpty()) {
                fields.problem(fields.at(), "\"lifecycle\" does not say what it is",
                        "expected one of: " + String.join(", ", kinds.keySet()));
            }
            return kind.flatMap(one -> one.read(fields));
        });
    }

    private Optional<LifecycleSpec> supervisor(Fields fields) {
        var url = section.address(fields, "supervisor", "http", "https");
        var user = fields.text("user");
        var password = section.secret(fields, "password");
        var groups = section.perNode(fields, "groups", "group");
        var programs = new Template(fields.text("programs").orElse("{group}-{version}"));
        checkPrograms(fields, programs);
        var settles = section.duration(fields, "settles", SETTLES);
        fields.done();
        if (fields.has("user") != fields.has("password")) {
            fields.problem(fields.at(), "\"user\" and \"password\" go together", "give both or neither");
        }
        var auth = user.isPresent() && password.isPresent() ? new Auth.Basic(user.get(), password.get()) : null;
        return url.map(at -> new LifecycleSpec.Supervisor(at, auth, groups, programs, settles));
    }

    private static void checkPrograms(Fields fields, Template programs) {
        var known = List.of("version", "group", "node");
        programs.placeholders().stream().filter(name -> !known.contains(name))
                .forEach(name -> fields.problem(fields.at("programs"), "unknown placeholder {" + name + "}",
                        Nearest.suggestion(name, known)));
        if (!programs.placeholders().contains("version")) {
            fields.problem(fields.at("programs"), "\"programs\" must have {version}",
                    "each version needs a program of its own, e.g. \"{group}-{version}\"");
        }
        if (!PROGRAM.matcher(programs.text()).matches()) {
            fields.problem(fields.at("programs"), "\"programs\" cannot be the name of a program: " + programs.text(),
                    "letters, digits, '-', '_' and '.'; the group is put before it");
        }
    }
}
