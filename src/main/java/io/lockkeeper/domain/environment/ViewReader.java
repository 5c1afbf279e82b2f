package io.lockkeeper.domain.environment;

import io.lockkeeper.domain.doc.Fields;
import io.lockkeeper.domain.doc.Marked;
import io.lockkeeper.domain.environment.ViewSpec.Fact;
import io.lockkeeper.domain.environment.ViewSpec.Pick;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads `view`.
final class ViewReader {
    private static final Pattern METRIC = Pattern.compile("[A-Za-z_:][A-Za-z0-9_:]*");

    private final Section section;

    ViewReader(Section section) {
        this.section = section;
    }

    Optional<ViewSpec> read(Fields top) {
        return top.fields("view").map(fields -> {
            var auth = fields.fields("auth").flatMap(section::auth).orElse(null);
            var sources = new EnumMap<Fact, ViewSpec.Source>(Fact.class);
            for (var fact : Fact.values()) {
                fields.fields(fact.key()).flatMap(inner -> source(fact, inner)).ifPresent(source -> sources.put(fact, source));
            }
            fields.done();
            if (!fields.has(Fact.READY.key())) {
                fields.problem(fields.at(), "\"view\" does not say where a node tells that it is ready",
                        "add ready: { url: ..., pointer: /status, is: UP }");
            }
            return new ViewSpec.Http(sources, auth);
        });
    }

    private Optional<ViewSpec.Source> source(Fact fact, Fields fields) {
        var url = section.addresses(fields, "url", "http", "https");
        var pick = pick(fact, fields);
        if (fact != Fact.READY && fields.has("is")) {
            fields.problem(fields.at("is"), "\"is\" belongs to \"ready\" only", "remove it");
        }
        fields.scalar("is");
        fields.done();
        return url.flatMap(template -> pick.map(one -> new ViewSpec.Source(template, one)));
    }

    private Optional<Pick> pick(Fact fact, Fields fields) {
        var labels = labels(fields);
        if (fields.value("pointer").isPresent() && fields.value("metric").isPresent()) {
            fields.problem(fields.at("metric"), "\"pointer\" and \"metric\" exclude each other", "keep one");
        }
        if (fields.has("labels") && !fields.has("metric")) {
            fields.problem(fields.at("labels"), "\"labels\" go with \"metric\"", "add metric: or remove them");
        }
        if (fields.has("pointer")) {
            var is = fields.text("is").orElse("true");
            return section.pointer(fields, "pointer").map(pointer -> new Pick.Pointer(pointer, is));
        }
        if (fields.has("metric")) {
            return metric(fields, labels);
        }
        if (fact == Fact.READY && !fields.has("is")) {
            return Optional.of(new Pick.Status());
        }
        fields.problem(fields.at(), "\"" + fact.key() + "\" does not say what of the answer it is",
                "add pointer: /a/b for JSON or metric: name for Prometheus text");
        return Optional.empty();
    }

    private static Optional<Pick> metric(Fields fields, Map<String, String> labels) {
        var is = fields.text("is").orElse("1");
        if (!isNumber(is)) {
            fields.problem(fields.at("is"), "\"is\" must be a number where a metric is read, not \"" + is + "\"", "");
            return Optional.empty();
        }
        return fields.text("metric").flatMap(name -> {
            if (!METRIC.matcher(name).matches()) {
                fields.problem(fields.at("metric"), "\"" + name + "\" cannot be the name of a metric",
                        "labels stand on their own: metric: name, labels: { key: value }");
                return Optional.empty();
            }
            return Optional.of(new Pick.Metric(name, labels, is));
        });
    }

    private static boolean isNumber(String text) {
        try {
            return new BigDecimal(text).precision() < 40;
        } catch (NumberFormatException _) {
            return false;
        }
    }

    private static Map<String, String> labels(Fields fields) {
        var labels = new HashMap<String, String>();
        fields.scalars("labels").forEach((Marked.Scalar name, Marked.Scalar value) -> labels.put(name.text(), value.text()));
        return labels;
    }
}
