package io.lockkeeper.domain.environment;

import io.lockkeeper.domain.doc.Durations;
import io.lockkeeper.domain.doc.Fields;
import io.lockkeeper.domain.doc.Marked;
import io.lockkeeper.domain.doc.Nearest;
import io.lockkeeper.domain.doc.Problem;
import io.lockkeeper.domain.metrics.Ask;
import io.lockkeeper.domain.metrics.Form;
import io.lockkeeper.domain.metrics.MetricSignal;
import io.lockkeeper.domain.metrics.MetricsReading;
import io.lockkeeper.domain.metrics.NodeLabel;
import io.lockkeeper.domain.metrics.Selector;
import io.lockkeeper.domain.metrics.Shadow;
import io.lockkeeper.domain.signal.Catalogue;
import io.lockkeeper.domain.signal.CatalogueEntry;
import io.lockkeeper.domain.signal.Shape;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads `metrics`.
final class MetricsReader {
    private static final Duration SCRAPE_EVERY = Duration.ofSeconds(5);
    private static final Duration QUERY_EVERY = Duration.ofSeconds(15);
    private static final Duration MOST_OFTEN = Duration.ofSeconds(1);
    private static final Duration SELDOM = Duration.ofMinutes(5);
    private static final Duration WINDOW = Duration.ofMinutes(5);
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final Duration LONGEST_SHADOW = Duration.ofDays(31);
    private static final int READINGS = 3;
    private static final Pattern LABEL = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final Pattern OWN = Pattern.compile("custom(\\.[a-z][a-z0-9-]*)+");
    private static final List<String> FORM_KEYS = List.of("value", "count", "sum", "good", "all");

    private record Named(MetricsSpec.Source source, @Nullable NodeLabel label) {}

    private final Section section;
    private final Map<String, Map<String, String>> nodes;
    private final List<Problem> problems;
    private final Map<String, Named> sources = new LinkedHashMap<>();

    /// @param nodes by node name: its values for templates
    MetricsReader(Section section, Map<String, Map<String, String>> nodes) {
        this.section = section;
        this.nodes = nodes;
        this.problems = section.problems();
    }

    Optional<MetricsSpec> read(Fields top) {
        return top.fields("metrics").map(fields -> {
            var shadow = shadow(fields);
            int tolerance = fields.scalar("tolerance")
                    .flatMap(scalar -> Fields.percent(scalar, "\"tolerance\"", problems)).orElse(MetricsReading.TOLERANCE);
            blocks(fields, "sources", "prom: { promql: \"http://host:9090\" }").forEach(this::source);
            var signals = new ArrayList<MetricSignal>();
            blocks(fields, "signals", "connections.open: { from: prom, value: \"sum(ws_sessions_active)\" }")
                    .forEach((name, entry) -> signal(name, entry, signals));
            fields.done();
            return new MetricsSpec(shadow, tolerance, sources.values().stream().map(Named::source).toList(), signals);
        });
    }

    private Duration shadow(Fields fields) {
        var given = fields.duration("shadow").orElse(Shadow.USUAL);
        if (given.compareTo(LONGEST_SHADOW) > 0) {
            fields.problem(fields.at("shadow"), "\"shadow\" must be at most 744h", "");
        } else if (given.compareTo(Shadow.USUAL) < 0) {
            problems.add(new Problem(fields.at("shadow"), Problem.Severity.WARNING,
                    "SHADOW CUT SHORT: signals may gate after " + Durations.words(given)
                            + ", before anybody has seen them for 48h",
                    "remove \"shadow\" once it is no longer needed"));
        }
        return given;
    }

    private Map<Marked.Scalar, Marked> blocks(Fields fields, String key, String example) {
        var value = fields.required(key);
        if (value.isPresent() && value.get() instanceof Marked.Mapping mapping && !mapping.entries().isEmpty()) {
            return mapping.entries();
        }
        value.ifPresent(
                one -> fields.problem(one.at(), "\"" + key + "\" must be a block of names and what belongs to each", example));
        return Map.of();
    }

    private void source(Marked.Scalar name, Marked entry) {
        if (!Section.NAME.matcher(name.text()).matches()) {
            problems.add(Problem.error(name.at(), "\"" + name.text() + "\" cannot be the name of a source",
                    "letters, digits, '-', '_' and '.'"));
        }
        Fields.of(entry, "source " + name.text(), problems).ifPresent(fields -> {
            boolean page = fields.has("scrape");
            if (page == fields.has("promql")) {
                fields.problem(fields.at(), "source " + name.text() + " must say either \"scrape\" or \"promql\"",
                        "scrape: address of a metrics page; promql: address of a Prometheus");
            }
            var auth = fields.fields("auth").flatMap(section::auth).orElse(null);
            var every = between(fields, "every", page ? SCRAPE_EVERY : QUERY_EVERY, MOST_OFTEN, SELDOM);
            Optional<MetricsSpec.Source> source = page
                    ? section.addresses(fields, "scrape", "http", "https")
                            .map(url -> new MetricsSpec.Scrape(name.text(), url, every, auth))
                    : section.address(fields, "promql", "http", "https")
                            .map(url -> new MetricsSpec.Promql(name.text(), url.replaceAll("/+$", ""), every, auth));
            fields.value(page ? "promql" : "scrape");
            boolean perNode = source.orElse(null) instanceof MetricsSpec.Scrape scrape && scrape.perNode();
            var label = label(fields, perNode);
            fields.done();
            source.ifPresent(one -> sources.put(name.text(), new Named(one, label)));
        });
    }

