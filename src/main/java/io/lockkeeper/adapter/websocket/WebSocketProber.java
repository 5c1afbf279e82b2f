package io.lockkeeper.adapter.websocket;

import io.lockkeeper.domain.environment.EnvironmentFile.NodeEntry;
import io.lockkeeper.domain.environment.ProbeSpec;
import io.lockkeeper.domain.run.Outcome;
import io.lockkeeper.port.Prober;
import io.lockkeeper.port.Time;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Tries a node as a client would: opens a session, closes it, resumes it. The only check that sees a node which is healthy by every sign
/// of its own and refuses the clients that come back.
public final class WebSocketProber implements Prober {
    private final ProbeSpec spec;
    private final Map<String, NodeEntry> nodes;
    private final Time time;

    public WebSocketProber(ProbeSpec spec, List<NodeEntry> nodes, Time time) {
        this.spec = spec;
        this.nodes = nodes.stream().collect(Collectors.toUnmodifiableMap(node -> node.spec().name(), Function.identity()));
        this.time = time;
    }

    @Override
    public String endpoint(String node) {
        return address(node).replaceAll("[?#].*", "").replaceAll("//[^/@]*@", "//");
    }

    @Override
    public Outcome.Probed probe(String node, Duration limit) throws InterruptedException {
        URI address;
        try {
            address = URI.create(address(node));
        } catch (IllegalArgumentException _) {
            return new Outcome.Probed(false, "the probe's address for " + node + " is not an address");
        }
        var expected = nodes.get(node);
        var attempt = new ProbeAttempt(spec, address, expected == null ? null : expected.spec().expectName(), time, limit);
        try {
            return new Outcome.Probed(true, attempt.run());
        } catch (Shortfall shortfall) {
            return new Outcome.Probed(false, attempt.withoutTokens(shortfall.met()));
        } finally {
            attempt.end();
        }
    }

    private String address(String node) {
        var entry = nodes.get(node);
        return entry == null ? "" : spec.url().fill(entry.forTemplates());
    }
}
