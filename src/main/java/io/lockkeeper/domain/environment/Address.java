package io.lockkeeper.domain.environment;

/// Where a line-based control socket listens.
public sealed interface Address {
    record Tcp(String host, int port) implements Address {
        @Override
        public String toString() {
            return "tcp://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
        }
    }

    record Unix(String path) implements Address {
        @Override
        public String toString() {
            return "unix:" + path;
        }
    }
}
