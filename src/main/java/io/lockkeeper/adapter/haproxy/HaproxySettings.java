package io.lockkeeper.adapter.haproxy;

import java.util.Map;
import java.util.Optional;

/// Where a HAProxy is and what its parts are called there.
///
/// @param name of the balancer in the environment
/// @param runtime address of a `stats socket` of level admin
/// @param master address of the master CLI (`haproxy -S`); with it the sessions of old workers can be seen
/// @param backend whose servers the nodes are
/// @param servers server name by node name
public record HaproxySettings(String name, Address runtime, Optional<Address> master, String backend,
        Map<String, String> servers) {
    public HaproxySettings {
        servers = Map.copyOf(servers);
    }

    public sealed interface Address {
        /// As written in an environment file.
        String words();

        /// As `socat` wants it.
        String socat();
    }

    public record Tcp(String host, int port) implements Address {
        @Override
        public String words() {
            return "tcp://" + host + ":" + port;
        }

        @Override
        public String socat() {
            return "TCP:" + host + ":" + port;
        }
    }

    public record Unix(String path) implements Address {
        @Override
        public String words() {
            return "unix:" + path;
        }

        @Override
        public String socat() {
            return "UNIX-CONNECT:" + path;
        }
    }
}
