package io.lockkeeper.adapter.prometheus;

import io.lockkeeper.domain.environment.MetricsSpec;
import io.lockkeeper.domain.metrics.Answer;
import io.lockkeeper.domain.metrics.Ask;
import io.lockkeeper.port.LinkFault;
import io.lockkeeper.port.MetricsPage;
import io.lockkeeper.port.Secrets;
import io.lockkeeper.port.Time;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One page of metrics, scraped.
public final class ScrapedPage implements MetricsPage {
    private final MetricsSpec.Scrape spec;
    private final @Nullable String node;
    private final Set<Ask> asks;
    private final MetricsHttp http;

    /// @param node whose page it is; `null` for the whole service
    /// @param address the spec's, filled in for that node
    /// @param asks what is kept of the page
    public ScrapedPage(MetricsSpec.Scrape spec, @Nullable String node, URI address, Set<Ask> asks, HttpClient client,
            Secrets secrets, Time time) {
        this.spec = spec;
        this.node = node;
        this.asks = Set.copyOf(asks);
        this.http = new MetricsHttp(client, spec.auth(), secrets, time, address);
    }

    @Override
    public String source() {
        return spec.name();
    }

    @Override
    public @Nullable String node() {
        return node;
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
        return http.ask(http.request().GET().header("Accept", Exposition.ACCEPT), limit, this::page);
    }

    private Answer page(int status, String contentType, InputStream body) throws IOException, GarbledPage {
        if (status < 200 || status >= 300) {
            throw new GarbledPage("is none: HTTP " + status);
        }
        return PageReader.read(body, Exposition.of(contentType), asks);
    }
}
