package io.lockkeeper.domain.environment;

import io.lockkeeper.domain.metrics.MetricSignal;
import io.lockkeeper.domain.trigger.TriggerSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A named service that operators work on, as its environment file describes it, without any secret.
///
/// @param hash SHA-256 of the file's text; every run is pinned to it
/// @param floor how many other nodes must be serving before one is taken out
/// @param capabilities what the configured adapters can do, see [Capability]
/// @param guards what is asked for before something disruptive is done
/// @param errands the commands and HTTP calls that runbooks may name
/// @param triggers when going back is offered and when somebody is told
/// @param metrics signals that other systems tell, by signal and source
/// @param closeCode the WebSocket close code clients will see when sessions are closed (1006: cut without a close frame)
public record Environment(String name, Tier tier, String hash, List<NodeSpec> nodes, List<String> balancers,
        List<String> versions,
        int floor, Set<Capability> capabilities, int closeCode, Guards guards, PinnedErrands errands,
        TriggerSet triggers, List<MetricSignal> metrics) {
    public Environment {
        nodes = List.copyOf(nodes);
        balancers = List.copyOf(balancers);
        versions = List.copyOf(versions);
        capabilities = Set.copyOf(capabilities);
        metrics = List.copyOf(metrics);
    }

    /// Without numbers of other systems.
    public Environment(String name, Tier tier, String hash, List<NodeSpec> nodes, List<String> balancers, List<String> versions,
            int floor, Set<Capability> capabilities, int closeCode, Guards guards, PinnedErrands errands, TriggerSet triggers) {
        this(name, tier, hash, nodes, balancers, versions, floor, capabilities, closeCode, guards, errands, triggers, List.of());
    }

    /// With the usual triggers.
    public Environment(String name, Tier tier, String hash, List<NodeSpec> nodes, List<String> balancers, List<String> versions,
            int floor, Set<Capability> capabilities, int closeCode, Guards guards, PinnedErrands errands) {
        this(name, tier, hash, nodes, balancers, versions, floor, capabilities, closeCode, guards, errands, TriggerSet.USUAL);
    }

    /// Without errands.
    public Environment(String name, Tier tier, String hash, List<NodeSpec> nodes, List<String> balancers, List<String> versions,
            int floor, Set<Capability> capabilities, int closeCode, Guards guards) {
        this(name, tier, hash, nodes, balancers, versions, floor, capabilities, closeCode, guards, PinnedErrands.NONE);
    }

    /// Without guards.
    public Environment(String name, Tier tier, String hash, List<NodeSpec> nodes, List<String> balancers, List<String> versions,
            int floor, Set<Capability> capabilities, int closeCode) {
        this(name, tier, hash, nodes, balancers, versions, floor, capabilities, closeCode, Guards.NONE);
    }

    public List<Person> people() {
        return guards.people();
    }

    public Optional<Person> person(String name) {
        return guards.people().stream().filter(person -> person.name().equals(name)).findFirst();
    }

    /// One place of the service, with what it must say of itself before anything disruptive is done to it.
    ///
    /// @param expectName the name the node itself must report; `null` where it cannot
    /// @param expectEnvironment the environment name the node itself must report; `null` where it cannot
    public record NodeSpec(String name, @Nullable String expectName, @Nullable String expectEnvironment) {}

    public List<String> nodeNames() {
        return nodes.stream().map(NodeSpec::name).toList();
    }

    public Optional<NodeSpec> node(String name) {
        return nodes.stream().filter(node -> node.name().equals(name)).findFirst();
    }

    public boolean can(Capability capability) {
        return capabilities.contains(capability);
    }
}
