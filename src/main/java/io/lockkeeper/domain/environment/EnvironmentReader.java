package io.lockkeeper.domain.environment;

import io.lockkeeper.domain.doc.Fields;
import io.lockkeeper.domain.doc.Marked;
import io.lockkeeper.domain.doc.Problem;
import io.lockkeeper.domain.environment.Environment.NodeSpec;
import io.lockkeeper.domain.environment.EnvironmentFile.NodeEntry;
import io.lockkeeper.domain.environment.ViewSpec.Fact;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads an environment file, `docs/environments.md`, and finds everything that is wrong with it.
public final class EnvironmentReader {
    private static final Duration SERVICE_SETTLES = Duration.ofSeconds(60);

    /// @param file empty when there is an error among the problems
    /// @param problems in the order of the text; warnings alone do not keep a file from being used
    public record Read(Optional<EnvironmentFile> file, List<Problem> problems) {}

    /// What a node's entry says, before it is known what its view can tell.
    private record Expected(Fields at, @Nullable String environment, @Nullable String name) {}

    private final List<Problem> problems = new ArrayList<>();
    private final Map<String, Map<String, String>> values = new LinkedHashMap<>();
    private final Map<String, Long> capacities = new LinkedHashMap<>();
    private final Map<String, Expected> expected = new LinkedHashMap<>();

    private EnvironmentReader() {}

    /// @param text the file's whole text, which the hash is taken of
    public static Read read(Marked root, String text) {
        var reader = new EnvironmentReader();
        var file = Fields.of(root, "an environment file", reader.problems).flatMap(top -> reader.file(top, hash(text)));
        reader.problems.sort(Comparator.comparing(Problem::at));
        boolean good = reader.problems.stream().noneMatch(problem -> problem.severity() == Problem.Severity.ERROR);
        return new Read(good ? file : Optional.empty(), List.copyOf(reader.problems));
    }

    private Optional<EnvironmentFile> file(Fields top, String hash) {
        var grammar = top.requiredText("lockkeeper");
        if (grammar.isPresent() && !grammar.get().equals("1")) {
            top.problem(top.at("lockkeeper"), "grammar version " + grammar.get() + " is not known", "this Lockkeeper knows 1");
        }
        top.required("nodes").ifPresent(nodes -> nodes(top, nodes));
        var section = new Section(problems, values);
        var name = section.name(top, "environment", "an environment");
        var tier = tier(top);
        var versions = versions(top);
        int floor = floor(top);
        var guards = new GuardsReader(problems).read(top, tier, capacities);
        var service = top.fields("service");
        var balancerName = service.flatMap(inner -> inner.text("balancer")).orElse("service");
        var spec = service.flatMap(inner -> service(section, inner)).orElse(null);
        var balancers = new BalancersReader(section).read(top);
        if (spec != null && !top.has("balancers")) {
            balancers = List.of(new BalancerSpec.Service(balancerName, spec));
        }
        var lifecycle = new LifecycleReader(section).read(top)
                .or(() -> Optional.ofNullable(spec).map(LifecycleSpec.Service::new)).orElse(null);
        var view = new ViewReader(section).read(top).or(() -> Optional.ofNullable(spec).map(ViewSpec.Service::new)).orElse(null);
        var probe = new ProbeReader(section).read(top).orElse(null);
        var clients = new ClientsReader(section, values).read(top).orElse(null);
        var errands = new ErrandsReader(section).read(top);
        var triggers = new TriggersReader(problems).read(top);
        var alerting = new AlertingReader(section).read(top).orElse(null);
        var metrics = new MetricsReader(section, values).read(top).orElse(null);
        var notify = new NotifyReader(section).read(top);
        top.done();
        missing(top, "balancers", "who sends clients to the nodes");
        missing(top, "lifecycle", "who starts and stops the nodes");
        missing(top, "view", "what the nodes say of themselves");
        if (view == null || lifecycle == null) {
            return Optional.empty();
        }
        var feed = spec != null && spec.feed() != null ? spec : null;
        return Optional
                .of(new EnvironmentFile(name.orElse(""), tier, hash, versions, floor, guards, entries(top, name.orElse("")),
                        balancers, lifecycle, view, feed, probe, clients, errands, triggers, alerting, metrics, notify));
    }

    private static void missing(Fields top, String key, String what) {
        if (!top.has(key) && !top.has("service")) {
            top.problem(top.at(), "\"" + key + "\" is missing: " + what, "add it, or a service that does all of it");
        }
    }

    private Tier tier(Fields top) {
        if (top.required("tier").isEmpty()) {
            return Tier.PRODUCTION;
        }
        return top.choice("tier", List.of(Tier.values()), tier -> tier.name().toLowerCase(Locale.ROOT)).orElse(Tier.PRODUCTION);
    }

