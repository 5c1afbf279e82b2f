package io.lockkeeper.adapter.fleet;

import io.lockkeeper.domain.environment.ClientsSpec;
import io.lockkeeper.port.LinkFault;
import io.lockkeeper.port.Secrets;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The front door, or that of one node: where it is and what its handshakes say. Names and secrets are looked up again while clients connect, beside the loops and
/// at most every five seconds, so that neither a slow resolver nor a slow disk stops a client. Thread-safe.
final class Door {
    private static final long FRESH = TimeUnit.SECONDS.toNanos(5);
    /// In a header that is no secret: the name of the client that sends it.
    private static final String CLIENT = "{client}";
    private static final Logger LOG = LoggerFactory.getLogger(Door.class);

    /// What is known at one moment.
    ///
    /// @param addresses empty while the host's name is not known
    /// @param head what is the same in every handshake; holds secrets
    private record Known(List<InetSocketAddress> addresses, String head, long since) {
        @Override
        public String toString() {
            return "Known" + addresses;
        }
    }

    private final ClientsSpec spec;
    private final Secrets secrets;
    private final URI url;
    private final String resource;
    private final String ofClient;
    private final AtomicInteger turn = new AtomicInteger();
    private final AtomicBoolean asking = new AtomicBoolean();
    private volatile Known known;

    /// Looks up what is needed, and waits for it.
    ///
    /// @throws LinkFault when a secret cannot be read
    Door(ClientsSpec spec, Secrets secrets) throws LinkFault {
        this.spec = spec;
        this.secrets = secrets;
        url = URI.create(spec.url());
        var path = url.getRawPath();
        resource = (path == null || path.isEmpty() ? "/" : path) + (url.getRawQuery() == null ? "" : "?" + url.getRawQuery());
        ofClient = lines(true);
        known = new Known(addresses(), head(), System.nanoTime());
    }

    boolean isTls() {
        return "wss".equals(url.getScheme());
    }

    String host() {
        return url.getHost().replaceAll("[\\[\\]]", "");
    }

    int port() {
        return url.getPort() >= 0 ? url.getPort() : isTls() ? 443 : 80;
    }

    /// The next of its addresses in turn; `null` while its name is not known.
    @Nullable
    InetSocketAddress address() {
        refresh();
        var addresses = known.addresses();
        return addresses.isEmpty() ? null : addresses.get(Math.floorMod(turn.getAndIncrement(), addresses.size()));
    }

    private String head() throws LinkFault {
        var lines = new StringBuilder("Host: ").append(url.getHost()).append(url.getPort() < 0 ? "" : ":" + url.getPort())
                .append("\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n");
        if (!spec.subprotocols().isEmpty()) {
            line(lines, "Sec-WebSocket-Protocol", String.join(", ", spec.subprotocols()));
        }
        lines.append(lines(false));
        for (var header : spec.secretHeaders().entrySet()) {
            line(lines, header.getKey(), secrets.read(header.getValue()).reveal());
        }
        return lines.toString();
    }

    private String lines(boolean named) {
        var lines = new StringBuilder();
        spec.headers().forEach((name, value) -> {
            if (value.contains(CLIENT) == named) {
                line(lines, name, value);
            }
        });
        return lines.toString();
    }

    /// Every line of a handshake but the first and the key.
    String knownHead(String client) {
        return ofClient.isEmpty() ? known.head() : known.head() + ofClient.replace(CLIENT, client);
    }

    /// @param query from `?`, or empty
    String resource(String query) {
        return query.isEmpty() || !resource.contains("?") ? resource + query : resource + "&" + query.substring(1);
    }

    private static void line(StringBuilder lines, String name, String value) {
        lines.append(name).append(": ").append(value).append("\r\n");
    }

    private List<InetSocketAddress> addresses() {
        try {
            return Stream.of(InetAddress.getAllByName(host())).map(address -> new InetSocketAddress(address, port())).toList();
        } catch (UnknownHostException _) {
            return List.of();
        }
    }

    private void refresh() {
        if (System.nanoTime() - known.since() > FRESH && asking.compareAndSet(false, true)) {
            Thread.ofVirtual().name("front-door").start(() -> {
                try {
                    known = new Known(addresses(), freshHead(), System.nanoTime());
                } finally {
                    asking.set(false);
                }
            });
        }
    }

    private String freshHead() {
        try {
            return head();
        } catch (LinkFault e) {
            LOG.warn("clients go on with the secrets they had: {}", e.why());
            return known.head();
        }
    }
}
