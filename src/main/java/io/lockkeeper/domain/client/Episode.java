package io.lockkeeper.domain.client;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// From the loss of one client to its return. Who is not back at the deadline has failed, and the episode stays open until the client
/// returns or is ended: a late return ends the failing and is still no success.
///
/// @param abnormal nobody asked for the loss, see [Scenario#abnormal]
/// @param fromNode the client was on; empty where nobody said
/// @param failed attempts to come back that did not give a session, in the order of time
/// @param back `null` while it is out, and for a client that was ended while it was out
/// @param left when the client was ended on purpose while it was out; `null` otherwise
public record Episode(String client, ClientRole role, Scenario scenario, boolean abnormal, Loss loss, Instant lostAt,
        String fromNode,
        String fromVersion, List<Attempt> failed, @Nullable Return back, @Nullable Instant left) {
    public static final Duration LIMIT = Duration.ofSeconds(30);

    /// @param begun when the attempt began
    public record Attempt(Instant begun, Instant at, Failure failure) {}

    /// @param begun when the attempt that succeeded began
    public record Return(Instant begun, Instant at, String node, String version, Continuity continuity) {}

    public Episode {
        failed = List.copyOf(failed);
    }

    public boolean open() {
        return back == null && left == null;
    }

    /// When it was over: the return or the end of the client; [Instant#MAX] while it is open.
    public Instant over() {
        if (back != null) {
            return back.at();
        }
        return left != null ? left : Instant.MAX;
    }

    public Instant deadline() {
        return lostAt.plus(LIMIT);
    }

    /// How long the return took; `null` without one.
    public @Nullable Duration took() {
        return back == null ? null : Duration.between(lostAt, back.at());
    }
}
