package io.lockkeeper.domain.environment;

import java.time.Duration;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// How nodes are started, stopped and re-versioned.
public sealed interface LifecycleSpec {
    /// One program per node and version, in one group per node.
    ///
    /// @param url of the XML-RPC interface
    /// @param auth `null` where it asks for none
    /// @param groups group name by node name; has every node
    /// @param programs program name within the group, from `{node}`, `{group}` and `{version}`
    /// @param settles stop wait + start wait, with room: after it "not applied" may be concluded
    record Supervisor(String url, Auth.@Nullable Basic auth, SortedMap<String, String> groups, Template programs,
            Duration settles)
            implements
                LifecycleSpec {
        public Supervisor {
            groups = new TreeMap<>(groups);
        }

        /// `group:program` of a node's version, as supervisord calls it; `null` for a node that is not in the map.
        public @Nullable String program(String node, String version) {
            var group = groups.get(node);
            return group == null
                    ? null
                    : group + ":" + programs.fill(Map.of("node", node, "group", group, "version", version));
        }
    }

    record Service(ServiceSpec service) implements LifecycleSpec {}
}
