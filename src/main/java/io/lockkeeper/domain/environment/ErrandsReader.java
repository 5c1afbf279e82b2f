package io.lockkeeper.domain.environment;

import io.lockkeeper.domain.doc.Fields;
import io.lockkeeper.domain.doc.Marked;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Reads `commands` and `calls`.
final class ErrandsReader {
    private static final Duration SETTLES = Duration.ofSeconds(30);
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$([A-Za-z][A-Za-z0-9_-]*)");
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final Set<String> OWN_HEADERS = Set.of("lockkeeper-op", "lockkeeper-actor", "lockkeeper-reason");
    /// Variables by which a program would be made another one.
    private static final Set<String> FIXED_VARIABLES = Set.of("PATH", "HOME", "LD_PRELOAD", "LD_LIBRARY_PATH", "LOCKKEEPER_OP");

    private final Section section;

    ErrandsReader(Section section) {
        this.section = section;
    }

    List<ErrandSpec> read(Fields top) {
        var specs = new ArrayList<ErrandSpec>();
        each(top, ErrandKind.COMMAND, this::command, specs);
        each(top, ErrandKind.HTTP, this::call, specs);
        return specs;
    }

    private interface Kind {
        Optional<? extends ErrandSpec> read(String name, Fields fields);
    }

    private void each(Fields top, ErrandKind kind, Kind reader, List<ErrandSpec> into) {
        top.value(kind.section()).flatMap(value -> Fields.of(value, "\"" + kind.section() + "\"", section.problems())
                .map(_ -> (Marked.Mapping) value)).ifPresent(mapping -> mapping.entries().forEach((name, value) -> {
                    if (!Section.NAME.matcher(name.text()).matches()) {
                        top.problem(name.at(), "\"" + name.text() + "\" cannot be the name of a " + kind.key(),
                                "letters, digits, '-', '_' and '.'");
                    }
                    Fields.of(value, kind.key() + " " + name.text(), section.problems())
                            .flatMap(fields -> reader.read(name.text(), fields)).ifPresent(into::add);
                }));
    }

    private Optional<ErrandSpec.Command> command(String name, Fields fields) {
        var run = run(fields);
        var secrets = new TreeMap<String, SecretRef>();
        fields.fields("secrets").ifPresent(inner -> {
            variables(inner).forEach((variable, ref) -> secrets.put(variable, ref));
            inner.done();
        });
        var settles = section.duration(fields, "settlesWithin", SETTLES);
        fields.done();
        return run.isEmpty() ? Optional.empty() : Optional.of(new ErrandSpec.Command(name, run, secrets, settles));
    }

    private List<ErrandSpec.Argument> run(Fields fields) {
        var written = fields.required("run");
        if (written.isPresent() && !(written.get() instanceof Marked.Sequence)) {
            fields.problem(written.get().at(), "\"run\" must be a list: there is no shell that would take a line apart",
                    "write [ ./flush.sh, $node ]");
            return List.of();
        }
        var run = new ArrayList<ErrandSpec.Argument>();
        for (var word : fields.names("run")) {
            argument(fields, word, run.isEmpty()).ifPresent(run::add);
        }
        if (written.orElse(null) instanceof Marked.Sequence words && words.items().isEmpty()) {
            fields.problem(fields.at("run"), "\"run\" names no program", "write [ ./flush.sh, $node ]");
        }
        return run;
    }

    private Optional<ErrandSpec.Argument> argument(Fields fields, Marked.Scalar word, boolean first) {
        var text = word.text();
        var placeholder = PLACEHOLDER.matcher(text);
        if (text.indexOf('\0') >= 0) {
            fields.problem(word.at(), "an argument cannot hold the character 0", "");
        } else if (first && text.isBlank()) {
            fields.problem(word.at(), "\"run\" names no program", "write [ ./flush.sh, $node ]");
        } else if (!word.quoted() && placeholder.matches()) {
            if (first) {
                fields.problem(word.at(), "the program itself cannot be " + text, "name it; only its arguments are filled in");
                return Optional.empty();
            }
            boolean known = section.known(fields, word.at(), "$%s", Set.of(placeholder.group(1)), ErrandSpec.OF_NO_NODE);
            return known ? Optional.of(new ErrandSpec.Argument(placeholder.group(1), true)) : Optional.empty();
        } else if (!word.quoted() && text.startsWith("$$")) {
            return Optional.of(new ErrandSpec.Argument(text.substring(1), false));
        } else if (!word.quoted() && text.contains("$")) {
            fields.problem(word.at(), "\"" + text + "\" would not be filled in: a placeholder is a whole argument",
                    "write [ --node, $node ], or put a text with a dollar in quotes");
        } else {
            return Optional.of(new ErrandSpec.Argument(text, false));
        }
        return Optional.empty();
    }

    private SortedMap<String, SecretRef> variables(Fields inner) {
        var secrets = new TreeMap<String, SecretRef>();
        for (var name : inner.keys()) {
            if (!VARIABLE.matcher(name.text()).matches() || FIXED_VARIABLES.contains(name.text())) {
                inner.problem(name.at(), "\"" + name.text() + "\" cannot be a variable for a secret", "letters, digits and _");
            }
            section.secret(inner, name.text()).ifPresent(ref -> secrets.put(name.text(), ref));
        }
        return secrets;
    }

    private Optional<ErrandSpec.Call> call(String name, Fields fields) {
        var method = fields.has("method")
                ? fields.choice("method", List.of(ErrandSpec.Method.values()), ErrandSpec.Method::name)
                : fields.required("method").<ErrandSpec.Method>flatMap(_ -> Optional.empty());
        var url = section.addresses(fields, "url", ErrandSpec.OF_NO_NODE, "http", "https");
        var read = new HeadersReader(section, OWN_HEADERS, this::isTemplate).read(fields);
        var headers = new TreeMap<String, Template>();
        read.plain().forEach((header, text) -> headers.put(header, new Template(text)));
        var auth = fields.fields("auth").flatMap(section::auth).orElse(null);
        var body = fields.text("body").map(Template::new)
                .filter(text -> section.known(fields, fields.at("body"), "{%s}", text.placeholders(), ErrandSpec.OF_NO_NODE));
        if (body.isPresent() && method.isPresent() && method.get().onlyAsks()) {
            fields.problem(fields.at("body"), "a " + method.get() + " has no body", "remove it");
        }
        var settles = section.duration(fields, "settlesWithin", SETTLES);
        fields.done();
        return method.flatMap(how -> url.map(address -> new ErrandSpec.Call(name, how, address, headers, read.secret(), auth,
                body.orElse(null), settles)));
    }

    private boolean isTemplate(Fields headers, String name) {
        var placeholders = headers.text(name).map(text -> new Template(text).placeholders()).orElse(Set.of());
        return section.known(headers, headers.at(name), "{%s}", placeholders, ErrandSpec.OF_NO_NODE);
    }
}