    private @Nullable NodeLabel label(Fields fields, boolean perNode) {
        var label = fields.text("label");
        var named = fields.value("nodes");
        if (perNode && (label.isPresent() || named.isPresent())) {
            fields.problem(fields.at(label.isPresent() ? "label" : "nodes"),
                    "every node has a page of its own here, so no label tells the node", "remove it");
            return null;
        }
        if (label.isEmpty()) {
            if (named.isPresent()) {
                fields.problem(fields.at("nodes"), "\"nodes\" needs \"label\"",
                        "label: the name of the label whose value tells the node, e.g. instance");
            }
            return null;
        }
        if (!LABEL.matcher(label.get()).matches()) {
            fields.problem(fields.at("label"), "\"" + label.get() + "\" cannot be the name of a label", "letters, digits and _");
        }
        return new NodeLabel(label.get(), byValue(fields, named.orElse(null)));
    }

    /// Node by the label's value.
    private Map<String, String> byValue(Fields fields, @Nullable Marked named) {
        var byValue = new TreeMap<String, String>();
        if (named == null || named instanceof Marked.Scalar) {
            var template = new Template(named instanceof Marked.Scalar scalar ? scalar.text() : "{node}");
            if (section.known(fields, fields.at("nodes"), "{%s}", template.placeholders(), Set.of())) {
                nodes.forEach((node, values) -> {
                    var all = new TreeMap<>(values);
                    all.put("node", node);
                    put(fields, byValue, template.fill(all), node);
                });
            }
            return byValue;
        }
        var without = new LinkedHashSet<>(nodes.keySet());
        fields.scalars("nodes").forEach((node, value) -> {
            if (!without.remove(node.text())) {
                fields.problem(node.at(), "unknown node \"" + node.text() + "\"",
                        Nearest.suggestion(node.text(), nodes.keySet()));
            }
            put(fields, byValue, value.text(), node.text());
        });
        if (!without.isEmpty()) {
            fields.problem(fields.at("nodes"), "\"nodes\" has no value of the label for " + String.join(", ", without),
                    "every node needs one");
        }
        return byValue;
    }

    private static void put(Fields fields, Map<String, String> byValue, String value, String node) {
        var other = byValue.putIfAbsent(value, node);
        if (other != null) {
            fields.problem(fields.at("nodes"), "\"" + value + "\" stands for both " + other + " and " + node,
                    "two nodes cannot share one value of the label");
        }
    }

    private void signal(Marked.Scalar name, Marked entry, List<MetricSignal> signals) {
        var known = Catalogue.find(name.text());
        if (known.isEmpty() && !OWN.matcher(name.text()).matches()) {
            problems.add(Problem.error(name.at(), "there is no signal \"" + name.text() + "\"", Nearest
                    .to(name.text(), fromMetrics()).map(near -> "did you mean \"" + near + "\"?")
                    .orElse("expected one of: " + String.join(", ", fromMetrics())
                            + ", or a name of your own like custom.queue-depth")));
            return;
        }
        if (known.isPresent() && !known.get().fromMetrics()) {
            problems.add(Problem.error(name.at(), "\"" + name.text() + "\" is not taken from metrics",
                    "expected one of: " + String.join(", ", fromMetrics())));
            return;
        }
        var entries = entry instanceof Marked.Sequence sequence ? sequence.items() : List.of(entry);
        var from = new LinkedHashSet<String>();
        MetricSignal first = null;
        for (var one : entries) {
            var read = Fields.of(one, "signal " + name.text(), problems)
                    .flatMap(fields -> signal(name.text(), known.orElse(null), fields)).orElse(null);
            if (read == null) {
                continue;
            }
            if (!from.add(read.source())) {
                problems.add(Problem.error(one.at(), name.text() + " comes from " + read.source() + " a second time",
                        "one entry for each source"));
            }
            if (first != null && (first.shape() != read.shape() || !first.unit().equals(read.unit()))) {
                problems.add(Problem.error(one.at(), name.text() + " is a " + first.shape().words() + " in " + first.unit()
                        + " by " + first.source() + " and a " + read.shape().words() + " in " + read.unit() + " here",
                        "all sources of a signal must give the same"));
            }
            first = first == null ? read : first;
            signals.add(read);
        }
    }

    private static List<String> fromMetrics() {
        return Catalogue.ALL.stream().filter(CatalogueEntry::fromMetrics).map(CatalogueEntry::name).toList();
    }

