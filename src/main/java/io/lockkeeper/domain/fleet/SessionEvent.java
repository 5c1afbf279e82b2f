package io.lockkeeper.domain.fleet;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One thing that happened to one client session, as the service's event feed tells it. Session ids are safe to show; tokens never get here.
public sealed interface SessionEvent {
    String session();

    String node();

    Instant at();

    /// A session came into being on a node, or was there when the feed was joined.
    record Opened(String session, String node, Instant at) implements SessionEvent {}

    /// The client came back with its session; `from` is the node it was on before, if known.
    record Resumed(String session, String node, @Nullable String from, Instant at) implements SessionEvent {}

    /// The connection ended. `code` is the WebSocket close code; 1006 where none was seen.
    record Closed(String session, String node, int code, Instant at) implements SessionEvent {}

    /// The client came back, but the service had forgotten its session.
    record Lost(String session, String node, Instant at) implements SessionEvent {}
}
