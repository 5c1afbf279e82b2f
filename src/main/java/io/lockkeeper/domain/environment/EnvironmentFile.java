package io.lockkeeper.domain.environment;

import io.lockkeeper.domain.environment.Environment.NodeSpec;
import io.lockkeeper.domain.signal.NodeProbes;
import io.lockkeeper.domain.trigger.TriggerSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// An environment file as read, `docs/environments.md`: what the service is and how it is reached. No secret is in it.
///
/// @param hash SHA-256 of the file's text
/// @param floor how many other nodes must be serving before one is taken out
/// @param guards what is asked for before something disruptive is done
/// @param errands the commands and HTTP calls that runbooks may name
/// @param clients of ours, which hold sessions through the front door; `null` where there are to be none
/// @param triggers when going back is offered and when somebody is told
/// @param alerting the Prometheus and the Alertmanager of the team, for drills; `null` where they are not named
/// @param metrics systems that keep numbers of the service, and the signals they give; `null` where there are none
/// @param channels ways to people who look at no console
/// @param feed the service whose event feed tells of every session; `null` where there is none
public record EnvironmentFile(String name, Tier tier, String hash, List<String> versions, int floor, Guards guards,
        List<NodeEntry> nodes,
        List<BalancerSpec> balancers, LifecycleSpec lifecycle, ViewSpec view, @Nullable ServiceSpec feed,
        @Nullable ProbeSpec probe, @Nullable ClientsSpec clients, List<ErrandSpec> errands, TriggerSet triggers,
        @Nullable AlertingSpec alerting, @Nullable MetricsSpec metrics, List<ChannelSpec> channels) {
    public EnvironmentFile {
        versions = List.copyOf(versions);
        nodes = List.copyOf(nodes);
        balancers = List.copyOf(balancers);
        errands = List.copyOf(errands);
        channels = List.copyOf(channels);
    }

    /// @param values what templates may use of this node
    public record NodeEntry(NodeSpec spec, Map<String, String> values) {
        public NodeEntry {
            values = Map.copyOf(values);
        }

        /// The node's values, its own name as `node` among them.
        public Map<String, String> forTemplates() {
            var all = new TreeMap<>(values);
            all.put("node", spec.name());
            return all;
        }
    }

    public Optional<NodeEntry> node(String name) {
        return nodes.stream().filter(node -> node.spec().name().equals(name)).findFirst();
    }

    public List<String> nodeNames() {
        return nodes.stream().map(node -> node.spec().name()).toList();
    }

    /// Which nodes clients of ours probe, and by which names each may call itself.
    public NodeProbes.Plan probes() {
        if (clients == null || clients.probes() == null) {
            return NodeProbes.Plan.NONE;
        }
        var names = new TreeMap<String, Set<String>>();
        nodes.forEach(node -> names.put(node.spec().name(), Stream.of(node.spec().name(), node.spec().expectName())
                .filter(Objects::nonNull).collect(Collectors.toSet())));
        return new NodeProbes.Plan(names, clients.probes().every());
    }

    /// The errands with what their placeholders stand for.
    public PinnedErrands errandsOfNodes() {
        return new PinnedErrands(name, errands, nodes.stream().collect(Collectors.toMap(node -> node.spec().name(),
                NodeEntry::forTemplates)));
    }

    /// The domain's environment, once it is known what the adapters made for this file can do.
    ///
    /// @param closeCode the WebSocket close code clients will see when sessions are closed
    public Environment environment(Set<Capability> capabilities, int closeCode) {
        return new Environment(name, tier, hash, nodes.stream().map(NodeEntry::spec).toList(),
                balancers.stream().map(BalancerSpec::name).toList(), versions, floor, capabilities, closeCode, guards,
                errandsOfNodes(), triggers, metrics == null ? List.of() : metrics.signals());
    }
}
