package io.lockkeeper.domain.environment;

import io.lockkeeper.domain.link.Backoff;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Clients of ours that hold sessions of the service through its front door.
///
/// @param url of the front door, ws or wss
/// @param headers of the handshake, without secrets
/// @param secretHeaders where the value of a header is to be found
/// @param subprotocols that the handshake offers, the best first; none: none is offered
/// @param authority file with the certificates that a wss door is trusted by; `null` for those that Java trusts
/// @param session `null` where the service has no sessions that can be resumed: a client is back when it is connected
/// @param version pointer to the service's version in the first message
/// @param handshakeLimit for connecting, TLS and handshake together
/// @param messageLimit for the first message
/// @param silence a connection on which nothing was heard for longer is given up
/// @param sentinels how many stay connected
/// @param cyclers how many close and come back on purpose
/// @param cyclesPerMinute how often they do so, all of them together
/// @param backoff before a client that was lost, or failed to connect, tries again
/// @param watch whether whoever holds the environment watches it with them
/// @param controls what else tells whether the own network works
/// @param probes clients of single nodes; `null` where there are to be none
public record ClientsSpec(String url, SortedMap<String, String> headers, SortedMap<String, SecretRef> secretHeaders,
        List<String> subprotocols, @Nullable String authority, String hello, @Nullable SessionSpec session, String version,
        Duration handshakeLimit, Duration messageLimit, Heartbeat heartbeat, Duration silence, int sentinels, int cyclers,
        int cyclesPerMinute, Backoff backoff, boolean watch, ControlsSpec controls, @Nullable ProbesSpec probes) {
    public ClientsSpec {
        headers = new TreeMap<>(headers);
        secretHeaders = new TreeMap<>(secretHeaders);
        subprotocols = List.copyOf(subprotocols);
    }

    /// Watched, without control targets and probes.
    public ClientsSpec(String url, SortedMap<String, String> headers, SortedMap<String, SecretRef> secretHeaders,
            List<String> subprotocols, @Nullable String authority, String hello, @Nullable SessionSpec session, String version,
            Duration handshakeLimit, Duration messageLimit, Heartbeat heartbeat, Duration silence, int sentinels, int cyclers,
            int cyclesPerMinute, Backoff backoff) {
        this(url, headers, secretHeaders, subprotocols, authority, hello, session, version, handshakeLimit, messageLimit,
                heartbeat, silence, sentinels, cyclers, cyclesPerMinute, backoff, true, ControlsSpec.NONE, null);
    }

    /// What watching with them can tell.
    public Set<Capability> capabilities() {
        var able = EnumSet.of(Capability.CLIENTS);
        if (session != null) {
            able.add(Capability.CLIENT_SESSIONS);
        }
        if (session != null && session.seq() != null) {
            able.add(Capability.CLIENT_MESSAGES);
        }
        return able;
    }

    /// What a client says from time to time so that it hears something. Whatever it then hears is a sign of life.
    public sealed interface Heartbeat {
        /// A ping frame.
        record Ping(Duration every) implements Heartbeat {}

        /// A text message of the service's own protocol.
        record Text(String text, Duration every) implements Heartbeat {}

        /// The service itself talks often enough.
        record None() implements Heartbeat {}
    }

    /// As many clients that stay as the caller wants, and these cyclers.
    public ClientsSpec sized(int sentinelCount, int cyclerCount) {
        return new ClientsSpec(url, headers, secretHeaders, subprotocols, authority, hello, session, version, handshakeLimit,
                messageLimit, heartbeat, silence, sentinelCount, cyclerCount, cyclesPerMinute, backoff, watch, controls,
                probes);
    }

    /// The same clients at another door.
    public ClientsSpec at(ProbesSpec.NodeDoor door) {
        return new ClientsSpec(door.url(), door.headers(), door.secretHeaders(), subprotocols, authority, hello, session, version,
                handshakeLimit, messageLimit, heartbeat, silence, sentinels, cyclers, cyclesPerMinute, backoff, watch, controls,
                probes);
    }

    public ClientsSpec probed(@Nullable ProbesSpec by) {
        return new ClientsSpec(url, headers, secretHeaders, subprotocols, authority, hello, session, version, handshakeLimit,
                messageLimit, heartbeat, silence, sentinels, cyclers, cyclesPerMinute, backoff, watch, controls, by);
    }
}
