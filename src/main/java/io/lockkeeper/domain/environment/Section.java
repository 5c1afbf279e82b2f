package io.lockkeeper.domain.environment;

import io.lockkeeper.domain.doc.Fields;
import io.lockkeeper.domain.doc.Mark;
import io.lockkeeper.domain.doc.Marked;
import io.lockkeeper.domain.doc.Nearest;
import io.lockkeeper.domain.doc.Problem;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What the readers of an environment file's sections have in common: secrets, addresses, templates, maps over all nodes.
final class Section {
    /// Names that get into commands of other systems.
    static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}");
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final String IN_PATH = "(?:[A-Za-z0-9._~!$&'()*+,;=:/-]|%[0-9A-Fa-f]{2})*";
    private static final Pattern ADDRESS = Pattern
            .compile("([a-z]+)://(?:[A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.]+])(?::(\\d{1,5}))?(?:/" + IN_PATH + ")?(?:\\?" + IN_PATH
                    + ")?");
    private static final String SECRET_FORM = "write { env: NAME } or { file: PATH }";

    private final List<Problem> problems;
    private final Map<String, Map<String, String>> nodes;

    /// @param nodes by node name: its values for templates
    Section(List<Problem> problems, Map<String, Map<String, String>> nodes) {
        this.problems = problems;
        this.nodes = nodes;
    }

    List<Problem> problems() {
        return problems;
    }

    Optional<SecretRef> secret(Fields fields, String key) {
        return fields.value(key).flatMap(value -> {
            if (!(value instanceof Marked.Mapping mapping)) { // whatever stands here is not repeated in any message
                fields.problem(value.at(), "\"" + key + "\" is a secret and does not belong in this file", SECRET_FORM);
                return Optional.empty();
            }
            var inner = new Fields(mapping, problems);
            var env = inner.text("env");
            var file = inner.text("file");
            inner.done();
            if (env.isPresent() == file.isPresent()) {
                fields.problem(value.at(), "\"" + key + "\" must say where the secret is", SECRET_FORM);
                return Optional.empty();
            }
            if (env.isPresent() && !VARIABLE.matcher(env.get()).matches()) {
                fields.problem(inner.at("env"), "\"env\" must be the name of an environment variable",
                        "letters, digits and _; the secret itself does not belong in this file");
                return Optional.empty();
            }
            return env.<SecretRef>map(SecretRef.Env::new).or(() -> file.map(SecretRef.InFile::new));
        });
    }

    Optional<SecretRef> requiredSecret(Fields fields, String key) {
        return fields.has(key) ? secret(fields, key) : fields.required(key).flatMap(_ -> Optional.empty());
    }

    /// How to introduce oneself.
    Optional<Auth> auth(Fields fields) {
        if (fields.has("bearer")) {
            var token = secret(fields, "bearer");
            fields.done();
            return token.map(Auth.Bearer::new);
        }
        var user = fields.requiredText("user");
        var password = requiredSecret(fields, "password");
        fields.done();
        return user.flatMap(name -> password.map(secret -> new Auth.Basic(name, secret)));
    }

    /// An address without placeholders.
    Optional<String> address(Fields fields, String key, String... schemes) {
        return fields.text(key).filter(text -> isAddress(fields, key, text, schemes));
    }

    /// A template that gives an address for every node.
    Optional<Template> addresses(Fields fields, String key, String... schemes) {
        return addresses(fields, key, Set.of(), schemes);
    }

    /// @param more placeholders that are not of a node; a name stands in for each
    Optional<Template> addresses(Fields fields, String key, Set<String> more, String... schemes) {
        return fields.requiredText(key).map(Template::new).filter(template -> {
            if (!known(fields, fields.at(key), "{%s}", template.placeholders(), more)) {
                return false;
            }
            var names = new HashMap<String, String>();
            more.forEach(name -> names.put(name, name));
            return nodes.entrySet().stream().map(node -> new Template(template.fill(forTemplates(node))).fill(names))
                    .allMatch(filled -> isAddress(fields, key, filled, schemes));
        });
    }

    /// Whether every node has a value for each placeholder; says so where one has not.
    ///
    /// @param form how a placeholder is written, with `%s` for its name
    /// @param more placeholders that are not of a node
    boolean known(Fields fields, Mark at, String form, Set<String> placeholders, Set<String> more) {
        boolean good = true;
        for (var name : placeholders) {
            if (more.contains(name)) {
                continue;
            }
            var without = nodes.entrySet().stream().filter(node -> !forTemplates(node).containsKey(name)).map(Map.Entry::getKey)
                    .toList();
            if (without.isEmpty()) {
                continue;
            }
            good = false;
            var others = Stream.concat(nodes.entrySet().stream().flatMap(node -> forTemplates(node).keySet().stream()),
                    more.stream()).distinct().toList();
            fields.problem(at, without.size() == nodes.size() && !nodes.isEmpty()
                    ? "unknown placeholder " + form.formatted(name)
                    : "placeholder " + form.formatted(name) + " has no value for " + String.join(", ", without),
                    others.contains(name)
                            ? "add it under \"values\" of that node"
                            : Nearest.suggestion(name, others));
        }
        return good;
    }

    private static Map<String, String> forTemplates(Map.Entry<String, Map<String, String>> node) {
        var all = new HashMap<>(node.getValue());
        all.put("node", node.getKey());
        return all;
    }

    private static boolean isAddress(Fields fields, String key, String text, String... schemes) {
        return isAddress(fields, fields.at(key), key, text, schemes);
    }

    static boolean isAddress(Fields fields, Mark at, String key, String text, String... schemes) {
        var forms = String.join(" or ", Stream.of(schemes).map(scheme -> scheme + "://host:port").toList());
        if (text.replaceAll("[?#].*", "").contains("@")) { // not repeated: it may be a password
            fields.problem(at, "\"" + key + "\" holds a user or password",
                    "secrets do not belong in this file; use the section's own user, password or auth, and { env: NAME }");
            return false;
        }
        var address = ADDRESS.matcher(text);
        if (address.matches() && List.of(schemes).contains(address.group(1))
                && (address.group(2) == null || Integer.parseInt(address.group(2)) <= 65535)) {
            return true;
        }
        fields.problem(at, "\"" + key + "\" is no address: " + text, "write it like " + forms);
        return false;
    }

    /// A name of another system for every node, each once.
    SortedMap<String, String> perNode(Fields fields, String key, String what) {
        var names = new TreeMap<String, String>();
        var seen = new HashMap<String, String>();
        if (fields.required(key).isEmpty()) {
            return names;
        }
        fields.scalars(key).forEach((node, name) -> {
            if (!nodes.containsKey(node.text())) {
                fields.problem(node.at(), "unknown node \"" + node.text() + "\"",
                        Nearest.suggestion(node.text(), nodes.keySet()));
            } else if (!NAME.matcher(name.text()).matches()) {
                fields.problem(name.at(), "\"" + name.text() + "\" cannot be the name of a " + what,
                        "letters, digits, '-', '_' and '.'");
            } else if (seen.putIfAbsent(name.text(), node.text()) != null) {
                fields.problem(name.at(), what + " \"" + name.text() + "\" is already that of " + seen.get(name.text()),
                        "two nodes cannot share one");
            }
            names.put(node.text(), name.text());
        });
        var missing = nodes.keySet().stream().filter(node -> !names.containsKey(node)).toList();
        if (!missing.isEmpty()) {
            fields.problem(fields.at(key), "\"" + key + "\" has no " + what + " for " + String.join(", ", missing),
                    "every node needs one");
        }
        return names;
    }

    Optional<String> name(Fields fields, String key, String what) {
        return fields.requiredText(key).filter(text -> {
            boolean good = NAME.matcher(text).matches();
            if (!good) {
                fields.problem(fields.at(key), "\"" + text + "\" cannot be the name of " + what,
                        "letters, digits, '-', '_' and '.'");
            }
            return good;
        });
    }

    Duration duration(Fields fields, String key, Duration otherwise) {
        var given = fields.duration(key).orElse(otherwise);
        if (!given.isPositive() || given.compareTo(Duration.ofHours(1)) > 0) {
            fields.problem(fields.at(key), "\"" + key + "\" must be more than 0 and at most 1h", "");
            return otherwise;
        }
        return given;
    }

    /// A JSON pointer.
    Optional<String> pointer(Fields fields, String key) {
        return fields.text(key).filter(text -> {
            boolean good = text.startsWith("/");
            if (!good) {
                fields.problem(fields.at(key), "\"" + key + "\" must be a JSON pointer, not \"" + text + "\"",
                        "write /" + text.replace('.', '/'));
            }
            return good;
        });
    }
}