    private Optional<MetricSignal> signal(String name, @Nullable CatalogueEntry known, Fields fields) {
        var from = fields.requiredText("from");
        var source = from.map(sources::get).orElse(null);
        if (from.isPresent() && source == null) {
            fields.problem(fields.at("from"), "there is no source \"" + from.get() + "\"",
                    Nearest.suggestion(from.get(), sources.keySet()));
        }
        boolean query = source == null || source.source() instanceof MetricsSpec.Promql;
        var shape = known == null ? ownShape(name, fields) : Optional.of(known.shape());
        var form = shape.flatMap(one -> form(name, one, fields, query, source));
        FORM_KEYS.forEach(key -> {
            if (fields.has(key) && shape.isPresent() && !keys(shape.get()).contains(key)) {
                fields.problem(fields.at(key), "\"" + key + "\" does not belong to a " + shape.get().words(),
                        name + " needs " + String.join(" and ", keys(shape.get())));
            }
            fields.value(key);
        });
        if (shape.isPresent() && shape.get() == Shape.LEVEL && fields.has("window")) {
            fields.problem(fields.at("window"), "a level is how it is now, and has no window", "remove it");
        }
        fields.value("window");
        var unit = unit(name, known, shape.orElse(null), fields);
        var what = known == null ? fields.text("what").orElse("") : known.what();
        fields.done();
        return source == null
                ? Optional.empty()
                : form.map(one -> new MetricSignal(name, one.shape(), unit, what, source.source().name(), one, source.label()));
    }

    private static String unit(String name, @Nullable CatalogueEntry known, @Nullable Shape shape, Fields fields) {
        var given = fields.text("unit");
        var fixed = known != null ? known.unit() : shape == Shape.SHARE ? "%" : shape == Shape.TIME ? "s" : null;
        if (fixed != null && given.isPresent()) {
            fields.problem(fields.at("unit"), "the unit of " + name + " is always " + fixed, "remove it");
        } else if (fixed == null && given.isEmpty() && !fields.has("unit")) {
            fields.problem(fields.at(), "\"unit\" is missing: a signal of your own says what its values are",
                    "unit: messages");
        }
        return fixed == null ? given.orElse("") : fixed;
    }

    private static List<String> keys(Shape shape) {
        return switch (shape) {
            case SHARE -> List.of("good", "all");
            case COUNT -> List.of("count");
            case TIME -> List.of("sum", "count");
            default -> List.of("value");
        };
    }

    private static Optional<Shape> ownShape(String name, Fields fields) {
        if (fields.has("good") || fields.has("all")) {
            return Optional.of(Shape.SHARE);
        }
        if (fields.has("sum")) {
            return Optional.of(Shape.TIME);
        }
        if (fields.has("count")) {
            return Optional.of(Shape.COUNT);
        }
        if (!fields.has("value")) {
            fields.problem(fields.at(), name + " does not say what it is", "value: for a level, count: for what is counted over a"
                    + " window, good: and all: for a share, sum: and count: for a mean time");
            return Optional.empty();
        }
        return Optional.of(Shape.LEVEL);
    }

    private Optional<Form> form(String name, Shape shape, Fields fields, boolean query, @Nullable Named source) {
        var least = source == null ? Duration.ofSeconds(1) : source.source().every().multipliedBy(READINGS);
        var window = shape == Shape.LEVEL ? WINDOW : between(fields, "window", WINDOW, least, LONGEST);
        var asks = new ArrayList<Ask>();
        for (var key : keys(shape)) {
            if (!fields.has(key)) {
                fields.problem(fields.at(), "\"" + key + "\" is missing: " + name + " is a " + shape.words()
                        + " and needs " + String.join(" and ", keys(shape)), "");
            } else {
                ask(fields, key, query, window).ifPresent(asks::add);
            }
        }
        if (asks.size() < keys(shape).size()) {
            return Optional.empty();
        }
        return Optional.of(switch (shape) {
            case SHARE -> new Form.Share(asks.getFirst(), asks.getLast(), window);
            case COUNT -> new Form.Count(asks.getFirst(), window);
            case TIME -> new Form.Mean(asks.getFirst(), asks.getLast(), window);
            default -> new Form.Level(asks.getFirst());
        });
    }

    private static Optional<Ask> ask(Fields fields, String key, boolean query, Duration window) {
        return fields.text(key).flatMap(text -> {
            if (query) {
                return Optional.of(new Ask.Query(text.replace("$window", window.toSeconds() + "s")));
            }
            try {
                return Optional.of(new Ask.Series(Selector.parse(text)));
            } catch (Selector.Unreadable e) {
                fields.problem(fields.at(key), "\"" + key + "\" names no series: " + e.why(),
                        "write name or 'name{label=\"value\"}'");
                return Optional.empty();
            }
        });
    }

    private static Duration between(Fields fields, String key, Duration otherwise, Duration least, Duration most) {
        var given = fields.duration(key).orElse(otherwise.compareTo(least) < 0 ? least : otherwise);
        if (given.compareTo(least) < 0 || given.compareTo(most) > 0) {
            fields.problem(fields.at(key),
                    "\"" + key + "\" must be from " + Durations.words(least) + " to " + Durations.words(most), "");
            return otherwise;
        }
        return given;
    }
}
