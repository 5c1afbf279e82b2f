package io.lockkeeper.adapter.service;

import io.lockkeeper.domain.environment.Capability;
import io.lockkeeper.domain.environment.ServiceSpec;
import io.lockkeeper.domain.run.Order;
import io.lockkeeper.port.Balancer;
import io.lockkeeper.port.Call;
import io.lockkeeper.port.EventFeed;
import io.lockkeeper.port.Lifecycle;
import io.lockkeeper.port.LinkFault;
import io.lockkeeper.port.NodeView;
import io.lockkeeper.port.Reply;
import io.lockkeeper.port.Secrets;
import io.lockkeeper.port.Time;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// One service that offers the admin API, from all sides. Make one per environment: the sides share what they read.
///
/// What the service can do is known only after [#learn]; until then everything in the contract is assumed.
public final class ServiceContact {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final int SERVICE_RESTART = 1012;

    private final ServiceSpec spec;
    private final ServiceHttp http;
    private final ServiceNodes nodes;
    private volatile Known known = new Known(
            Set.of("drain", "enable", "share", "closeSessions", "restart", "deploy", "sessions", "events", "log"),
            SERVICE_RESTART);

    private record Known(Set<String> capabilities, int closeCode) {}

    /// @param names of all nodes of the environment
    /// @param client HTTP/1.1 without redirects; may be shared
    public ServiceContact(ServiceSpec spec, List<String> names, HttpClient client, Secrets secrets, Time time) {
        this.spec = spec;
        http = new ServiceHttp(spec, client, secrets, time);
        nodes = new ServiceNodes(http, names, time);
    }

    /// Asks the service what it can do. Every later reading of its balancer does so, too.
    public void learn(Duration limit) throws LinkFault, InterruptedException {
        learn(http.get("/v1/service", limit).json());
    }

    /// @param name what the environment calls it
    public Balancer balancer(String name) {
        return new ServiceBalancer(name, this);
    }

    public Lifecycle lifecycle() {
        return new ServiceLifecycle(this);
    }

    public NodeView view() {
        return new ServiceView(this);
    }

    /// Empty where the environment names no feed.
    public Optional<EventFeed> feed() {
        return Optional.ofNullable(spec.feed()).map(feed -> new ServiceFeed(feed, http));
    }

    String url() {
        return spec.url();
    }

    Duration settles() {
        return spec.settles();
    }

    int closeCode() {
        return known.closeCode();
    }

    Map<String, NodeLine> read(Duration limit) throws LinkFault, InterruptedException {
        return nodes.read(limit);
    }

    ServiceNodes.WithBalancer readWithBalancer(Duration limit) throws LinkFault, InterruptedException {
        var read = nodes.readWithBalancer(limit);
        learn(read.service());
        return read;
    }

    String logTail(String node, int lines, Duration limit) throws LinkFault, InterruptedException {
        return http.get("/v1/nodes/" + node + "/log?lines=" + lines, limit).body();
    }

    Reply send(Order order, Call call) throws InterruptedException {
        nodes.orderSent();
        try {
            return http.post(ServiceVerb.path(order), ServiceVerb.body(order), call);
        } finally {
            nodes.orderSent();
        }
    }

    String literal(Order order) {
        return new ServiceVerb.Literal(spec).of(order);
    }

    Set<Capability> able(Map<Capability, List<String>> needs) {
        var able = EnumSet.noneOf(Capability.class);
        needs.forEach((capability, words) -> {
            if (known.capabilities().containsAll(words)) {
                able.add(capability);
            }
        });
        return able;
    }

    private void learn(JsonNode service) {
        var words = new HashSet<String>();
        service.path("capabilities").forEach(word -> words.add(word.asString("")));
        int code = service.path("closeCode").asInt(SERVICE_RESTART);
        known = new Known(Set.copyOf(words), code);
    }

    static String json(Map<String, ?> fields) {
        return fields.isEmpty() ? "" : MAPPER.writeValueAsString(fields);
    }
}
