package io.lockkeeper.adapter.prometheus;

import io.lockkeeper.domain.environment.MetricsSpec;
import io.lockkeeper.domain.metrics.Answer;
import io.lockkeeper.domain.metrics.Ask;
import io.lockkeeper.domain.metrics.Sample;
import io.lockkeeper.port.LinkFault;
import io.lockkeeper.port.MetricsPage;
import io.lockkeeper.port.Secrets;
import io.lockkeeper.port.Time;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A server that answers PromQL: Prometheus, and whatever speaks its HTTP API. One request for each query and reading.
public final class PromqlServer implements MetricsPage {
    private final MetricsSpec.Promql spec;
    private final Set<Ask> asks;
    private final MetricsHttp http;
    private final Time time;

    public PromqlServer(MetricsSpec.Promql spec, Set<Ask> asks, HttpClient client, Secrets secrets, Time time) {
        this.spec = spec;
        this.asks = Set.copyOf(asks);
        this.time = time;
        this.http = new MetricsHttp(client, spec.auth(), secrets, time, URI.create(spec.url() + "/api/v1/query"));
    }

    @Override
    public String source() {
        return spec.name();
    }

    @Override
    public @Nullable String node() {
        return null;
    }

    @Override
    public String endpoint() {
        return http.shown();
    }

    @Override
    public Duration every() {
        return spec.every();
    }

    @Override
    public Answer read(Duration limit) throws LinkFault, InterruptedException {
        long end = time.ticks() + limit.toNanos();
        var found = new HashMap<Ask, List<Sample>>();
        var failed = new HashMap<Ask, String>();
        var warnings = new LinkedHashSet<String>();
        for (var ask : asks) {
            if (ask instanceof Ask.Query(var query)) {
                var result = query(query, Duration.ofNanos(Math.max(1, end - time.ticks())));
                if (result.error().isEmpty()) {
                    found.put(ask, result.samples());
                } else {
                    failed.put(ask, result.error());
                }
                warnings.addAll(result.warnings());
            }
        }
        return new Answer(found, failed, Map.of(), new ArrayList<>(warnings));
    }

    /// `partial_response` makes Thanos fail rather than answer with a part; others pass it over.
    private QueryResult query(String query, Duration limit) throws LinkFault, InterruptedException {
        var form = "query=" + URLEncoder.encode(query, StandardCharsets.UTF_8) + "&partial_response=false&timeout="
                + Math.max(1, limit.toMillis()) + "ms";
        var request = http.request().header("Content-Type", "application/x-www-form-urlencoded")
                .header("Accept", "application/json").POST(BodyPublishers.ofString(form));
        return http.ask(request, limit, PromqlServer::result);
    }

    private static QueryResult result(int status, String contentType, InputStream body) throws IOException, GarbledPage {
        return QueryResult.read(status, body);
    }
}
