package io.lockkeeper.port;

import java.util.Optional;

/// The team's own Prometheus and Alertmanager. They are asked and nothing else; each call is one request with a deadline.
public interface Alerts {
    /// The value of a query that gives one; empty where it gives none.
    Optional<Double> value(String query) throws LinkFault, InterruptedException;

    /// Whether Prometheus has an alert rule of that name whose expression holds `part`.
    boolean hasRule(String alert, String part) throws LinkFault, InterruptedException;

    /// What Alertmanager says of an alert: `active`, `suppressed` or `unprocessed`; empty where it has none, or has it resolved.
    Optional<String> received(String alert, String environment) throws LinkFault, InterruptedException;
}
