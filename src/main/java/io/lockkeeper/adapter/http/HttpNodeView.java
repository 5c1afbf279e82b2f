package io.lockkeeper.adapter.http;

import io.lockkeeper.domain.environment.Capability;
import io.lockkeeper.domain.environment.EnvironmentFile.NodeEntry;
import io.lockkeeper.domain.environment.ViewSpec;
import io.lockkeeper.domain.environment.ViewSpec.Fact;
import io.lockkeeper.domain.fleet.NodeReading;
import io.lockkeeper.port.LinkFault;
import io.lockkeeper.port.NodeView;
import io.lockkeeper.port.Secrets;
import io.lockkeeper.port.Time;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A node asked over HTTP. Each address is read once per reading, however many facts come from it.
public final class HttpNodeView implements NodeView {
    private final Map<String, Map<Fact, URI>> addresses = new HashMap<>();
    private final ViewSpec.Http spec;
    private final HttpReader http;
    private final Time time;

    /// @param client see [#client]; may be shared
    /// @throws IllegalArgumentException when a template does not give an address (the environment file's reader refuses such files)
    public HttpNodeView(ViewSpec.Http spec, List<NodeEntry> nodes, HttpClient client, Secrets secrets, Time time) {
        this.spec = spec;
        this.http = new HttpReader(client, spec.auth(), secrets);
        this.time = time;
        for (var node : nodes) {
            var byFact = new EnumMap<Fact, URI>(Fact.class);
            spec.sources()
                    .forEach((fact, source) -> byFact.put(fact, URI.create(source.url().fill(node.forTemplates()))));
            addresses.put(node.spec().name(), byFact);
        }
    }

    /// A client as the adapters want it: HTTP/1.1, no redirects.
    public static HttpClient client() {
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).followRedirects(HttpClient.Redirect.NEVER).build();
    }

    @Override
    public String endpoint(String node) {
        return addressesOf(node).values().stream().findFirst().map(HttpReader::shown).orElse("no address");
    }

    @Override
    public Set<Capability> capabilities() {
        var known = spec.sources().keySet();
        var able = EnumSet.noneOf(Capability.class);
        if (known.contains(Fact.READY)) {
            able.add(Capability.NODE_READY);
        }
        if (known.contains(Fact.VERSION)) {
            able.add(Capability.NODE_VERSION);
        }
        if (known.contains(Fact.INSTANCE) || known.contains(Fact.STARTED_AT)) {
            able.add(Capability.NODE_INSTANCE);
        }
        if (known.contains(Fact.CONNECTIONS)) {
            able.add(Capability.NODE_CONNECTIONS);
        }
        return able;
    }

    @Override
    public NodeReading read(String node, Duration limit) throws LinkFault, InterruptedException {
        long end = time.ticks() + limit.toNanos();
        var pages = new HashMap<URI, Page>();
        var readers = new EnumMap<Fact, FactReader>(Fact.class);
        for (var entry : addressesOf(node).entrySet()) {
            var page = pages.get(entry.getValue());
            if (page == null) {
                page = http.get(entry.getValue(), Duration.ofNanos(Math.max(1, end - time.ticks())));
                pages.put(entry.getValue(), page);
            }
            var source = spec.sources().get(entry.getKey());
            if (source != null) {
                readers.put(entry.getKey(), new FactReader(entry.getKey(), source.pick(), page));
            }
        }
        return reading(readers);
    }

    private static NodeReading reading(Map<Fact, FactReader> readers) throws LinkFault {
        return new NodeReading(fact(readers, Fact.READY, FactReader::truth), fact(readers, Fact.VERSION, FactReader::text),
                fact(readers, Fact.INSTANCE, FactReader::text), fact(readers, Fact.STARTED_AT, FactReader::time),
                fact(readers, Fact.CONNECTIONS, FactReader::count), fact(readers, Fact.ENVIRONMENT, FactReader::text),
                fact(readers, Fact.NAME, FactReader::text));
    }

    private interface Reading<T> {
        @Nullable
        T of(FactReader reader) throws LinkFault;
    }

    private static <T> @Nullable T fact(Map<Fact, FactReader> readers, Fact fact, Reading<T> reading) throws LinkFault {
        var reader = readers.get(fact);
        return reader == null ? null : reading.of(reader);
    }

    private Map<Fact, URI> addressesOf(String node) {
        var known = addresses.get(node);
        if (known == null) {
            throw new IllegalArgumentException(node + " is not a node of this environment");
        }
        return known;
    }
}
