package io.lockkeeper.domain.environment;

import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// How one balancer is reached.
public sealed interface BalancerSpec {
    String name();

    /// @param address of the Runtime API
    /// @param master address of the master CLI, which shows old workers after a reload; `null` where there is none
    /// @param servers the balancer's server name by node name; has every node
    record Haproxy(String name, Address address, @Nullable Address master, String backend, SortedMap<String, String> servers)
            implements
                BalancerSpec {
        public Haproxy {
            servers = new TreeMap<>(servers);
        }
    }

    record Service(String name, ServiceSpec service) implements BalancerSpec {}
}
