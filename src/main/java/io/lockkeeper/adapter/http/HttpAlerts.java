package io.lockkeeper.adapter.http;

import io.lockkeeper.domain.environment.AlertingSpec;
import io.lockkeeper.port.Alerts;
import io.lockkeeper.port.LinkFault;
import io.lockkeeper.port.Secrets;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/// Prometheus by its HTTP API v1, Alertmanager by its API v2.
public final class HttpAlerts implements Alerts {
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final AlertingSpec spec;
    private final HttpReader reader;

    public HttpAlerts(AlertingSpec spec, HttpClient client, Secrets secrets) {
        this.spec = spec;
        this.reader = new HttpReader(client, spec.auth(), secrets);
    }

    @Override
    public Optional<Double> value(String query) throws LinkFault, InterruptedException {
        var page = get(spec.prometheus() + "/api/v1/query?query=" + encoded(query));
        var value = page.at("/data/result/0/value/1");
        try {
            return Optional.ofNullable(value).map(Double::valueOf);
        } catch (NumberFormatException e) {
            throw LinkFault.passing(page.shown() + " gives something that is no number", e);
        }
    }

    @Override
    public boolean hasRule(String alert, String part) throws LinkFault, InterruptedException {
        var page = get(spec.prometheus() + "/api/v1/rules?type=alert&rule_name%5B%5D=" + encoded(alert));
        for (int group = 0; page.at("/data/groups/" + group + "/name") != null; group++) {
            for (int rule = 0;; rule++) {
                var at = "/data/groups/" + group + "/rules/" + rule;
                var name = page.at(at + "/name");
                if (name == null) {
                    break;
                }
                var expression = page.at(at + "/query");
                if (name.equals(alert) && expression != null && expression.contains(part)) {
                    return true;
                }
            }
        }
        return false;
    }

    @Override
    public Optional<String> received(String alert, String environment) throws LinkFault, InterruptedException {
        var page = get(spec.alertmanager() + "/api/v2/alerts?active=true&silenced=true&inhibited=true&unprocessed=true&filter="
                + encoded("alertname=\"" + alert + "\"") + "&filter=" + encoded("environment=\"" + environment + "\""));
        return Optional.ofNullable(page.at("/0/status/state"));
    }

    private Page get(String address) throws LinkFault, InterruptedException {
        var page = reader.get(URI.create(address), LIMIT);
        if (!page.isGood()) {
            throw LinkFault.passing(page.shown() + " answered HTTP " + page.status());
        }
        return page;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
