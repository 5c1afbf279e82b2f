package io.lockkeeper.adapter.prometheus;

import java.util.Locale;

/// The two text formats of a metrics page.
enum Exposition {
    PROMETHEUS_TEXT, OPEN_METRICS;

    /// What is asked for: OpenMetrics first, since it tells a page that was cut.
    static final String ACCEPT = "application/openmetrics-text;version=1.0.0;q=0.9,text/plain;version=0.0.4;q=0.5,*/*;q=0.1";

    static Exposition of(String contentType) {
        return contentType.toLowerCase(Locale.ROOT).startsWith("application/openmetrics-text") ? OPEN_METRICS : PROMETHEUS_TEXT;
    }
}