    private List<String> versions(Fields top) {
        var versions = new ArrayList<String>();
        for (var version : top.names("versions")) {
            if (!Section.NAME.matcher(version.text()).matches()) {
                top.problem(version.at(), "\"" + version.text() + "\" cannot be a version", "letters, digits, '-', '_' and '.'");
            } else if (versions.contains(version.text())) {
                top.problem(version.at(), "version " + version.text() + " stands here a second time", "remove it");
            } else {
                versions.add(version.text());
            }
        }
        return versions;
    }

    private int floor(Fields top) {
        var given = top.count("floor");
        long floor = given.orElse(1L);
        if (floor < 1) {
            top.problem(top.at("floor"), "\"floor\" must be at least 1", "somebody has to serve the clients meanwhile");
        } else if (given.isPresent() && floor >= values.size() && !values.isEmpty()) {
            top.problem(top.at("floor"), "with \"floor\" " + floor + " and " + values.size()
                    + " nodes none could ever be taken out", "at most " + (values.size() - 1));
        }
        return (int) Math.min(floor, Integer.MAX_VALUE);
    }

    private void nodes(Fields top, Marked nodes) {
        if (!(nodes instanceof Marked.Mapping mapping) || mapping.entries().isEmpty()) {
            top.problem(nodes.at(), "\"nodes\" must name at least one node", "ws-1: { values: { http: 18201 } }");
            return;
        }
        mapping.entries().forEach((name, value) -> {
            if (!Section.NAME.matcher(name.text()).matches()) {
                top.problem(name.at(), "\"" + name.text() + "\" cannot be the name of a node",
                        "letters, digits, '-', '_' and '.'");
            }
            var inner = value instanceof Marked.Scalar scalar && scalar.text().isEmpty() && !scalar.quoted()
                    ? new Marked.Mapping(Map.of(), name.at())
                    : value;
            values.put(name.text(), Map.of());
            Fields.of(inner, "node " + name.text(), problems).ifPresent(fields -> node(name.text(), fields));
        });
    }

    private void node(String name, Fields fields) {
        var own = new LinkedHashMap<String, String>();
        fields.scalars("values").forEach((key, value) -> {
            if (key.text().equals("node") || !new Template("{" + key.text() + "}").placeholders().contains(key.text())) {
                fields.problem(key.at(), "\"" + key.text() + "\" cannot be the name of a value",
                        key.text().equals("node") ? "{node} is the node's name" : "a letter, then letters, digits, '-' and '_'");
            }
            own.put(key.text(), value.text());
        });
        values.put(name, own);
        fields.count("capacity").ifPresent(capacity -> {
            if (capacity < 1) {
                fields.problem(fields.at("capacity"), "\"capacity\" must be at least 1", "leave it out where it is not known");
            }
            capacities.put(name, capacity);
        });
        var expect = fields.fields("expect").orElse(new Fields(new Marked.Mapping(Map.of(), fields.at()), problems));
        expected.put(name, new Expected(expect, expect.text("environment").orElse(null), expect.text("name").orElse(null)));
        expect.done();
        fields.done();
    }

    private Optional<ServiceSpec> service(Section section, Fields fields) {
        fields.required("url");
        var url = section.address(fields, "url", "http", "https").map(text -> text.replaceAll("/+$", ""));
        var feed = section.address(fields, "feed", "ws", "wss");
        var token = section.requiredSecret(fields, "token");
        var settles = section.duration(fields, "settles", SERVICE_SETTLES);
        fields.done();
        return url.flatMap(at -> token.map(secret -> new ServiceSpec(at, feed.orElse(null), secret, settles)));
    }

    private List<NodeEntry> entries(Fields top, String environment) {
        boolean tellsEnvironment = tells(top, Fact.ENVIRONMENT);
        boolean tellsName = tells(top, Fact.NAME);
        var entries = new ArrayList<NodeEntry>();
        expected.forEach((node, said) -> {
            if (!tellsEnvironment && !tellsName && entries.isEmpty()) {
                problems.add(new Problem(said.at().at(), Problem.Severity.WARNING,
                        "no node tells its environment or name: nothing protects against a wrong node map",
                        "add \"environment\" or \"name\" to view"));
            }
            var spec = new NodeSpec(node, expect(said, Fact.NAME, said.name(), tellsName, node),
                    expect(said, Fact.ENVIRONMENT, said.environment(), tellsEnvironment, environment));
            entries.add(new NodeEntry(spec, values.getOrDefault(node, Map.of())));
        });
        return entries;
    }

    private static @Nullable String expect(Expected said, Fact fact, @Nullable String value, boolean told, String otherwise) {
        if (!told && value != null) {
            said.at().problem(said.at().at(fact.key()), "no node can be asked for its " + fact.key(),
                    "add \"" + fact.key() + "\" to view, or remove this");
        }
        return told && value == null ? otherwise : value;
    }

    /// As far as the file says so, were everything else right with it. A service always tells.
    private static boolean tells(Fields top, Fact fact) {
        return !(top.value("view").orElse(null) instanceof Marked.Mapping view)
                || view.entries().keySet().stream().anyMatch(key -> key.text().equals(fact.key()));
    }

    private static String hash(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
