package io.lockkeeper.domain.environment;

import io.lockkeeper.domain.doc.Marked;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A way to people who look at no console.
public sealed interface ChannelSpec {
    Route route();

    default String name() {
        return route().name();
    }

    /// What goes there.
    ///
    /// @param after how long a run must have needed a person before that is told
    /// @param text instead of the usual text; `null` for that
    record Route(String name, Set<Occasion> on, Duration after, @Nullable Template text) {
        public Route {
            on = Set.copyOf(on);
        }
    }

    /// How the receiver of a webhook wants its JSON.
    enum Shape {
        GENERIC("generic"), SLACK("slack"), TEAMS("teams");

        private final String key;

        Shape(String key) {
            this.key = key;
        }

        public String key() {
            return key;
        }
    }

    /// Where a webhook is. Whoever knows the address of one may post there, so that most are secrets.
    sealed interface Url {
        record Plain(String text) implements Url {}

        record InSecret(SecretRef ref) implements Url {}
    }

    /// @param body JSON as the receiver wants it, its texts templates; `null` where the shape says it all
    /// @param headers without secrets
    /// @param authority a file of certificates to trust, as written; `null` for those that Java trusts
    record Webhook(Route route, Url url, Shape shape, @Nullable Marked body, SortedMap<String, String> headers,
            SortedMap<String, SecretRef> secretHeaders, @Nullable Auth auth, @Nullable String authority) implements ChannelSpec {
        public Webhook {
            headers = new TreeMap<>(headers);
            secretHeaders = new TreeMap<>(secretHeaders);
        }
    }

    /// How a connection to a mail server is protected.
    enum Security {
        /// Turned into TLS before anything else is said, or given up.
        STARTTLS("starttls", 587),
        /// TLS from the first byte.
        TLS("tls", 465), NONE("none", 25);

        private final String key;
        private final int port;

        Security(String key, int port) {
            this.key = key;
            this.port = port;
        }

        public String key() {
            return key;
        }

        public int port() {
            return port;
        }
    }

    /// @param user `null` where the server asks for none, as for `password`
    /// @param subject instead of the usual one; `null` for that
    record Smtp(Route route, String host, int port, Security security, @Nullable String authority, @Nullable String user,
            @Nullable SecretRef password, String from, List<String> to, @Nullable Template subject) implements ChannelSpec {
        public Smtp {
            to = List.copyOf(to);
        }
    }

    /// The desktop of whoever runs the console that holds the environment.
    record Desktop(Route route) implements ChannelSpec {}
}
