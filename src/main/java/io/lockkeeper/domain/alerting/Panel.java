package io.lockkeeper.domain.alerting;

import java.util.List;

/// One panel of the dashboard.
///
/// @param description one sentence for whoever looks at it
/// @param limits lines across it
/// @param half whether it takes half of the width
public record Panel(String title, String description, Kind kind, Unit unit, List<Query> queries, List<Limit> limits,
        boolean half) {
    public enum Kind {
        LINES,
        /// The newest value, large.
        VALUE,
        /// Codes of [Dashboard#PHASES] over time.
        PHASES
    }

    /// As Grafana calls them.
    public enum Unit {
        /// From 0 to 1.
        SHARE("percentunit"), SECONDS("s"), COUNT("short"), WATCHED("bool_yes_no"), PHASE("none");

        private final String key;

        Unit(String key) {
            this.key = key;
        }

        public String key() {
            return key;
        }
    }

    /// @param legend as Grafana fills it in: `{{by}}`
    public record Query(String expression, String legend) {}

    /// @param words what the limit is
    /// @param below whether a value below it is the bad one
    /// @param severity `goal`, `warning`, `alert` or `critical`
    public record Limit(double value, String words, boolean below, String severity) {}

    public Panel {
        queries = List.copyOf(queries);
        limits = List.copyOf(limits);
    }
}
