package io.lockkeeper.domain.environment;

import io.lockkeeper.domain.doc.Fields;
import java.util.Optional;

/// Reads `alerting`.
final class AlertingReader {
    private final Section section;

    AlertingReader(Section section) {
        this.section = section;
    }

    Optional<AlertingSpec> read(Fields top) {
        return top.fields("alerting").flatMap(fields -> {
            fields.required("prometheus");
            var prometheus = address(fields, "prometheus");
            var alertmanager = address(fields, "alertmanager");
            var auth = fields.fields("auth").flatMap(section::auth);
            fields.done();
            return prometheus.map(at -> new AlertingSpec(at, alertmanager.orElse(null), auth.orElse(null)));
        });
    }

    private Optional<String> address(Fields fields, String key) {
        return section.address(fields, key, "http", "https").filter(text -> {
            boolean query = text.contains("?");
            if (query) {
                fields.problem(fields.at(key), "\"" + key + "\" is an address without a query", "end it before the ?");
            }
            return !query;
        }).map(text -> text.replaceAll("/+$", ""));
    }
}
